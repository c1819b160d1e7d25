import Flows
import Kernel
import Store
import Views

/// What was picked into one tote.
struct PicksBody: Codable, Sendable {
    struct Result: Codable, Sendable, Documented {
        var task: TaskID
        var quantity: Quantity
        static let fields: FieldNotes = ["quantity": FieldNote("Pieces.", range: 0...100_000_000, example: 1)]
    }

    var tote: UnitID
    var results: [Result]
    var occurredAt: Instant?

    private enum CodingKeys: String, CodingKey { case tote, results, occurredAt = "occurred_at" }

    var picks: [PickResult] { results.map { PickResult(task: $0.task, quantity: $0.quantity) } }

    /// The tasks and the tote are the reader's, at one site.
    func check(_ scope: Scope, in tx: Transaction) throws {
        let site = try Ownership.tasks(results.map(\.task), kinds: ["pick"], scope, in: tx)
        if let site { try Ownership.tote(tote, at: site, in: tx) }
    }
}

extension PicksBody: Documented {
    static let fields: FieldNotes = ["results": FieldNote("Task by task.", count: 1...500)]
}

/// Where the goods of a task were put.
struct PutawayBody: Codable, Sendable {
    var task: TaskID
    var location: LocationID
    var occurredAt: Instant?

    private enum CodingKeys: String, CodingKey { case task, location, occurredAt = "occurred_at" }
}

/// What is to be packed.
struct PackingsBody: Codable, Sendable {
    var fulfillmentOrders: [FulfillmentID]
    var serials: [SerialScanBody]?
    var occurredAt: Instant?

    private enum CodingKeys: String, CodingKey {
        case fulfillmentOrders = "fulfillment_orders", serials, occurredAt = "occurred_at"
    }
}

extension PackingsBody: Documented {
    static let fields: FieldNotes = [
        "fulfillment_orders": FieldNote("All are packed, or none.", count: 1...50),
        "serials": FieldNote("Scanned of all goods that are tracked by serial.", count: 0...500),
    ]
}

struct ParcelsReply: Codable, Sendable {
    var parcels: [ParcelSummary]
}

/// What the scale says.
struct WeighingsBody: Codable, Sendable {
    struct Weight: Codable, Sendable {
        var parcel: UnitID
        var grams: Grams

        private enum CodingKeys: String, CodingKey { case parcel, grams = "weight_g" }
    }

    var weights: [Weight]
    var occurredAt: Instant?

    private enum CodingKeys: String, CodingKey { case weights, occurredAt = "occurred_at" }
}

extension WeighingsBody: Documented {
    static let fields: FieldNotes = ["weights": FieldNote("Parcel by parcel.", count: 1...200)]
}

extension WeighingsBody.Weight: Documented {
    static let fields: FieldNotes = ["weight_g": FieldNote("Grams.", range: 1...10_000_000, example: 480)]
}

struct WeighingsReply: Codable, Sendable {
    struct Weighed: Codable, Sendable {
        var parcel: UnitID
        var expected: Grams
        var isWithinTolerance: Bool

        private enum CodingKeys: String, CodingKey {
            case parcel, expected = "expected_g", isWithinTolerance = "is_within_tolerance"
        }
    }

    var items: [Weighed]

    init(_ weighed: [WeighParcels.Weighed]) {
        items = weighed.map {
            Weighed(parcel: $0.parcel, expected: $0.expected, isWithinTolerance: $0.isWithinTolerance)
        }
    }
}

/// What the carrier takes from a site.
struct HandoverBody: Codable, Sendable {
    var site: SiteID
    var service: ServiceID
    var until: Instant?
    var occurredAt: Instant?

    private enum CodingKeys: String, CodingKey { case site, service, until, occurredAt = "occurred_at" }
}

extension HandoverBody: Documented {
    static let fields: FieldNotes = ["until": "Parcels that leave later stay; none unless said."]
}

struct HandoverReply: Codable, Sendable {
    struct Handed: Codable, Sendable {
        var parcel: UnitID
        var number: String
    }

    var manifest: ManifestID?
    var parcels: [Handed]

    init(_ handed: HandOver.Handed) {
        manifest = handed.manifest
        parcels = zip(handed.parcels, handed.numbers).map { Handed(parcel: $0, number: $1) }
    }
}
