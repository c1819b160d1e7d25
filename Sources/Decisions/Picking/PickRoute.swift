import Kernel

/// Pick tasks in walking order.
package struct PickRoute: Sendable, Equatable {
    package var stops: [PickStop]
    /// From the depot past every stop and back; nil where the area was never measured.
    package var length: Millimetres?

    /// The site's own walking order; ties by task.
    package static func bySequence(_ stops: [PickStop]) -> PickRoute {
        PickRoute(stops: stops.sorted { ($0.sequence, $0.task) < ($1.sequence, $1.task) }, length: nil)
    }

    /// Through each aisle that has a stop, up and down in turn from the left; easy to learn and to follow.
    /// The last aisle is left by the front where it would be walked from there.
    package static func sShape(_ stops: [PickStop], in layout: PickLayout) -> PickRoute {
        let sorted = inAisleOrder(stops, layout)
        var order: [PickStop] = [], start = 0, upwards = true
        while start < sorted.count {
            let end = sorted[start...].firstIndex { $0.aisle != sorted[start].aisle } ?? sorted.count
            order += upwards ? Array(sorted[start..<end]) : sorted[start..<end].reversed()
            upwards.toggle()
            start = end
        }
        return PickRoute(stops: order, length: layout.length(of: order))
    }

    /// The shortest walk of all, by the method of Ratliff and Rosenthal (Operations Research 31(3), 1983); its
    /// work grows with the number of aisles and stops only.
    package static func shortest(_ stops: [PickStop], in layout: PickLayout) -> PickRoute {
        guard !stops.isEmpty else { return PickRoute(stops: [], length: .zero) }
        let sorted = inAisleOrder(stops, layout)
        let sweep = PickSweep(sorted, layout)
        let order = PickTour(sweep, layout).order.flatMap { place in
            sorted.filter { $0.aisle == place.aisle && $0.position == place.position }
        }
        return PickRoute(stops: order, length: sweep.length)
    }

    private static func inAisleOrder(_ stops: [PickStop], _ layout: PickLayout) -> [PickStop] {
        for stop in stops {
            precondition((0..<layout.aisles).contains(stop.aisle), "a stop lies in one of the aisles")
            precondition(stop.position >= .zero && stop.position <= layout.aisleLength, "a stop lies within its aisle")
        }
        return stops.sorted {
            ($0.aisle, $0.position, $0.side.rawValue, $0.sequence, $0.task)
                < ($1.aisle, $1.position, $1.side.rawValue, $1.sequence, $1.task)
        }
    }
}
