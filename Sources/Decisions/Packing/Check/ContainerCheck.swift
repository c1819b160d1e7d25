import Kernel

/// Tells whether a container loading is right, from the problem alone; shares no code with the search.
package struct ContainerCheck {
    private let problem: ContainerProblem

    package init(_ problem: ContainerProblem) { self.problem = problem }

    /// All faults, each as a sentence; none where the loading is right.
    package func faults(of loading: ContainerLoading) -> [String] {
        guard loading.units.allSatisfy({ problem.boxes.indices.contains($0.item) }) else { return ["A box is of no type."] }
        var found = loading.units.compactMap { fault(of: $0) }
        for (b, two) in loading.units.enumerated() {
            for one in loading.units[..<b] where overlap(one, two) {
                found.append("Boxes of types \(one.item) and \(two.item) overlap.")
            }
        }
        for (type, box) in problem.boxes.enumerated() {
            let used = loading.units.count { $0.item == type }
            if used > box.quantity { found.append("\(used) boxes of type \(type), of \(box.quantity).") }
        }
        let volume = loading.units.reduce(0) { $0 + $1.size.volume }
        let fill = Double(volume) / Double(problem.container.volume) * 1_000_000
        if abs(fill - Double(loading.fillPPM)) > 2 { found.append("The fill is \(fill), not \(loading.fillPPM).") }
        return found
    }

    private func fault(of unit: PackedUnit) -> String? {
        let box = problem.boxes[unit.item], room = problem.container
        let given = [box.size.length, box.size.width, box.size.height]
        let turned = [unit.size.length, unit.size.width, unit.size.height]
        if given.sorted() != turned.sorted() { return "A box of type \(unit.item) has changed its size." }
        if !zip(given, box.mayStand).contains(where: { $0 == unit.size.height && $1 }) {
            return "A box of type \(unit.item) stands on a side that may not bear it."
        }
        let inside = unit.x >= 0 && unit.y >= 0 && unit.z >= 0 && unit.x + unit.size.length <= room.length
            && unit.y + unit.size.width <= room.width && unit.z + unit.size.height <= room.height
        return inside ? nil : "A box of type \(unit.item) is not inside."
    }

    private func overlap(_ a: PackedUnit, _ b: PackedUnit) -> Bool {
        a.x < b.x + b.size.length && b.x < a.x + a.size.length && a.y < b.y + b.size.width && b.y < a.y + a.size.width
            && a.z < b.z + b.size.height && b.z < a.z + a.size.height
    }
}
