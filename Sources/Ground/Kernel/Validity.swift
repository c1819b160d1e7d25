/// The days on which a policy holds: from a day on, until a day that it no longer holds on.
@frozen
package struct Validity: Hashable, Sendable, Codable {
    /// The first day; nil where it always held.
    package var from: CivilDate?
    /// The day after the last; nil where no end is known.
    package var until: CivilDate?

    @inlinable package init(from: CivilDate? = nil, until: CivilDate? = nil) {
        self.from = from
        self.until = until
    }

    package static let always = Self()

    @inlinable package func holds(on day: CivilDate) -> Bool {
        if let from, day < from { return false }
        if let until, day >= until { return false }
        return true
    }

    /// Whether there is a day on which both hold.
    package func overlaps(_ other: Validity) -> Bool {
        let first = [from, other.from].compactMap(\.self).max()
        let end = [until, other.until].compactMap(\.self).min()
        guard let first, let end else { return !isEmpty && !other.isEmpty }
        return first < end
    }

    /// Whether it holds on no day at all.
    package var isEmpty: Bool {
        if let from, let until { from >= until } else { false }
    }
}
