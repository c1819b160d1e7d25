import Kernel

/// One pick task as the walk sees it.
package struct PickStop: Sendable, Equatable {
    package enum Side: Int, Sendable { case left, right }

    package var task: ID<TaskTag>
    package var quantity: Int64
    /// Counted from 0 at the left.
    package var aisle: Int
    /// Along the aisle from the front cross aisle.
    package var position: Millimetres
    package var side: Side
    /// The site's own walking order, for areas that were never measured.
    package var sequence: Int64

    package init(
        task: ID<TaskTag>, quantity: Int64, aisle: Int = 0, position: Millimetres = 0, side: Side = .left,
        sequence: Int64 = 0
    ) {
        self.task = task
        self.quantity = quantity
        self.aisle = aisle
        self.position = position
        self.side = side
        self.sequence = sequence
    }
}

/// A block of parallel aisles between a front and a back cross aisle; one walks in the middle of an aisle and
/// picks from both sides of it. The depot lies on the front cross aisle.
package struct PickLayout: Sendable {
    package var aisles: Int
    /// From front to back cross aisle.
    package var aisleLength: Millimetres
    /// From the middle of an aisle to that of the next.
    package var aisleSpacing: Millimetres
    /// The aisle in front of which each walk starts and ends.
    package var depotAisle: Int

    package init(aisles: Int, aisleLength: Millimetres, aisleSpacing: Millimetres, depotAisle: Int = 0) {
        precondition(aisles > 0 && (0..<aisles).contains(depotAisle), "the depot stands before one of the aisles")
        precondition(aisleLength >= .zero && aisleSpacing >= .zero, "a length is not negative")
        self.aisles = aisles
        self.aisleLength = aisleLength
        self.aisleSpacing = aisleSpacing
        self.depotAisle = depotAisle
    }

    package typealias Place = (aisle: Int, position: Millimetres)

    /// The shortest walk between two places, by the front or the back cross aisle.
    package func distance(_ a: Place, _ b: Place) -> Millimetres {
        if a.aisle == b.aisle { return max(a.position, b.position) - min(a.position, b.position) }
        let front = a.position + b.position
        return aisleSpacing * Int64(abs(a.aisle - b.aisle)) + min(front, aisleLength * 2 - front)
    }

    /// The walk from the depot past all stops in their order and back, each leg the shortest way.
    package func length(of stops: [PickStop]) -> Millimetres {
        var at: Place = (depotAisle, .zero), sum = Millimetres.zero
        for stop in stops {
            let next: Place = (stop.aisle, stop.position)
            sum += distance(at, next)
            at = next
        }
        return stops.isEmpty ? .zero : sum + distance(at, (depotAisle, .zero))
    }
}
