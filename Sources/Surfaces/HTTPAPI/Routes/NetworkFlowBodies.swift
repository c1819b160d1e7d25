import Flows
import Kernel
import Transport
import Views

/// When something happened; now unless said.
struct MomentBody: Codable, Sendable {
    var occurredAt: Instant?
    private enum CodingKeys: String, CodingKey { case occurredAt = "occurred_at" }
}

struct LossBody: Codable, Sendable {
    var unit: UnitID
    var occurredAt: Instant?
    private enum CodingKeys: String, CodingKey { case unit, occurredAt = "occurred_at" }
}

/// Units that were scanned.
struct UnitsBody: Codable, Sendable, Documented {
    var units: [UnitID]
    var occurredAt: Instant?
    private enum CodingKeys: String, CodingKey { case units, occurredAt = "occurred_at" }
    static let fields: FieldNotes = ["units": FieldNote("By id.", count: 1...500)]
}

/// Units that were taken out of others at a site.
struct TakeOutBody: Codable, Sendable, Documented {
    var site: SiteID
    var units: [UnitID]
    var occurredAt: Instant?
    private enum CodingKeys: String, CodingKey { case site, units, occurredAt = "occurred_at" }
    static let fields: FieldNotes = ["units": FieldNote("By id.", count: 1...500)]
}

struct PullsBody: Codable, Sendable, Documented {
    var site: SiteID
    var parcels: [UnitID]
    var occurredAt: Instant?
    private enum CodingKeys: String, CodingKey { case site, parcels, occurredAt = "occurred_at" }
    static let fields: FieldNotes = ["parcels": FieldNote("Cancelled ones.", count: 1...200)]
}

/// Parcels under a sorter's scanner.
struct SortingsBody: Codable, Sendable, Documented {
    struct Scan: Codable, Sendable, Documented {
        var parcel: UnitID
        var bag: UnitID?
        static let fields: FieldNotes = ["bag": "The open bag it is dropped into; left out where it is only asked."]
    }

    var site: SiteID
    var scans: [Scan]
    var occurredAt: Instant?
    private enum CodingKeys: String, CodingKey { case site, scans, occurredAt = "occurred_at" }
    static let fields: FieldNotes = ["scans": FieldNote("Parcel by parcel.", count: 1...500)]
}

struct SortingsReply: Codable, Sendable {
    enum Way: String, Codable, CaseIterable, Sendable { case lane, courier, pull, desk }

    struct Sorted: Codable, Sendable, Documented {
        var parcel: UnitID
        var way: Way
        var chute: String
        var lane: LaneID?
        var destination: SiteID?
        var departsAt: Instant?
        var service: ServiceID?
        var reason: String?
        var bag: UnitID?

        private enum CodingKeys: String, CodingKey {
            case parcel, way, chute, lane, destination, departsAt = "departs_at", service, reason, bag
        }
        static let fields: FieldNotes = [
            "chute": "For the person: the ends of the lane, the service, PULL, or RETURNS.", "bag": "The bag it is in now.",
        ]
    }

    var items: [Sorted]

    init(_ sorted: [Sorting]) {
        items = sorted.map { one in
            var item = Sorted(parcel: one.parcel, way: .pull, chute: one.word, bag: one.bag)
            switch one.chute {
            case .pull(let reason): item.reason = reason
            case .desk: item.way = .desk
            case .courier(let service): (item.way, item.service) = (.courier, service)
            case .lane(let lane, let destination, let departs):
                (item.way, item.lane, item.destination, item.departsAt) = (.lane, lane, destination, departs)
            }
            return item
        }
    }
}

/// A bag to be opened.
struct BagBody: Codable, Sendable, Documented {
    var site: SiteID
    var lane: LaneID
    var kind: UnitKind?
    var destination: SiteID?
    var occurredAt: Instant?
    private enum CodingKeys: String, CodingKey { case site, lane, kind, destination, occurredAt = "occurred_at" }
    static let fields: FieldNotes = [
        "kind": "`bag`, `pallet` or `container`; a bag unless said.",
        "destination": "Where it will be opened; at the lane's end unless said.",
    ]
}

struct ClosureBody: Codable, Sendable, Documented {
    var weight: Grams
    var seal: String?
    var occurredAt: Instant?
    private enum CodingKeys: String, CodingKey { case weight = "weight_g", seal, occurredAt = "occurred_at" }
    static let fields: FieldNotes = [
        "weight_g": FieldNote("Grams.", range: 1...50_000_000, example: 12_500),
        "seal": FieldNote("The number of the seal; left out where there is none.", length: 1...40),
    ]
}

struct TripQuery: Decodable, Sendable, Documented {
    var site: SiteID?
    var state: TripState?
    static let fields: FieldNotes = ["site": "Only those that begin or end there."]
}

struct PlanBody: Codable, Sendable, Documented {
    var until: Instant
    static let fields: FieldNotes = ["until": "The last departure to plan; 60 days ahead at most."]
}

struct PlanReply: Codable, Sendable, Documented {
    var planned: Int
    static let fields: FieldNotes = ["planned": "Trips that are new."]
}

/// What was scanned at the end of a trip.
struct UnloadingBody: Codable, Sendable, Documented {
    struct Found: Codable, Sendable, Documented {
        var unit: UnitID
        var isDamaged: Bool?
        var contents: [UnitID]?
        private enum CodingKeys: String, CodingKey { case unit, isDamaged = "is_damaged", contents }
        static let fields: FieldNotes = [
            "contents": FieldNote(
                "What lay in a bag that was opened, counted one by one; left out it is taken for what the book says.",
                count: 0...2000)
        ]
    }

    var found: [Found]
    var occurredAt: Instant?
    private enum CodingKeys: String, CodingKey { case found, occurredAt = "occurred_at" }
    static let fields: FieldNotes = ["found": FieldNote("Bags, pallets and loose parcels.", count: 1...500)]
}

struct UnloadingReply: Codable, Sendable {
    struct Counted: Codable, Sendable, Documented {
        var unit: UnitID
        var result: CountResult?
        static let fields: FieldNotes = [
            "result": "`found`, `over`, or `short` in a bag that was counted; none where it stood here already."
        ]
    }

    var items: [Counted]

    init(_ counted: [BreakBulk.Counted]) { items = counted.map { Counted(unit: $0.unit, result: $0.result) } }
}

/// Another address for an order.
struct AddressBody: Codable, Sendable, Documented {
    var recipient: RecipientBody?
    var destination: DestinationBody?

    static let fields: FieldNotes = [
        "recipient": "Who gets it there; left out the name and street stay.",
        "destination": "Where it goes; left out it is taken from the recipient's address.",
    ]

    var place: DestinationBody {
        get throws {
            guard let to = destination ?? recipient.map(DestinationBody.init(of:)) else {
                throw InvalidRequest([Violation(pointer: "/destination", detail: "State a destination or a recipient.")])
            }
            return to
        }
    }
}

struct AddressReply: Codable, Sendable, Documented {
    var relabelled: [UnitID]
    var asked: [UnitID]
    static let fields: FieldNotes = [
        "relabelled": "Parcels whose labels are bought again.", "asked": "Parcels whose carrier was asked; its answer follows.",
    ]
}

struct InterceptionReply: Codable, Sendable {
    var state: InterceptionState
}
