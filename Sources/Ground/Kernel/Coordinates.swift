/// A place on the globe (WGS 84), in millionths of a degree.
@frozen
package struct Coordinates: Hashable, Sendable, Codable {
    /// North is positive; within ±90,000,000.
    package let latitude: Int64
    /// East is positive; within ±180,000,000.
    package let longitude: Int64

    /// Nil where a value is off the globe.
    package init?(latitude: Int64, longitude: Int64) {
        guard latitude.magnitude <= 90_000_000, longitude.magnitude <= 180_000_000 else { return nil }
        self.latitude = latitude
        self.longitude = longitude
    }

    private enum CodingKeys: CodingKey { case latitude, longitude }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let latitude = try values.decode(Int64.self, forKey: .latitude)
        let longitude = try values.decode(Int64.self, forKey: .longitude)
        guard let place = Self(latitude: latitude, longitude: longitude) else {
            throw DecodingError.dataCorrupted(.init(
                codingPath: decoder.codingPath, debugDescription: "\(latitude), \(longitude) is off the globe"))
        }
        self = place
    }
}

extension Coordinates {
    /// The earth's mean radius R₁ in metres (IUGG 1980).
    private static let radius = 6_371_008.8

    /// The great-circle distance on a sphere, by the haversine formula; within 0.6 % of the ellipsoid's.
    ///
    /// Uses `Trigonometry` and not the C library's, so that every machine gives the same metre.
    package func distance(to other: Coordinates) -> Metres {
        let rise = Trigonometry.sine(microDegrees: other.latitude - latitude, halved: true)
        let turn = Trigonometry.sine(microDegrees: other.longitude - longitude, halved: true)
        let narrowing = Trigonometry.cosine(microDegrees: latitude) * Trigonometry.cosine(microDegrees: other.latitude)
        let haversine = min(1, rise * rise + narrowing * turn * turn)
        return Metres(Int64((2 * Self.radius * Trigonometry.arcsine(haversine.squareRoot())).rounded()))
    }
}
