import Kernel
import Store

/// What this module says to the log; the key is the thing's id.
package enum FacilitiesEvents {
    /// A site was created or changed. Payload: code, created (bool).
    package static let siteSaved = "site.saved"
    /// The weekly hours of a site were stated. Payload: windows (how many).
    package static let hoursSet = "site.hours_set"
    /// A site closes on days, or opens again. Payload: closed, opened (days).
    package static let closuresSet = "site.closures_set"
    /// Locations of a site were created or changed. Payload: created, changed (how many).
    package static let locationsSaved = "site.locations_saved"
    /// A carton was created, changed or counted. Payload: code, created (bool), on_hand where it was counted.
    package static let cartonSaved = "carton.saved"
    /// A carrier was created or changed. Payload: code, created (bool).
    package static let carrierSaved = "carrier.saved"
    /// A carrier's service was created or changed. Payload: carrier, code, created (bool), rates (how many).
    package static let serviceSaved = "service.saved"
    /// A lane was created or changed. Payload: service, created (bool), destination (none for the last mile),
    /// departures (how many). The site is its origin.
    package static let laneSaved = "lane.saved"

    static func siteSaved(_ saved: Saved<SiteID>, _ code: String, occurred: Instant, actor: String) -> NewEvent {
        NewEvent(
            siteSaved, key: saved.id.description, occurred: occurred, actor: actor, site: saved.id,
            payload: ["code": .string(code), "created": .bool(saved.isNew)])
    }

    static func hoursSet(_ hours: NewHours, occurred: Instant, actor: String) -> NewEvent {
        NewEvent(
            hoursSet, key: hours.site.description, occurred: occurred, actor: actor, site: hours.site,
            payload: ["windows": .int(Int64(hours.windows.count))])
    }

    static func closuresSet(
        _ site: SiteID, _ closed: [CivilDate], _ opened: [CivilDate], occurred: Instant, actor: String
    ) -> NewEvent {
        func days(_ days: [CivilDate]) -> JSON { .array(days.sorted().map { .string($0.description) }) }
        return NewEvent(
            closuresSet, key: site.description, occurred: occurred, actor: actor, site: site,
            payload: ["closed": days(closed), "opened": days(opened)])
    }

    static func locationsSaved(
        _ site: SiteID, created: Int, changed: Int, occurred: Instant, actor: String
    ) -> NewEvent {
        NewEvent(
            locationsSaved, key: site.description, occurred: occurred, actor: actor, site: site,
            payload: ["created": .int(Int64(created)), "changed": .int(Int64(changed))])
    }

    static func cartonSaved(_ saved: Saved<CartonID>, _ new: NewCarton, occurred: Instant, actor: String) -> NewEvent {
        var payload: [String: JSON] = ["code": .string(new.code), "created": .bool(saved.isNew)]
        if let count = new.onHand { payload["on_hand"] = .int(count) }
        return NewEvent(
            cartonSaved, key: saved.id.description, occurred: occurred, actor: actor, site: new.site,
            payload: .object(payload))
    }

    static func carrierSaved(_ saved: Saved<CarrierID>, _ code: String, occurred: Instant, actor: String) -> NewEvent {
        NewEvent(
            carrierSaved, key: saved.id.description, occurred: occurred, actor: actor,
            payload: ["code": .string(code), "created": .bool(saved.isNew)])
    }

    static func serviceSaved(
        _ saved: Saved<ServiceID>, _ new: NewService, occurred: Instant, actor: String
    ) -> NewEvent {
        NewEvent(
            serviceSaved, key: saved.id.description, occurred: occurred, actor: actor,
            payload: [
                "carrier": .id(new.carrier), "code": .string(new.code), "created": .bool(saved.isNew),
                "rates": .int(Int64(new.rates.count)),
            ])
    }

    static func laneSaved(_ saved: Saved<LaneID>, _ new: NewLane, occurred: Instant, actor: String) -> NewEvent {
        var payload: [String: JSON] = [
            "service": .id(new.service), "created": .bool(saved.isNew), "departures": .int(Int64(new.departures.count)),
        ]
        if let destination = new.destination { payload["destination"] = .id(destination) }
        return NewEvent(
            laneSaved, key: saved.id.description, occurred: occurred, actor: actor, site: new.origin,
            payload: .object(payload))
    }
}
