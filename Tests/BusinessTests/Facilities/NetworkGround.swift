import Facilities
import Kernel
import Store
import TestGround
import Testing

/// A stepper with the tables of facilities.
func withNetwork<T>(_ kind: EngineKind, _ body: (Stepper) throws -> T) throws -> T {
    try withStepper(kind, migrations: FacilitiesSchema.migrations, body)
}

extension NewSite {
    /// A fulfillment center in Porto.
    static func porto(_ code: String = "OPO1", kind: Site.Kind = .fulfillmentCenter) -> NewSite {
        guard let country = Country("PT"), let place = Coordinates(latitude: 41_157_944, longitude: -8_629_105) else {
            preconditionFailure("Porto is in Portugal")
        }
        return NewSite(
            code: code, name: "Porto", kind: kind, operatedBy: "Waybill",
            address: SiteAddress(country: country, city: "Porto", postalCode: "4000-001", street: "Rua das Flores 1"),
            place: place, zone: "Europe/Lisbon", handlingMinutes: 90, parcelCost: 85, unitCost: 12)
    }
}

extension NewService {
    /// To 300 km in a day or two, to 1,200 km in two to four.
    static func parcel(_ carrier: CarrierID, code: String = "PARCEL") -> NewService {
        NewService(
            carrier: carrier, code: code, name: "Parcel", currency: euro,
            limits: ParcelLimits(weight: 31_500, length: 1200, girth: 3000, dimDivisor: 5000),
            refuses: [.dangerousGoods, .oversize],
            zones: [
                ServiceZone("far", upToKm: 1200, minimumDays: 2, likelyDays: 4),
                ServiceZone("near", upToKm: 300, minimumDays: 1, likelyDays: 2),
            ],
            rates: [
                ServiceRate(zone: "near", upTo: 5000, price: 590), ServiceRate(zone: "near", upTo: 1000, price: 390),
                ServiceRate(zone: "far", upTo: 1000, price: 690),
            ])
    }
}

extension Stepper {
    func addSite(_ code: String = "OPO1", kind: Site.Kind = .fulfillmentCenter) throws -> SiteID {
        let saved = try perform(InPlace { tx in try SaveSites.run([.porto(code, kind: kind)], in: tx) })
        return try #require(saved.first).id
    }

    func addCarrier(_ code: String = "PTX") throws -> CarrierID {
        let new = NewCarrier(code: code, name: "Portugal Express", client: "simulated")
        return try #require(try perform(InPlace { tx in try SaveCarriers.run([new], in: tx) }).first).id
    }

    func addService() throws -> ServiceID {
        let carrier = try addCarrier()
        return try #require(try perform(InPlace { tx in try SaveServices.run([.parcel(carrier)], in: tx) }).first).id
    }

    func network() throws -> Network { try read { tx in try Network.current(nil, in: tx) } }

    /// The code of the refusal and the field it names; nil where nothing was refused.
    func refused<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) -> [String]? {
        perform([InPlace(body)])[0].refusal.map { [$0.code, $0.field ?? "-"] }
    }
}

func clock(_ text: String) -> LocalTime {
    guard let time = LocalTime(text) else { preconditionFailure("'\(text)' is no time") }
    return time
}

func day(_ text: String) -> CivilDate {
    guard let day = CivilDate(text) else { preconditionFailure("'\(text)' is no day") }
    return day
}
