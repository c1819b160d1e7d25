import Kernel

/// One container and more boxes than it may hold: which to load, and where, so that most of its volume is used?
///
/// Weight, support and bearing are not asked for: the problem of the published container-loading instances.
package struct ContainerProblem: Hashable, Sendable {
    package var container: Dimensions
    package var boxes: [ContainerBox]

    package init(container: Dimensions, boxes: [ContainerBox]) {
        self.container = container
        self.boxes = boxes
    }
}

/// Equal boxes of a container problem.
package struct ContainerBox: Hashable, Sendable {
    package var size: Dimensions
    package var quantity: Int
    /// Whether length, width and height may stand vertical.
    package var mayStand: [Bool]

    package init(size: Dimensions, quantity: Int, mayStand: [Bool] = [true, true, true]) {
        precondition(mayStand.count == 3, "a box has three sides")
        self.size = size
        self.quantity = quantity
        self.mayStand = mayStand
    }

    /// The different turns that are allowed.
    var turns: [Extent] {
        let sides = Extent(size)
        let (l, w, h) = (sides.length, sides.width, sides.height)
        let all: [(Int, Extent)] = [
            (2, Extent(length: l, width: w, height: h)), (2, Extent(length: w, width: l, height: h)),
            (1, Extent(length: l, width: h, height: w)), (1, Extent(length: h, width: l, height: w)),
            (0, Extent(length: w, width: h, height: l)), (0, Extent(length: h, width: w, height: l)),
        ]
        var different: [Extent] = []
        for (upright, turn) in all where mayStand[upright] && !different.contains(turn) { different.append(turn) }
        return different
    }
}

/// Boxes in a container.
package struct ContainerLoading: Hashable, Sendable {
    /// `item` is the place of the box in `ContainerProblem.boxes`.
    package var units: [PackedUnit]
    /// Volume of the boxes in parts per million of the container.
    package var fillPPM: Int

    package init(units: [PackedUnit], fillPPM: Int) { (self.units, self.fillPPM) = (units, fillPPM) }
}
