import Kernel

/// What is asked of the stock of one SKU until more of it comes: the ground on which a unit is valued where it lies.
///
/// Costs are minor units of one currency.
package struct StockOutlook: Sendable {
    /// A stream of demand, and what a unit of it costs from each site.
    package struct Stream: Sendable {
        /// Units expected until more comes.
        package var expected: Double
        /// A number for each site; nil where the site does not serve it.
        package var costs: [Int64?]

        package init(expected: Double, costs: [Int64?]) {
            self.expected = expected
            self.costs = costs
        }
    }

    /// Units free to promise, a number for each site.
    package var stock: [Int64]
    package var streams: [Stream]
    /// What a unit of demand costs that no site can serve.
    package var shortageCost: Int64

    package init(stock: [Int64], streams: [Stream], shortageCost: Int64) {
        self.stock = stock
        self.streams = streams
        self.shortageCost = shortageCost
    }

    /// How much dearer what is to come would be served with one unit less, a number for each site; 0 where there is none.
    ///
    /// Draws futures of demand (each stream a Poisson number), serves each of them at least cost, and takes the mean of
    /// what the last unit of each site saves. Averaging matters: the prices of one expected future jump between nothing
    /// and all. Nobody who comes is turned away for somebody who comes later, so of more demand than there is stock a fair
    /// share is served, and one unit is left: the one that is asked for now. Nothing but the outlook is seen; the same outlook
    /// and seed give the same values.
    package func values(futures: Int = 16, seed: UInt64) -> [Int64] {
        var sums = stock.map { _ in Int64(0) }
        guard stock.filter({ $0 > 0 }).count > 1, futures > 0 else { return sums }
        var random = SeededRandom(seed: seed).fork("stock values")
        for _ in 0..<futures {
            let demand = served(streams.map { random.poisson($0.expected) }, &random)
            for (site, loss) in StockFlow(self, serving: demand).losses.enumerated() { sums[site] += loss }
        }
        return sums.map { $0 / Int64(futures) }
    }

    /// Of a demand what there is stock for but for one unit, an even share of each stream.
    private func served(_ demand: [Int64], _ random: inout SeededRandom) -> [Int64] {
        let all = demand.reduce(0, +), most = stock.reduce(0, +) - 1
        guard all > most else { return demand }
        var offset = Int64(random.below(Int(all)))
        return demand.map { units in
            let before = offset
            offset += units * most
            return offset / all - before / all
        }
    }
}

extension SeededRandom {
    /// A Poisson number: by products of uniforms up to a mean of 30 (Knuth), in pieces of that up to a thousand.
    mutating func poisson(_ mean: Double) -> Int64 {
        // Far from nothing a sum of uniforms is close enough, and as cheap for a million as for a thousand.
        if mean > 1_000 {
            let bell = (0..<12).reduce(-6.0) { sum, _ in sum + Double(next() >> 11) * 0x1p-53 }
            return Int64(max(0, mean + bell * mean.squareRoot()))
        }
        var left = mean, sum: Int64 = 0
        while left > 0 {
            let piece = min(left, 30)
            left -= piece
            var product = 1.0
            let floor = Self.exponential(-piece)
            while true {
                product *= Double(next() >> 11) * 0x1p-53
                if product <= floor { break }
                sum += 1
            }
        }
        return sum
    }

    /// e to the power of `x`, by its series after halving: the same bits on every machine, which a C library does not promise.
    private static func exponential(_ x: Double) -> Double {
        let part = x / 64
        var term = 1.0, sum = 1.0
        for index in 1...14 {
            term *= part / Double(index)
            sum += term
        }
        for _ in 0..<6 { sum *= sum }
        return sum
    }
}
