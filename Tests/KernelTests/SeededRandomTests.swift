import Kernel
import Testing

@Suite struct SeededRandomTests {
    @Test func `the stream is SplitMix64's`() {
        // The reference implementation's first numbers for the seed 1234567.
        var random = SeededRandom(seed: 1_234_567)
        let first = (0..<5).map { _ in random.next() }
        #expect(first == [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ])
    }

    @Test func `numbers below a bound stay below it and reach all of it`() {
        var random = SeededRandom(seed: 1)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[random.below(7)] += 1 }
        #expect(counts.allSatisfy { (9500...10_500).contains($0) }, "\(counts)")
    }

    @Test func `forks differ by name and do not disturb their parent`() {
        var parent = SeededRandom(seed: 9), twin = SeededRandom(seed: 9)
        var picker = parent.fork("picker"), packer = parent.fork("packer"), again = twin.fork("picker")
        let number = picker.next()
        #expect(number != packer.next())
        #expect(number == again.next())
        #expect(parent.next() == twin.next())
    }

    @Test func `a chance comes about as often as it says`() {
        var random = SeededRandom(seed: 2)
        let hits = (0..<100_000).count { _ in random.chance(partsPerMillion: 250_000) }
        #expect((24_500...25_500).contains(hits))
    }

    @Test func `the stable hash is FNV-1a`() {
        #expect("".stableHash == 0xCBF2_9CE4_8422_2325)
        #expect("a".stableHash == 0xAF63_DC4C_8601_EC8C)
        #expect("foobar".stableHash == 0x8594_4171_F739_67E8)
    }
}
