import Flows
import Identity
import Kernel
import Store
import Transport
import Views

/// Trips between sites: what is on each, and what was expected against what was found.
struct TripPages {
    private static let readers = UnitPages.shared.union([.driver])
    /// Who says that a trip left or came.
    static let actors: Set<AccountRole> = [.owner, .operator, .lead, .partner]
    private static let rows = 50

    var pages: [Page] {
        [
            .get("/trips", "trips.title", for: Self.readers, at: Place(.work, 44, "trip")) { try await Self.list($0) },
            .get("/trips/{trip}", "trips.one", for: Self.readers) { visit in
                let id = try visit.id("trip", TripID.self), scope = visit.scope
                let story = try await visit.read { try TripStory.read(id, scope, in: $0) }
                return TripPage(story, visit).answer
            },
            .post("/trips/{trip}/departure", for: Self.actors) { visit in
                let id = try visit.id("trip", TripID.self)
                return try await Self.act(DepartTrip(id, occurred: visit.format.now, actor: visit.actor), id, .origin, "departed", visit)
            },
            .post("/trips/{trip}/cancellation", for: Self.actors) { visit in
                let id = try visit.id("trip", TripID.self)
                return try await Self.act(CancelTrip(id, occurred: visit.format.now, actor: visit.actor), id, .origin, "cancelled", visit)
            },
            .post("/trips/{trip}/arrival", for: Self.actors) { visit in
                let id = try visit.id("trip", TripID.self)
                let flow = ArriveTrip(id, occurred: visit.format.now, actor: visit.actor)
                return try await Self.act(flow, id, .destination, "arrived", visit)
            },
            .post("/trips/{trip}/reconciliation", for: Self.actors) { visit in
                let id = try visit.id("trip", TripID.self)
                let flow = ReconcileTrip(id, desk: visit.parts.orders, occurred: visit.format.now, actor: visit.actor)
                return try await Self.act(flow, id, .destination, "reconciled", visit)
            },
        ]
    }

    private static func act(
        _ flow: some Flow, _ trip: TripID, _ end: Ownership.TripEnd, _ state: String, _ visit: Visit
    ) async throws -> PageAnswer {
        let scope = visit.scope
        _ = try await visit.perform(flow) { try Ownership.trip(trip, end, scope, in: $0) }
        return .to("/trips/\(trip)", said: "said.trip_\(state)")
    }

    private static func list(_ visit: Visit) async throws -> PageAnswer {
        let texts = visit.texts, scope = visit.scope, after = visit.queryID("after", TripID.self)
        let filter = TripFilter(
            site: visit.queryID("site", SiteID.self), state: visit.query["state"].flatMap(TripState.init(rawValue:)))
        let (found, names) = try await visit.read { tx in
            (try TripView.latest(filter, scope, after: after, limit: rows + 1, in: tx), try Names(in: tx))
        }
        let (trips, nextKey) = found.page(rows, key: \.id)
        let table = Table(
            texts["trips.title"],
            columns: ["way", "state", "departs", "arrives", "carrier", "loaded", "short"].map {
                Table.Column(texts["trips.\($0)"], number: $0 == "loaded" || $0 == "short")
            },
            rows: trips.map { trip in
                Table.Row(
                    [
                        .text("\(names.site(trip.origin)) → \(names.site(trip.destination))"),
                        .badge(Badge(state: trip.state.rawValue, texts)), .time(trip.departedAt ?? trip.departsAt),
                        .time(trip.arrivedAt ?? trip.arrivesAt), .text(names.carrier(trip.carrier)),
                        .quantity(Int64(trip.loaded)), .quantity(Int64(trip.short)),
                    ], to: "/trips/\(trip.id)", tone: trip.short + trip.damaged > 0 ? .warn : nil)
            }, empty: .init(texts["trips.none"], texts["trips.none_hint"]), pager: Pager(visit, nextKey: nextKey))
        var fields = [UnitPages.stateChoice(TripState.allCases.map(\.rawValue), visit)]
        if scope == .network { fields.insert(UnitPages.siteChoice(names, visit), at: 0) }
        return .content("\(Filters(visit, fields).markup)<div id=\"trips\" data-live>\(table.markup(visit.format))</div>")
    }
}

/// The page of one trip.
struct TripPage {
    let story: TripStory
    let visit: Visit
    private let doors: Doors

    init(_ story: TripStory, _ visit: Visit) {
        (self.story, self.visit) = (story, visit)
        doors = Doors(visit)
    }

    private var trip: TripView { story.trip }
    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }

    var answer: PageAnswer {
        let content: Markup = """
            <div id="trip" data-live><p class="badges">\(Badge(state: trip.state.rawValue, texts).markup)</p>\(tiles)</div>
            <div class="columns"><div>\(counted)\(load)</div><div>\(facts)\(actions)</div></div>
            """
        return .content(
            content, title: "\(story.names.site(trip.origin)) → \(story.names.site(trip.destination))",
            crumbs: [Crumb(texts["trips.title"], "/trips")])
    }

    private var tiles: Markup {
        let isHere = trip.state == .arrived || trip.state == .reconciled
        let onBoard = Tile(
            texts["trips.loaded"], format.count(trip.loaded), note: story.parcels.map { texts.count("trips.parcels", Int64($0)) } ?? "")
        guard isHere else { return Tile.row([onBoard]) }
        return Tile.row([
            onBoard, Tile(texts["trips.found"], format.count(trip.found), tone: .good),
            Tile(texts["trips.short"], format.count(trip.short), note: texts["trips.short_note"], tone: trip.short > 0 ? .bad : .good),
            Tile(texts["trips.over"], format.count(trip.over), note: texts["trips.over_note"], tone: trip.over > 0 ? .warn : .good),
            Tile(texts["trips.damaged"], format.count(trip.damaged), tone: trip.damaged > 0 ? .bad : .good),
        ])
    }

    private var facts: Markup {
        let items: [(String, Cell)] = [
            (texts["trips.carrier"], .markup(doors.link(story.names.carrier(trip.carrier), to: trip.carrier))),
            (texts["parcels.service"], .text(story.names.services[trip.service]?.name ?? "")),
            (texts["trips.cut_off"], .time(trip.cutOffAt)),
            (texts["trips.planned_departure"], .time(trip.departsAt)), (texts["trips.departed"], .optional(trip.departedAt, Cell.time)),
            (texts["trips.planned_arrival"], .time(trip.arrivesAt)), (texts["trips.arrived"], .optional(trip.arrivedAt, Cell.time)),
            (texts["trips.trailer"], .markup(trip.trailer.map { doors.link(story.trailer ?? $0.description, to: $0) } ?? "–")),
            (texts["orders.id"], .code(trip.id.description)),
        ]
        return Card(texts["orders.facts"], Definitions(items).markup(format)).markup
    }

    private var load: Markup {
        Card(texts["trips.on_it"], live: "load", UnitPartList(story.load, doors, texts).markup(format)).markup
    }

    private var counted: Markup {
        if story.counted.isEmpty { return .blank }
        let tones: [CountResult: Tone] = [.found: .good, .short: .bad, .over: .warn, .damaged: .bad]
        let rows = story.counted.map { one in
            Table.Row(
                [
                    .code(one.code), .text(texts.code("unit_kind", one.kind.rawValue)),
                    .badge(Badge(texts["trips.\(one.result.rawValue)"], tones[one.result] ?? .plain)), .time(one.at),
                ], to: doors.path(to: one.unit), tone: one.result == .found ? nil : tones[one.result])
        }
        let table = Table(
            texts["trips.count"], columns: ["code", "kind", "result", "at"].map { Table.Column(texts["trips.counted_\($0)"]) }, rows: rows,
            empty: .init(texts["units.empty"], ""))
        return Card(texts["trips.count"], live: "count", table.markup(format)).markup
    }

    private var actions: Markup {
        guard TripPages.actors.contains(visit.role) else { return .blank }
        let all: [(TripState, String)] = [
            (.departed, "departure"), (.arrived, "arrival"), (.reconciled, "reconciliation"), (.cancelled, "cancellation"),
        ]
        let forms = all.filter { TripState.transitions[trip.state]?.contains($0.0) ?? false }.map { state, path in
            Form(
                visit, to: "/trips/\(trip.id)/\(path)", [], submit: texts["trips.say_\(state.rawValue)"],
                tone: state == .cancelled ? .bad : .info
            ).markup
        }
        return forms.isEmpty ? .blank : Card(texts["orders.actions"], "<div class=\"acts\">\(forms)</div>").markup
    }
}
