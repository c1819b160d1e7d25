/// Days on which something rests: a site's closures, a destination's public holidays.
package struct Holidays: Hashable, Sendable, Codable, ExpressibleByArrayLiteral {
    /// Ascending, each once.
    package let days: [CivilDate]

    package init(_ days: some Sequence<CivilDate>) { self.days = Set(days).sorted() }
    package init(arrayLiteral days: CivilDate...) { self.init(days) }

    package static let none = Self([])

    package func contains(_ day: CivilDate) -> Bool {
        var low = 0, high = days.count
        while low < high {
            let middle = (low + high) / 2
            if days[middle] < day { low = middle + 1 } else { high = middle }
        }
        return low < days.count && days[low] == day
    }
}
