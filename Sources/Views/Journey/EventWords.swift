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
        let turning = ["asked", "accepted", "refused"].map { "turning_back_" + $0 }
        return Set(sentences.values.map(\.says) + tracked.values.map(\.says) + answers + turning + ["lost", "damaged"])
    }

    /// Nil for what is bookkeeping between two sentences.
    func tell(_ event: ToldEvent) -> (text: String, tone: EventLine.Tone)? {
        switch event.type {
        case NewEvent.orderPlacedType: ("\(order(event)) placed on \(word(event, "channel")): \(units(event))", .order)
        case NewEvent.orderReservedType: ("\(order(event)): \(units(event)) found\(place(event))", .order)
        case NewEvent.fulfillmentType: ("\(order(event)): \(units(event)) reserved\(place(event))", .order)
        case NewEvent.orderCancelType: cancel(event)
        case NewEvent.waveReleasedType: ("\(count(event, "order")) released to the floor\(place(event))", .work)
        case NewEvent.pickedType: ("\(order(event)): \(units(event)) picked\(place(event))", .work)
        case NewEvent.parcelPackedType: ("\(order(event)): parcel of \(units(event)) packed\(place(event))", .work)
        case NewEvent.parcelLabelledType: ("\(order(event)): parcel labelled\(place(event))", .parcel)
        case NewEvent.parcelHandedOverType: ("\(order(event)): parcel handed to the carrier\(place(event))", .parcel)
        case NewEvent.parcelPulledType: ("\(order(event)): parcel to be pulled\(place(event))", .trouble)
        case NewEvent.parcelVoidedType: ("\(order(event)): parcel taken apart\(place(event))", .trouble)
        case NewEvent.parcelTrackedType: tracked(event)
        case NewEvent.parcelDepartedType: ("\(order(event)): parcel on its way to \(end(event, "destination"))", .parcel)
        case NewEvent.parcelArrivedType: ("\(order(event)): parcel arrived at \(end(event, "at_site"))", .parcel)
        case NewEvent.parcelStoppedType: ("\(order(event)): parcel taken out at \(end(event, "at_site"))", .trouble)
        case NewEvent.parcelMissingType: ("\(order(event)): parcel \(word(event, "to"))", .trouble)
        case NewEvent.parcelReroutedType: ("\(order(event)): parcel goes another way", .parcel)
        case NewEvent.parcelInterceptionType: ("\(order(event)): turning back \(word(event, "state"))", .trouble)
        case NewEvent.parcelRedirectionType: ("\(order(event)): another address \(word(event, "state"))", .trouble)
        case "trip.departed": ("Trip to \(end(event, "destination")) left\(place(event))", .work)
        case "trip.arrived": ("Trip from \(end(event, "origin")) arrived\(place(event))", .work)
        case "handoff.sent": ("\(order(event)): \(units(event)) asked of a partner\(place(event))", .work)
        case "handoff.rejected": ("\(order(event)): \(units(event)) rejected\(place(event))", .trouble)
        case "handoff.short": ("\(order(event)): \(units(event)) not found\(place(event))", .trouble)
        case NewEvent.stockReportType: ("Stock reported\(place(event, " by "))", .work)
        case NewEvent.penaltyType: ("A partner pays for \(phrase(word(event, "kind")))\(place(event))", .trouble)
        case "asn.announced": ("\(units(event)) announced\(place(event, " for "))", .work)
        case "asn.received": ("\(units(event)) received\(place(event))", .work)
        case "asn.closed": ("Delivery of goods closed\(place(event))", .work)
        case "inventory.claims_broken": ("\(units(event)) short\(place(event)): their orders look elsewhere", .trouble)
        case "exception.opened": ("Needs a person\(place(event)): \(phrase(word(event, "kind")))", .trouble)
        case "exception.closed": ("Dealt with\(place(event)): \(phrase(word(event, "kind")))", .work)
        default: nil
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
        case NewEvent.orderCancelType:
            ("cancel_" + (event.payload["answer"]?.string ?? CancelAnswer.refused.rawValue), .trouble)
        default: sentences[event.type]
        }
    }

    private static let sentences: [String: Told] = [
        NewEvent.orderPlacedType: ("placed", .order), NewEvent.orderReservedType: ("found", .order),
        NewEvent.fulfillmentType: ("reserved", .order), NewEvent.waveReleasedType: ("released", .work),
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
