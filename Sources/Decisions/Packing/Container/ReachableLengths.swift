/// Which lengths the boxes that are left can add up to along an axis: how much of a gap can still be used.
struct ReachableLengths {
    /// The longest reachable length not above each length.
    private var below: [Int32]
    private var words: [UInt64]

    /// For lengths up to `longest`.
    init(longest: Int32) {
        below = Array(repeating: 0, count: Int(longest) + 1)
        words = Array(repeating: 0, count: Int(longest) / 64 + 1)
    }

    subscript(length: Int32) -> Int32 { @inline(__always) get { below[Int(length)] } }

    /// Each box of `left` may add one of its sides of `sides`. Stops early when every length of a long run is reachable.
    mutating func update(_ left: [Int32], sides: [[Int32]]) {
        for word in words.indices { words[word] = 0 }
        words[0] = 1
        for (type, count) in left.enumerated() where count > 0 {
            let most = min(count, Int32(below.count) / max(1, sides[type].min() ?? 1))
            for _ in 0..<most { add(sides[type]) }
        }
        var last: Int32 = 0
        for length in below.indices {
            if words[length / 64] >> UInt64(length % 64) & 1 == 1 { last = Int32(length) }
            below[length] = last
        }
    }

    private mutating func add(_ sides: [Int32]) {
        for word in stride(from: words.count - 1, through: 0, by: -1) {
            var sum = words[word]
            for side in sides {
                let far = word - Int(side) / 64, bits = UInt64(side % 64)
                guard far >= 0 else { continue }
                sum |= words[far] << bits
                if bits > 0, far > 0 { sum |= words[far - 1] >> (64 - bits) }
            }
            words[word] = sum
        }
    }
}
