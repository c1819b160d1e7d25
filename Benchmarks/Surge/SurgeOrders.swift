import Flows
import Identity
import Kernel
import Orders

/// Orders of three lines, made up one after the other, as values and as bytes of a request.
///
/// A hot one has the first SKU in its first line; all other lines are uniform over the SKUs.
struct SurgeOrders {
    static let skus = 10_000
    static let lines = 3
    private static let cities: [(name: String, region: String, code: String, lat: Int64, lon: Int64)] = [
        ("Berlin", "BE", "10115", 52_520_000, 13_405_000), ("Hamburg", "HH", "20095", 53_551_000, 9_994_000),
        ("Stuttgart", "BW", "70173", 48_775_000, 9_182_000), ("Leipzig", "SN", "04109", 51_340_000, 12_375_000),
    ]

    private let isHot: Bool
    /// Tells the orders of one measurement from all others.
    private let run: String
    private var random: SeededRandom
    private var count = 0

    init(run: String, seed: UInt64, isHot: Bool) {
        self.run = run
        self.isHot = isHot
        random = SeededRandom(seed: seed).fork(run)
    }

    static func code(_ sku: Int) -> String { "SKU-" + String(100_000 + sku).dropFirst() }

    private mutating func picks() -> [Int] {
        var picks: [Int] = isHot ? [0] : []
        while picks.count < Self.lines {
            let pick = random.below(Self.skus)
            if !picks.contains(pick) { picks.append(pick) }
        }
        return picks
    }

    mutating func request(of merchant: MerchantID, _ currency: Currency, _ country: Country, at now: Instant) -> OrderRequest {
        count += 1
        let city = Self.cities[random.below(Self.cities.count)], shopper = 10_000_000 + random.below(80_000_000)
        let lines = picks().map {
            OrderRequest.Line(sku: Self.code($0), quantity: 1, unitPrice: 1290, shipping: 163, tax: 206, channelUnit: "U\($0)")
        }
        let person = Person(
            name: "Ada Muster \(shopper)", phone: "+49 30 \(shopper)", email: "ada.\(shopper)@example.org",
            street: ["Lange Straße \(shopper % 997)", "Hinterhaus"], city: city.name, region: city.region, postalCode: city.code,
            country: country)
        return OrderRequest(
            merchant: merchant, channel: "surge", number: "\(run)-\(count)", currency: currency, person: person,
            destination: Destination(
                country: country.code, region: city.region, city: city.name, postalArea: String(city.code.prefix(3)),
                latitude: city.lat, longitude: city.lon), lines: lines, placedAt: now)
    }

    /// Appends the same order as JSON.
    mutating func write(to out: inout [UInt8]) {
        count += 1
        let city = Self.cities[random.below(Self.cities.count)], shopper = 10_000_000 + random.below(80_000_000)
        out += #"{"channel":"surge","number":""#.utf8
        out += "\(run)-\(count)".utf8
        out += #"","currency":"EUR","payment":"paid","recipient":{"name":"Ada Muster \#(shopper)","phone":"+49 30 \#(shopper)","#.utf8
        out += #""email":"ada.\#(shopper)@example.org","street":["Lange Straße \#(shopper % 997)","Hinterhaus"],"#.utf8
        out += #""city":"\#(city.name)","region":"\#(city.region)","postal_code":"\#(city.code)","country":"DE"},"#.utf8
        out += #""destination":{"country":"DE","region":"\#(city.region)","city":"\#(city.name)","#.utf8
        out += #""postal_area":"\#(city.code.prefix(3))","place":{"latitude":\#(city.lat),"longitude":\#(city.lon)}},"lines":["#.utf8
        for (index, pick) in picks().enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            out += #"{"sku":"\#(Self.code(pick))","quantity":1,"unit_price_minor":1290,"shipping_minor":163,"#.utf8
            out += #""tax_minor":206,"channel_unit":"U\#(pick)"}"#.utf8
        }
        out += "]}".utf8
    }

    /// The body of one request: an order, or several for the bulk route.
    mutating func body(orders: Int) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(900 * orders)
        if orders == 1 {
            write(to: &out)
            return out
        }
        out += #"{"orders":["#.utf8
        for index in 0..<orders {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            write(to: &out)
        }
        out += "]}".utf8
        return out
    }
}
