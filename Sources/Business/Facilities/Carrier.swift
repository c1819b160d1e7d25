import Kernel
import Store

/// A company that carries parcels for us.
package struct Carrier: Hashable, Sendable {
    package let id: CarrierID
    /// Unique.
    package let code: String
    package let name: String
    /// The name of the client that speaks to it.
    package let client: String
}

/// How something is carried.
package enum TransportMode: String, CaseIterable, Sendable, Codable, SQLValue {
    case road
    case air
    case sea
    case rail
}

/// A product of a carrier: what it takes, how far it goes in what time, and on which days it delivers.
package struct CarrierService: Hashable, Sendable {
    package let id: ServiceID
    package let carrier: CarrierID
    /// Unique with its carrier.
    package let code: String
    package let name: String
    package let mode: TransportMode
    /// What its rates are in.
    package let currency: Currency
    package let limits: ParcelLimits
    package let refuses: GoodsTraits
    package let deliversOn: Weekdays
    /// Attempts of delivery before a parcel goes back.
    package let attempts: Int
    /// Parcels of one order that may go under one master number; 1 where each goes alone.
    package let maxPieces: Int
    package let validity: Validity
}

/// The largest parcel a service takes, and how it weighs volume.
package struct ParcelLimits: Hashable, Sendable {
    package let weight: Grams
    /// Of the longest side.
    package let length: Millimetres
    /// Of the longest side plus twice each of the other two.
    package let girth: Millimetres
    /// Cubic millimetres that count as one gram: 5,000 for the usual 5,000 cm³ per kg; 0 where volume is not charged.
    package let dimDivisor: Int64

    package init(weight: Grams, length: Millimetres, girth: Millimetres, dimDivisor: Int64 = 0) {
        self.weight = weight
        self.length = length
        self.girth = girth
        self.dimDivisor = dimDivisor
    }

    /// Whether a parcel of this outer size is within the lengths.
    package func holds(_ size: Dimensions) -> Bool {
        let longest = max(size.length, size.width, size.height)
        let others = size.length + size.width + size.height - longest
        return longest <= length && longest + others * 2 <= girth
    }

    /// The mass a parcel is charged for: its own or that of its volume, rounded up to the gram, whichever is more.
    package func billableWeight(_ weight: Grams, _ size: Dimensions) -> Grams {
        guard dimDivisor > 0 else { return weight }
        return max(weight, Grams((size.volume + dimDivisor - 1) / dimDivisor))
    }
}

extension CarrierService {
    /// Whether it takes such a parcel: nothing it refuses, and within its limits.
    package func takes(_ traits: GoodsTraits, weight: Grams, size: Dimensions? = nil) -> Bool {
        guard refuses.isDisjoint(with: traits), weight <= limits.weight else { return false }
        return size.map(limits.holds) ?? true
    }
}

/// A ring around the site from which a service leaves.
package struct ServiceZone: Hashable, Sendable {
    package let name: String
    /// The ring's outer edge, in kilometres.
    package let upToKm: Int64
    /// The fewest days on the way.
    package let minimumDays: Int
    /// The days a promise rests on.
    package let likelyDays: Int

    package init(_ name: String, upToKm: Int64, minimumDays: Int, likelyDays: Int) {
        self.name = name
        self.upToKm = upToKm
        self.minimumDays = minimumDays
        self.likelyDays = likelyDays
    }
}

/// The price of a parcel up to a billable weight, while it holds.
package struct ServiceRate: Hashable, Sendable {
    /// The name of the zone it goes to.
    package let zone: String
    package let upTo: Grams
    /// Minor units of the service's currency.
    package let price: Int64
    package let validity: Validity

    package init(zone: String, upTo: Grams, price: Int64, validity: Validity = .always) {
        self.zone = zone
        self.upTo = upTo
        self.price = price
        self.validity = validity
    }
}

extension Carrier {
    /// All carriers by id order; they are few.
    package static func all(in tx: Transaction) throws -> [Carrier] {
        try tx.query("SELECT id, code, name, client FROM carrier ORDER BY id") {
            try Carrier(id: $0.next(), code: $0.next(), name: $0.next(), client: $0.next())
        }
    }
}

extension CarrierService {
    /// Whose services these are.
    package static func carriers(of services: some Sequence<ServiceID>, in tx: Transaction) throws -> [ServiceID: CarrierID] {
        let rows = try tx.query(
            "SELECT id, carrier FROM carrier_service WHERE id IN \(list: Set(services).sorted()) ORDER BY id"
        ) { try ($0.next(ServiceID.self), $0.next(CarrierID.self)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// How many parcels each takes under one master number.
    package static func maxPieces(of services: some Sequence<ServiceID>, in tx: Transaction) throws -> [ServiceID: Int] {
        let rows = try tx.query(
            "SELECT id, max_pieces FROM carrier_service WHERE id IN \(list: Set(services).sorted()) ORDER BY id"
        ) { try ($0.next(ServiceID.self), $0.next(Int.self)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// All services by id order; they are few.
    package static func all(in tx: Transaction) throws -> [CarrierService] {
        try tx.query(
            """
            SELECT id, carrier, code, name, mode, currency, max_g, max_length_mm, max_girth_mm, dim_divisor, refuses,
                delivery_weekdays, attempts, max_pieces, from_day, until_day
            FROM carrier_service ORDER BY id
            """
        ) {
            try CarrierService(
                id: $0.next(), carrier: $0.next(), code: $0.next(), name: $0.next(), mode: $0.next(),
                currency: $0.next(),
                limits: ParcelLimits(
                    weight: $0.next(), length: $0.next(), girth: $0.next(), dimDivisor: $0.next()),
                refuses: $0.nextTraits(), deliversOn: $0.nextWeekdays(), attempts: $0.next(), maxPieces: $0.next(),
                validity: $0.nextValidity())
        }
    }
}
