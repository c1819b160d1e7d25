/// A set of days of the week.
@frozen
package struct Weekdays: OptionSet, Hashable, Sendable, Codable {
    /// Bit 0 is Monday, bit 6 Sunday.
    package let rawValue: UInt8

    @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue & 0x7F }

    /// - Parameter days: ISO 8601: Monday is 1, Sunday 7.
    package init(_ days: some Sequence<Int>) {
        rawValue = days.reduce(0) { bits, day in
            precondition((1...7).contains(day), "a weekday is 1 to 7, not \(day)")
            return bits | 1 << UInt8(day - 1)
        }
    }

    package static let every = Self(1...7)
    package static let mondayToFriday = Self(1...5)
    package static let mondayToSaturday = Self(1...6)

    @inlinable package func contains(_ day: CivilDate) -> Bool { rawValue >> UInt8(day.weekday - 1) & 1 == 1 }

    /// ISO numbers, Monday first.
    package var numbers: [Int] { (1...7).filter { rawValue >> UInt8($0 - 1) & 1 == 1 } }
}
