import Kernel
import Orders
import Partners
import Store
import Transport
import Warehouse

/// What of an event goes into its sentence.
struct ToldEvent {
    var type: String
    var key: String
    var occurred: Instant
    var site: SiteID?
    var quantity: Int64?
    var payload: JSON
}

/// Says what an event means: which sentence tells it, and the names in it. Nothing in it is personal: orders go by their number.
struct EventWords {
    let orderNumbers: [OrderID: String]
    let sites: [SiteID: String]

    typealias Told = (says: String, tone: EventLine.Tone)

    /// All sentences there are.
    static var all: Set<String> {
        let answers = CancelAnswer.allCases.map { "cancel_" + $0.rawValue }
        let turning = ["turning_back_", "elsewhere_"].flatMap { way in ["asked", "accepted", "refused"].map { way + $0 } }
        return Set(sentences.values.map(\.says) + tracked.values.map(\.says) + answers + turning + ["lost", "damaged"])
    }

    /// Nil for what is bookkeeping between two sentences.
    func tell(_ event: ToldEvent) -> (says: String, names: [String: String], tone: EventLine.Tone)? {
        guard let told = Self.sentence(event) else { return nil }
        var names = [
            "order": OrderID(event.key).flatMap { orderNumbers[$0] } ?? event.payload["number"]?.string ?? event.key,
            "channel": word(event, "channel"), "kind": word(event, "kind"),
        ]
        for end in ["origin", "destination", "at_site"] {
            if let site = event.payload.id(end).flatMap({ sites[$0] }) { names[end] = site }
        }
        names["site"] = event.site.flatMap { sites[$0] }
        return (told.says, names, told.tone)
    }

    private func word(_ event: ToldEvent, _ member: String) -> String { event.payload[member]?.string ?? "" }

    private static func sentence(_ event: ToldEvent) -> Told? {
        switch event.type {
        case NewEvent.parcelTrackedType: tracked[event.payload["code"]?.string ?? ""]
        case NewEvent.parcelMissingType: event.payload["to"]?.string == "damaged" ? ("damaged", .trouble) : ("lost", .trouble)
        case NewEvent.parcelInterceptionType: ("turning_back_" + (event.payload["state"]?.string ?? "asked"), .trouble)
        case NewEvent.parcelRedirectionType: ("elsewhere_" + (event.payload["state"]?.string ?? "asked"), .trouble)
        case NewEvent.orderCancelType:
            ("cancel_" + (event.payload["answer"]?.string ?? CancelAnswer.refused.rawValue), .trouble)
        default: sentences[event.type]
        }
    }

    private static let sentences: [String: Told] = [
        NewEvent.orderPlacedType: ("placed", .order), NewEvent.orderEditedType: ("edited", .order),
        NewEvent.orderSplitType: ("split", .order), NewEvent.orderMergedType: ("merged", .order),
        NewEvent.orderReservedType: ("found", .order),
        NewEvent.fulfillmentType: ("reserved", .order), NewEvent.waveReleasedType: ("released", .work),
        NewEvent.waveUndoneType: ("taken_back", .trouble), "release.paused": ("release_paused", .trouble),
        "release.resumed": ("release_goes_on", .work), "work.put_first": ("put_first", .work), "work.put_back": ("put_back", .work),
        NewEvent.pickedType: ("picked", .work), NewEvent.parcelPackedType: ("packed", .work),
        NewEvent.parcelLabelledType: ("labelled", .parcel), NewEvent.parcelHandedOverType: ("handed_over", .parcel),
        NewEvent.parcelPulledType: ("pulled", .trouble), NewEvent.parcelVoidedType: ("taken_apart", .trouble),
        NewEvent.parcelDepartedType: ("departed", .parcel), NewEvent.parcelArrivedType: ("arrived", .parcel),
        NewEvent.parcelStoppedType: ("stopped", .trouble), NewEvent.parcelReroutedType: ("rerouted", .parcel),
        "trip.departed": ("trip_left", .work), "trip.arrived": ("trip_arrived", .work),
        "handoff.sent": ("asked_of_partner", .work), "handoff.rejected": ("rejected", .trouble),
        "handoff.short": ("not_found", .trouble), NewEvent.stockReportType: ("stock_reported", .work),
        NewEvent.penaltyType: ("penalty", .trouble), "asn.announced": ("announced", .work), "asn.received": ("received", .work),
        "asn.closed": ("inbound_closed", .work), "inventory.claims_broken": ("short", .trouble),
        "exception.opened": ("needs_person", .trouble), "exception.closed": ("dealt_with", .work),
    ]

    private static let tracked: [String: Told] = [
        "in_transit": ("on_the_way", .parcel), "departed_hub": ("on_the_way", .parcel), "arrived_at_hub": ("in_hub", .parcel),
        "out_for_delivery": ("last_leg", .parcel), "attempted": ("tried", .trouble), "available_for_pickup": ("pickup", .parcel),
        "delivered": ("delivered", .door), "received": ("received_there", .door), "return_to_origin": ("turned_back", .trouble),
        "returned": ("came_back", .trouble), "lost": ("lost", .trouble), "damaged": ("damaged", .trouble),
    ]
}

extension String {
    /// A code such as `pick.short` as words.
    package var inWords: String {
        split { $0 == "." || $0 == "_" }.joined(separator: " ")
    }
}
