import Foundation
import Kernel
import Testing

@Suite struct CoordinatesTests {
    @Test("distances agree with the sphere's", arguments: [
        // A quarter, a half and a 360,000,000th of the great circle of 40,030,228.88 m.
        (0, 0, 0, 90_000_000, 10_007_557), (0, 0, 0, 180_000_000, 20_015_114), (90_000_000, 0, -90_000_000, 0, 20_015_114),
        (0, 0, 0, 9, 1), (0, 179_999_000, 0, -179_999_000, 222), (45_000_000, 7_000_000, 45_000_000, 7_000_000, 0),
    ] as [(Int64, Int64, Int64, Int64, Int64)])
    func sphere(lat1: Int64, lon1: Int64, lat2: Int64, lon2: Int64, metres: Int64) throws {
        let a = try #require(Coordinates(latitude: lat1, longitude: lon1))
        let b = try #require(Coordinates(latitude: lat2, longitude: lon2))
        #expect(a.distance(to: b).rawValue == metres)
        #expect(b.distance(to: a).rawValue == metres)
    }

    @Test func `distances agree with the haversine formula over the C library`() throws {
        var random = SeededRandom(seed: 51)
        for _ in 0..<5000 {
            let (a, b) = (anywhere(&random), anywhere(&random))
            let radians = { (micro: Int64) in Double(micro) / 1e6 * .pi / 180 }
            let rise = sin(radians(b.latitude - a.latitude) / 2), turn = sin(radians(b.longitude - a.longitude) / 2)
            let h = rise * rise + cos(radians(a.latitude)) * cos(radians(b.latitude)) * turn * turn
            let expected = 2 * 6_371_008.8 * asin(min(1, h.squareRoot()))
            #expect(abs(Double(a.distance(to: b).rawValue) - expected) < 0.51 + expected * 1e-10)
        }
    }

    @Test func `the triangle inequality holds to the metre`() {
        var random = SeededRandom(seed: 52)
        for _ in 0..<2000 {
            let (a, b, c) = (anywhere(&random), anywhere(&random), anywhere(&random))
            #expect(a.distance(to: c) <= a.distance(to: b) + b.distance(to: c) + 2)
        }
    }

    @Test("a place off the globe is nil", arguments: [
        (90_000_001, 0), (-90_000_001, 0), (0, 180_000_001), (0, -180_000_001), (Int64.max, 0), (0, Int64.min),
    ] as [(Int64, Int64)])
    func refused(latitude: Int64, longitude: Int64) { #expect(Coordinates(latitude: latitude, longitude: longitude) == nil) }

    private func anywhere(_ random: inout SeededRandom) -> Coordinates {
        let place = Coordinates(
            latitude: Int64(random.below(180_000_001)) - 90_000_000,
            longitude: Int64(random.below(360_000_001)) - 180_000_000)
        return place ?? anywhere(&random)
    }
}
