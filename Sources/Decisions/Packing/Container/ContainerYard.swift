/// What does not change while a container is loaded, and the scratch space of the ranking.
struct ContainerYard {
    let container: Extent
    let catalogue: BlockCatalogue
    let quantities: [Int32]
    let leastSide: Int32
    let leastVolume: Int64
    /// Size and worth of each block, flat for the ranking.
    let extents: [Extent]
    let worths: [Double]
    /// What block b needs stands at `needs[b] ..< needs[b + 1]` of the two lists after it.
    let needs: [Int]
    let neededTypes: [Int]
    let neededCounts: [Int32]
    /// Usable lengths along each axis for the boxes that are left.
    private(set) var reach: [ReachableLengths]
    /// Per axis and type, the different sides that may lie along it.
    private let sides: [[[Int32]]]

    init(_ problem: ContainerProblem, blocks: Int) {
        container = Extent(problem.container)
        catalogue = BlockCatalogue(problem, most: blocks, leastFillPPM: 980_000)
        quantities = problem.boxes.map { Int32(clamping: $0.quantity) }
        let turns = problem.boxes.map(\.turns)
        leastSide = turns.joined().map { min($0.length, $0.width, $0.height) }.min() ?? 1
        leastVolume = turns.joined().map(\.volume).min() ?? 1
        extents = catalogue.blocks.map(\.extent)
        worths = catalogue.blocks.map(\.worth)
        needs = catalogue.blocks.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.needs.count) }
        neededTypes = catalogue.blocks.flatMap { $0.needs.map(\.type) }
        neededCounts = catalogue.blocks.flatMap { $0.needs.map { Int32($0.count) } }
        reach = [container.length, container.width, container.height].map { ReachableLengths(longest: $0) }
        sides = [\Extent.length, \Extent.width, \Extent.height].map { axis in
            turns.map { Set($0.map { $0[keyPath: axis] }).sorted() }
        }
    }

    /// True where all boxes of the block are left.
    @inline(__always)
    func allows(_ block: Int, _ left: [Int32]) -> Bool {
        for need in needs[block]..<needs[block + 1] where neededCounts[need] > left[neededTypes[need]] { return false }
        return true
    }

    mutating func measureReach(_ left: [Int32]) {
        for axis in 0..<3 { reach[axis].update(left, sides: sides[axis]) }
    }
}
