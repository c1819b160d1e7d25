/// Sine, cosine and arcsine from IEEE 754 basic operations only, which are exact to the bit on every machine;
/// the C library's differ in the last bit from one to the next. Errors stay below 10⁻¹⁵ (arcsine: 10⁻¹²).
enum Trigonometry {
    /// - Parameters:
    ///   - microDegrees: within ±360,000,000.
    ///   - halved: the sine of half the angle, without losing the odd millionth.
    static func sine(microDegrees: Int64, halved: Bool = false) -> Double {
        // Counted in units of 10⁻⁶ or, halved, 5 × 10⁻⁷ degrees so that the reduction is exact.
        let quarter: Int64 = halved ? 180_000_000 : 90_000_000
        let (turns, rest) = microDegrees.flooredDivision(by: quarter)
        let angle = Double(rest) / Double(quarter) * (Double.pi / 2)
        let mirrored = Double(quarter - rest) / Double(quarter) * (Double.pi / 2)
        switch turns & 3 {
        case 0: return firstQuarterSine(angle, complement: mirrored)
        case 1: return firstQuarterSine(mirrored, complement: angle)
        case 2: return -firstQuarterSine(angle, complement: mirrored)
        default: return -firstQuarterSine(mirrored, complement: angle)
        }
    }

    static func cosine(microDegrees: Int64) -> Double { sine(microDegrees: microDegrees + 90_000_000) }

    /// - Parameter sine: 0 to 1.
    static func arcsine(_ sine: Double) -> Double {
        // Halving the angle three times brings it below π/16, where the series is short.
        var reduced = sine
        for _ in 0..<3 { reduced /= (2 * (1 + max(0, 1 - reduced * reduced).squareRoot())).squareRoot() }
        let square = reduced * reduced
        var term = reduced, sum = reduced
        for n in 1...8 {
            let odd = Double(2 * n - 1)
            term *= square * odd / (odd + 1)
            sum += term / (odd + 2)
        }
        return 8 * sum
    }

    private static func firstQuarterSine(_ angle: Double, complement: Double) -> Double {
        angle <= Double.pi / 4
            ? series(first: angle, square: angle * angle, from: 1)
            : series(first: 1, square: complement * complement, from: 0)
    }

    /// The Taylor series of the sine (from 1) or cosine (from 0), good to 10⁻¹⁶ up to π/4.
    private static func series(first: Double, square: Double, from: Int) -> Double {
        var term = first, sum = first
        for n in 1...8 {
            let k = Double(2 * n + from)
            term *= -square / (k * (k - 1))
            sum += term
        }
        return sum
    }
}
