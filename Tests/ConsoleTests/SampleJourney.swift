import Facilities
import Kernel
import Store
import Views

extension Journey {
    /// A network in the middle of its day, at 2026-11-21T13:20:30Z.
    static let sample: Journey = {
        let now = Instant(micros: 1_795_267_230_000_000)
        return Journey(
            now: now, hasOrders: true, stages: .sample, flows: .sample(now), sites: SiteCard.samples(now),
            events: EventLine.samples(now), openExceptions: 4,
            exceptions: [
                ExceptionLine(kind: "pick.short", site: "Berlin Ost", count: 1, due: now - .minutes(35)),
                ExceptionLine(kind: "parcel.return_to_origin", site: "Lyon Sud", count: 3, due: now + .hours(26)),
            ])
    }()

    /// A network on its first morning.
    static let empty = Journey(
        now: Instant(micros: 1_795_267_230_000_000), hasOrders: false, stages: StageTally(), flows: FlowCounts(), sites: [],
        events: [], openExceptions: 0, exceptions: [])
}

extension StageTally {
    static let sample: StageTally = {
        var tally = StageTally()
        let (berlin, lyon, porto) = (SiteID(101), SiteID(102), SiteID(103))
        tally.add(.waiting, site: nil, units: 17, parcels: 0)
        tally.add(.cancelled, site: nil, units: 42, parcels: 0)
        for (site, scale) in [(berlin, 4 as Int64), (lyon, 2), (porto, 1)] {
            tally.add(.reserved, site: site, units: 53 * scale, parcels: 0)
            tally.add(.picked, site: site, units: 9 * scale, parcels: 0)
            tally.add(.packed, site: site, units: 14 * scale, parcels: 11 * scale)
            tally.add(.handedOver, site: site, units: 161 * scale, parcels: 132 * scale)
            tally.add(.outForDelivery, site: site, units: 45 * scale, parcels: 38 * scale)
            tally.add(.delivered, site: site, units: 2381 * scale, parcels: 2102 * scale)
            tally.add(.returning, site: site, units: 2 * scale, parcels: 1 * scale)
            tally.add(.returned, site: site, units: 11 * scale, parcels: 9 * scale)
        }
        tally.add(.lost, site: lyon, units: 2, parcels: 1)
        return tally
    }()
}

extension FlowCounts {
    static func sample(_ now: Instant) -> FlowCounts {
        var flows = FlowCounts(), random = SeededRandom(seed: 7)
        for minute in 0..<(24 * 60) {
            let at = now - .minutes(minute)
            flows.add(.ordersPlaced, at: at, Int64(random.below(minute < 60 ? 9 : 3)))
            flows.add(.parcelsHandedOver, at: at, minute % 240 < 3 ? 60 : 0)
            flows.add(.parcelsDelivered, at: at, minute < 600 ? Int64(random.below(3)) : 0)
        }
        return flows
    }
}

extension SiteCard {
    static func samples(_ now: Instant) -> [SiteCard] {
        func work(_ scale: Int64, late: Int64) -> SiteWork {
            var work = SiteWork()
            work.openOrders = 37 * scale
            work.lateOrders = late
            work.reservedUnits = 53 * scale
            work.unitsOnPickLists = 21 * scale
            work.unitsInTotes = 9 * scale
            work.unitsPacked = 14 * scale
            work.parcelsWithoutLabel = 3 * scale
            work.parcelsReady = 8 * scale
            return work
        }
        func next(_ minutes: Int, _ zone: String) -> NextCollection? {
            TimeZoneRule.named(zone).map {
                NextCollection(cutOff: now + .minutes(minutes), departs: now + .minutes(minutes + 30), zone: $0)
            }
        }
        return [
            SiteCard(
                id: SiteID(101), code: "BER", name: "Berlin Ost", city: "Berlin", kind: .fulfillmentCenter, mode: .own,
                work: work(4, late: 3), collection: next(42, "Europe/Berlin")),
            SiteCard(
                id: SiteID(102), code: "LYS", name: "Lyon Sud", city: "Lyon", kind: .fulfillmentCenter, mode: .own,
                work: work(2, late: 0), collection: next(130, "Europe/Paris")),
            SiteCard(
                id: SiteID(103), code: "OPO", name: "Porto", city: "Porto", kind: .fulfillmentCenter, mode: .partner,
                work: work(1, late: 0), collection: next(190, "Europe/Lisbon")),
            SiteCard(id: SiteID(104), code: "FRA", name: "Hub Frankfurt", city: "Frankfurt", kind: .hub, mode: .own),
            SiteCard(id: SiteID(105), code: "MAD", name: "Hub <Madrid>", city: "Madrid", kind: .hub, mode: .own),
        ]
    }
}

extension EventLine {
    static func samples(_ now: Instant) -> [EventLine] {
        let lines: [(String, [String: String], Int64, Tone)] = [
            ("placed", ["order": "10482", "channel": "shop"], 3, .order),
            ("reserved", ["order": "10482", "site": "Berlin Ost"], 3, .order), ("delivered", ["order": "10391"], 0, .door),
            ("handed_over", ["order": "10455", "site": "Lyon Sud"], 0, .parcel), ("released", ["site": "Berlin Ost"], 24, .work),
            ("picked", ["order": "10460", "site": "Porto"], 2, .work),
            ("needs_person", ["kind": "pick.short", "site": "Berlin Ost"], 0, .trouble),
            ("packed", ["order": "10458", "site": "Berlin Ost"], 1, .work), ("last_leg", ["order": "10377"], 0, .parcel),
            ("cancel_accepted", ["order": "10399"], 0, .trouble), ("placed", ["order": "10481", "channel": "<market>"], 1, .order),
            ("trip_left", ["destination": "Lyon Sud"], 0, .work),
        ]
        return lines.enumerated().map { index, line in
            EventLine(
                position: LogPosition(tx: 900, seq: Int64(500 - index)), occurred: now - .seconds(7 * Int64(index)),
                says: line.0, names: line.1, quantity: line.2, tone: line.3)
        }
    }
}
