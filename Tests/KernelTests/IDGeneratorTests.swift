import Kernel
import Testing

@Suite struct IDGeneratorTests {
    private let noon = IDGenerator.epoch + .hours(12)

    @Test func `an id holds milliseconds since 2025, node and sequence`() {
        let generator = IDGenerator(node: 5)
        #expect(generator.next(at: IDGenerator.epoch + .milliseconds(3)) == 3 << 22 | 5 << 12)
        #expect(generator.next(at: IDGenerator.epoch + .milliseconds(3)) == 3 << 22 | 5 << 12 | 1)
        #expect(generator.next(at: IDGenerator.epoch + .milliseconds(4)) == 4 << 22 | 5 << 12)
    }

    @Test func `ids grow and keep their node while the clock steps back and stands still`() {
        let generator = IDGenerator(node: 1023)
        var random = SeededRandom(seed: 3)
        var now = noon, last: Int64 = -1
        for _ in 0..<50_000 {
            now = now + .microseconds(random.below(4000) - 2000)
            let id = generator.next(at: now)
            #expect(id > last)
            #expect(id >> 12 & 1023 == 1023)
            last = id
        }
    }

    @Test func `more than 4,096 ids in a millisecond borrow from the next`() {
        let generator = IDGenerator(node: 0)
        let ids = (0..<10_000).map { _ in generator.next(at: noon) }
        #expect(zip(ids, ids.dropFirst()).allSatisfy(<))
        #expect(ids[4095] >> 22 == ids[0] >> 22)
        #expect(ids[4096] >> 22 == ids[0] >> 22 + 1)
        #expect(generator.next(at: noon + .milliseconds(1)) > ids[9999])
    }

    @Test func `a time before 2025 counts as 2025`() {
        #expect(IDGenerator(node: 0).next(at: .distantPast) == 0)
    }

    @Test func `ids asked for at once are distinct`() async {
        let generator = IDGenerator(node: 1), noon = noon
        let ids = await withTaskGroup(of: [Int64].self) { group in
            for _ in 0..<8 { group.addTask { (0..<5000).map { _ in generator.next(at: noon) } } }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(ids).count == 40_000)
    }
}
