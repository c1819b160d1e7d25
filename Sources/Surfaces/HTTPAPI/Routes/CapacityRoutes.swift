import Facilities
import Flows
import Kernel
import Views

/// How much sites do and send.
struct CapacityRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] {
        [
            Endpoint.put("/v1/sites/{site}/capacities", "State how much a site does and sends", for: [.operator])
                .named("setCapacities")
                .describing(
                    """
                    Replaces what was stated. Promises go where there is room; nothing stated is no limit. Accepted at any \
                    time: shifts of which more is booked than they now do are answered, with the next that has room.
                    """)
                .path(SiteID.self).body(CapacitiesBody.self).missing("site")
                .refusing([
                    SetCapacities.Refused.shiftInvalid(field: "", rule: ""), .serviceUnknown(field: "", service: ServiceID(0)),
                ])
                .handle { [desk] call, body in
                    let flow = StateCapacities(body.capacities.map(\.capacity), at: call.path, actor: try call.caller.actor)
                    return OverbookedReply(over: try await desk.perform(flow).map(OverbookedReply.Slot.init))
                },
            Endpoint.get("/v1/sites/{site}/capacities", "Read how full a site's shifts and departures are", for: [.operator, .site])
                .named("readCapacities").path(SiteID.self).missing("site")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { tx in
                        try Ownership.sites([call.path], scope, in: tx)
                        return CapacitiesReply(
                            capacities: try SiteCapacity.all(in: tx)[call.path, default: []].map(CapacityBody.init),
                            booked: try CapacityBook.load([call.path], locked: false, in: tx).map(CapacitiesReply.Slot.init))
                    }
                },
        ].tagged("Sites")
    }
}

/// All that is limited at a site.
struct CapacitiesBody: Codable, Sendable, Documented {
    var capacities: [CapacityBody]
    static let fields: FieldNotes = ["capacities": FieldNote("None: nothing is limited.", count: 0...2000)]
}

/// How much a site does in a weekly shift, or sends with a weekly departure.
struct CapacityBody: Codable, Sendable, Documented {
    var process: WorkProcess
    var service: ServiceID?
    var weekday: Int
    var opens: LocalTime
    var closes: LocalTime?
    var units: Int64
    var from: CivilDate?
    var until: CivilDate?

    static let fields: FieldNotes = [
        "process": "Units are picked and packed; pieces are sorted and sent.",
        "service": "Whose departure; for departures only.",
        "weekday": FieldNote("1 is Monday, 7 Sunday.", range: 1...7, example: 1),
        "opens": "When the shift begins, or the departure leaves.", "closes": "When the shift ends; none for a departure.",
        "units": FieldNote("How much it does, evenly over its time.", range: 0...1_000_000_000, example: 1000),
        "from": "The first day; always unless said.", "until": "The day after the last; without end unless said.",
    ]

    init(_ one: SiteCapacity) {
        (process, service, weekday, opens, units) = (one.process, one.service, one.weekday, one.opens, one.units)
        closes = one.process == .departure ? nil : one.closes
        (from, until) = (one.validity.from, one.validity.until)
    }

    var capacity: SiteCapacity {
        SiteCapacity(
            process: process, service: service, weekday: weekday, opens: opens, closes: closes, units: units,
            validity: Validity(from: from, until: until))
    }
}

/// Shifts and departures of which more is booked than they do.
struct OverbookedReply: Codable, Sendable {
    struct Slot: Codable, Sendable, Documented {
        var process: WorkProcess
        var service: ServiceID?
        var starts: Instant
        var capacity: Int64
        var booked: Int64
        var over: Int64
        var roomFrom: Instant?

        private enum CodingKeys: String, CodingKey {
            case process, service, starts, capacity, booked, over, roomFrom = "room_from"
        }

        static let fields: FieldNotes = [
            "over": "How much of what is booked is too much.",
            "room_from": "When the next begins that has room for it; none where none has.",
        ]

        init(_ one: OverbookedSlot) {
            let (key, slot) = (one.booked.key, one.booked.slot)
            process = key.process
            service = key.process == .departure ? key.service : nil
            (starts, capacity, booked, over) = (slot.starts, slot.capacity ?? 0, slot.booked, one.booked.over)
            roomFrom = one.roomFrom
        }
    }

    var over: [Slot]
}

/// What is stated of a site, and how much of what is to come is booked.
struct CapacitiesReply: Codable, Sendable {
    struct Slot: Codable, Sendable, Documented {
        var process: WorkProcess
        var service: ServiceID?
        var starts: Instant
        var ends: Instant
        var capacity: Int64
        var booked: Int64
        var lost: Int64
        var over: Int64

        static let fields: FieldNotes = [
            "lost": "What it could have done in time that passed without work.", "over": "How much of what is booked is too much.",
        ]

        init(_ one: BookedSlot) {
            process = one.key.process
            service = one.key.process == .departure ? one.key.service : nil
            (starts, ends, capacity) = (one.slot.starts, one.slot.ends, one.slot.capacity ?? 0)
            (booked, lost, over) = (one.slot.booked, one.slot.lost, one.over)
        }
    }

    var capacities: [CapacityBody]
    var booked: [Slot]
}
