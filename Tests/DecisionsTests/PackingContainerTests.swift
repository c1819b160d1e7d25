import Decisions
import Kernel
import Testing

@Suite("Container loading")
struct PackingContainerTests {
    /// The first problem of Bischoff and Ratcliff's set BR1 (OR-Library thpack1); best known 949,230 parts per million.
    private static let published = ContainerProblem(
        container: PackingSample.size(587, 233, 220),
        boxes: [
            ContainerBox(size: PackingSample.size(108, 76, 30), quantity: 40, mayStand: [false, false, true]),
            ContainerBox(size: PackingSample.size(110, 43, 25), quantity: 33, mayStand: [false, true, true]),
            ContainerBox(size: PackingSample.size(92, 81, 55), quantity: 39),
        ])

    @Test("a published container is filled to nine tenths with little search")
    func published() {
        let loading = ContainerLoader(placements: 500, blocks: 600).load(Self.published)
        #expect(ContainerCheck(Self.published).faults(of: loading) == [])
        #expect(loading.fillPPM >= 890_000)
    }

    @Test("more search never loads less")
    func monotone() {
        let fills = [50, 200, 800].map { ContainerLoader(placements: $0, blocks: 300).load(Self.published).fillPPM }
        #expect(fills == fills.sorted())
    }

    @Test("boxes that tile the container fill it")
    func tiling() {
        let problem = ContainerProblem(
            container: PackingSample.size(60, 40, 20),
            boxes: [
                ContainerBox(size: PackingSample.size(20, 20, 10), quantity: 6),
                ContainerBox(size: PackingSample.size(40, 60, 5), quantity: 2),
            ])
        let loading = ContainerLoader(placements: 2_000, blocks: 500).load(problem)
        #expect(ContainerCheck(problem).faults(of: loading) == [])
        #expect(loading.fillPPM == 1_000_000)
    }

    @Test("random loadings are right", arguments: 0..<20)
    func validity(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let problem = ContainerProblem(
            container: PackingSample.size(Int64(50 + random.below(100)), Int64(50 + random.below(50)), Int64(40 + random.below(50))),
            boxes: (0..<(1 + random.below(8))).map { _ in
                let sides = (0..<3).map { _ in Int64(8 + random.below(60)) }
                return ContainerBox(
                    size: PackingSample.size(sides[0], sides[1], sides[2]), quantity: random.below(20),
                    mayStand: [random.below(2) == 0, random.below(2) == 0, true])
            })
        let loading = ContainerLoader(placements: 200, blocks: 300).load(problem)
        #expect(ContainerCheck(problem).faults(of: loading) == [])
        #expect(loading == ContainerLoader(placements: 200, blocks: 300).load(problem))
    }

    @Test("nothing is loaded where nothing fits or there is nothing")
    func nothing() {
        let large = ContainerBox(size: PackingSample.size(50, 5, 5), quantity: 3)
        for boxes in [[], [large]] {
            let loading = ContainerLoader().load(ContainerProblem(container: PackingSample.size(10, 10, 10), boxes: boxes))
            #expect(loading == ContainerLoading(units: [], fillPPM: 0))
        }
    }

    @Test("a spoilt loading is found out")
    func spoilt() throws {
        let right = ContainerLoader(placements: 100, blocks: 200).load(Self.published)
        try #require(right.units.count > 2)
        var apart = right, turned = right, outside = right, fill = right
        apart.units[1] = apart.units[0]
        turned.units[0].size.height = 1
        outside.units[0].x = -1
        fill.fillPPM += 10
        for (loading, word) in [(apart, "overlap"), (turned, "changed its size"), (outside, "not inside"), (fill, "The fill")] {
            #expect(ContainerCheck(Self.published).faults(of: loading).contains { $0.contains(word) })
        }
    }
}
