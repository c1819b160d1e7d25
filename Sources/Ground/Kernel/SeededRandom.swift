/// A repeatable stream of random numbers: SplitMix64 (Steele, Lea, Flood 2014).
///
/// The same seed gives the same numbers on every machine; `fork` gives an agent a stream of its own, so that
/// one agent's draws never shift another's.
package struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A stream of its own for `name`, the same for the same seed and name whatever was drawn before.
    package func fork(_ name: String) -> SeededRandom { SeededRandom(seed: state ^ name.stableHash) }

    /// 0 ..< bound, by multiplication (Lemire); the bias is below 2⁻³² for bounds below 2³².
    package mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

    /// True with a probability of `partsPerMillion` / 1,000,000.
    package mutating func chance(partsPerMillion: Int) -> Bool { below(1_000_000) < partsPerMillion }
}

extension String {
    /// FNV-1a of the UTF-8 bytes: the same in every process, unlike `hashValue`.
    package var stableHash: UInt64 {
        utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
