/// The value at a percentile by nearest rank; nil where there is none.
/// - Parameter sorted: ascending.
func nearestRank(_ percent: Int, of sorted: [Int64]) -> Int64? {
    guard !sorted.isEmpty else { return nil }
    let rank = (sorted.count * percent + 99) / 100
    return sorted[max(0, min(sorted.count, rank) - 1)]
}

/// How often each whole number from 0 on comes.
/// - Parameters:
///   - values: none negative.
///   - count: how many numbers to count at least, beginning at 0.
func histogram(_ values: [Int64], count: Int = 0) -> [Int64] {
    let length = max(count, values.max().map { Int($0) + 1 } ?? 0)
    return values.reduce(into: [Int64](repeating: 0, count: length)) { $0[Int($1)] += 1 }
}

/// Parts per million, cut off; nil of nothing.
func perMillion(_ part: Int64, of whole: Int64) -> Int64? { whole > 0 ? part * 1_000_000 / whole : nil }
