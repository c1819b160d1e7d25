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

/// Says in plain words what an event means. No sentence holds anything personal: orders go by their number.
struct EventWords {
    let orderNumbers: [OrderID: String]
    let sites: [SiteID: String]

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
    }

    private func cancel(_ event: ToldEvent) -> (String, EventLine.Tone) {
        switch event.payload["answer"]?.string.flatMap(CancelAnswer.init(rawValue:)) {
        case .accepted: ("\(order(event)) cancelled", .trouble)
        case .partly: ("\(order(event)) cancelled in part: \(units(event))", .trouble)
        case .asked: ("\(order(event)): who has it is asked to stop", .trouble)
        case .refused, nil: ("\(order(event)): too late to cancel", .trouble)
        }
    }

    private func tracked(_ event: ToldEvent) -> (String, EventLine.Tone)? {
        let sentence: (String, EventLine.Tone)? =
            switch word(event, "code") {
            case "in_transit", "departed_hub": ("parcel on the way", .parcel)
            case "arrived_at_hub": ("parcel in the hub", .parcel)
            case "out_for_delivery": ("parcel out for delivery", .parcel)
            case "attempted": ("delivery tried in vain, the courier comes again", .trouble)
            case "available_for_pickup": ("parcel ready for pickup", .parcel)
            case "delivered": ("delivered", .door)
            case "received": ("parcel received at the other site", .door)
            case "return_to_origin": ("parcel turned back", .trouble)
            case "returned": ("parcel came back\(place(event))", .trouble)
            case "lost": ("parcel lost", .trouble)
            case "damaged": ("parcel damaged", .trouble)
            default: nil
            }
        return sentence.map { ("\(order(event)): \($0.0)", $0.1) }
    }

    private func order(_ event: ToldEvent) -> String {
        "Order \(OrderID(event.key).flatMap { orderNumbers[$0] } ?? event.payload["number"]?.string ?? event.key)"
    }

    private func units(_ event: ToldEvent) -> String { count(event, "unit") }

    private func count(_ event: ToldEvent, _ noun: String) -> String {
        let quantity = event.quantity ?? 0
        return "\(quantity) \(noun)\(quantity == 1 ? "" : "s")"
    }

    private func place(_ event: ToldEvent, _ preposition: String = " at ") -> String {
        event.site.flatMap { sites[$0] }.map { preposition + $0 } ?? ""
    }

    /// The name of a site that the payload holds.
    private func end(_ event: ToldEvent, _ member: String) -> String {
        event.payload.id(member).flatMap { sites[$0] } ?? "another site"
    }

    private func word(_ event: ToldEvent, _ member: String) -> String { event.payload[member]?.string ?? "" }

    private func phrase(_ kind: String) -> String { kind.inWords }
}

extension String {
    /// A code such as `pick.short` as words.
    package var inWords: String {
        split { $0 == "." || $0 == "_" }.joined(separator: " ")
    }
}
