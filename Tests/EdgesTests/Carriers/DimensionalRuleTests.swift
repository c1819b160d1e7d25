import Edges
import Kernel
import Testing

@Suite struct DimensionalRuleTests {
    private func parcel(_ weight: Int64, _ length: Int64, _ width: Int64, _ height: Int64) -> ParcelFacts {
        ParcelFacts(
            weight: Grams(weight),
            dimensions: Dimensions(length: Millimetres(length), width: Millimetres(width), height: Millimetres(height)))
    }

    @Test("metric: cubic centimetres over the divisor are kilograms, rounded up to the step", arguments: [
        // 30 × 20 × 15 cm / 5000 = 1.8 kg
        (1000, 300, 200, 150, 1, 500, 2000), (1000, 300, 200, 150, 1, 1, 1800), (1900, 300, 200, 150, 1, 500, 2000),
        (2001, 300, 200, 150, 1, 500, 2500),
        // Sides up to whole centimetres: 31 × 21 × 16 / 5000 = 2.0832 kg
        (1000, 301, 201, 151, 10, 1, 2084), (1000, 301, 201, 151, 1, 1, 1828),
    ] as [(Int64, Int64, Int64, Int64, Int64, Int64, Int64)])
    func metric(weight: Int64, length: Int64, width: Int64, height: Int64, side: Int64, step: Int64, expected: Int64) {
        let rule = DimensionalRule.metric(divisor: 5000, side: Millimetres(side), step: Grams(step))
        #expect(rule.billableWeight(parcel(weight, length, width, height)) == Grams(expected))
    }

    @Test("imperial: every side up to a whole inch, the volume over 139 up to a whole pound", arguments: [
        // 280 × 200 × 150 mm: 12 × 8 × 6 in = 576 in³ / 139 = 4.14
        (1000, 280, 200, 150, 5),
        // 10 × 10 × 10 in exactly: 1000 / 139 = 7.19; and one millimetre more on a side: 1100 / 139 = 7.91
        (1000, 254, 254, 254, 8), (1000, 255, 254, 254, 8), (1000, 255, 255, 254, 9),
        // The scale weight alone: 5 kg are 11.02 lb
        (5000, 100, 100, 100, 12),
    ] as [(Int64, Int64, Int64, Int64, Int64)])
    func imperial(weight: Int64, length: Int64, width: Int64, height: Int64, pounds: Int64) {
        let billable = DimensionalRule.imperial(divisor: 139).billableWeight(parcel(weight, length, width, height))
        #expect(billable == .pounds(pounds))
    }

    @Test("without a rule the scale weight counts")
    func none() { #expect(DimensionalRule.none.billableWeight(parcel(10, 900, 900, 900)) == 10) }

    @Test("pounds are exact to the gram below")
    func pounds() { #expect([1, 10, 150].map { Grams.pounds($0).rawValue } == [453, 4535, 68_038]) }
}
