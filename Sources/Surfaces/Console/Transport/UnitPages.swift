import Edges
import Flows
import HTTPAPI
import Identity
import Kernel
import Transport
import Views

/// Parcels, bags and what else moves: where each is, who had it, what is in it and what comes next.
struct UnitPages {
    private static let readers = shared.union([.merchant])
    /// Who sees what moves between sites.
    static let shared = Set<AccountRole>.network.union(Set<AccountRole>.site)
    /// Who prints labels, which name their shopper.
    private static let printers: Set<AccountRole> = OrdersPages.actors.union(Set<AccountRole>.site)
    private static let rows = 50

    var pages: [Page] {
        [
            .get("/parcels", "parcels.title", for: .network, at: Place(.work, 40, "parcel")) { try await Self.parcels($0) },
            .get("/bags", "bags.title", for: Self.shared, at: Place(.work, 42, "release")) { try await Self.bags($0) },
            .get("/units/{unit}", "units.one", for: Self.readers) { visit in
                let id = try visit.id("unit", UnitID.self), scope = visit.scope
                let story = try await visit.read { try UnitStory.read(id, scope, in: $0) }
                return UnitPage(id, story, visit, canPrint: Self.printers.contains(visit.role)).answer
            },
            .get("/units/{unit}/label", "units.label", for: Self.printers) { visit in
                let bytes = try await Self.papers(visit, vault: visit.parts.vault).labelPDF()
                return .file(bytes, mediaType: "application/pdf", name: "\(visit.path["unit"] ?? "")-label.pdf")
            },
            .get("/units/{unit}/packing-slip", "units.slip", for: Self.printers) { visit in
                let bytes = try await Self.papers(visit, vault: nil).slip.pdf()
                return .file(bytes, mediaType: "application/pdf", name: "\(visit.path["unit"] ?? "")-slip.pdf")
            },
            .post("/units/{unit}/label-reissues", for: Self.printers) { visit in
                let id = try visit.id("unit", UnitID.self), scope = visit.scope, reason = try visit.form.text("reason", 1...200)
                try await visit.perform(ReissueLabel(id, reason: reason, actor: visit.actor)) {
                    try Ownership.parcels([id], scope, in: $0)
                }
                return .to("/units/\(id)", said: "said.label_asked")
            },
            .post("/units/{unit}/interceptions", for: OrdersPages.actors) { visit in
                let id = try visit.id("unit", UnitID.self), scope = visit.scope
                _ = try await visit.perform(InterceptParcel(id, actor: visit.actor)) { try Ownership.parcels([id], scope, in: $0) }
                return .to("/units/\(id)", said: "said.intercepted")
            },
        ]
    }

    private static func papers(_ visit: Visit, vault: Vault?) async throws -> ParcelPapers {
        let id = try visit.id("unit", UnitID.self), scope = visit.scope
        return try await visit.read { try ParcelPapers.find(id, scope, vault: vault, in: $0) }
    }

    private static func parcels(_ visit: Visit) async throws -> PageAnswer {
        let texts = visit.texts, after = visit.queryID("after", UnitID.self)
        let filter = ParcelFilter(
            site: visit.queryID("site", SiteID.self), state: visit.query["state"].flatMap(ParcelState.init(rawValue:)))
        let (window, names) = try await visit.read { tx in
            (try ParcelSummary.window(filter, after: after, limit: rows, in: tx), try Names(in: tx))
        }
        let table = Table(
            texts["parcels.title"],
            columns: ["code", "state", "service", "tracking", "site", "weight", "deliver_by"].map {
                Table.Column(texts["parcels.\($0)"], number: $0 == "weight")
            },
            rows: window.rows.map { one in
                let number = one.labels.last { $0.state == .current }?.number
                return Table.Row(
                    [
                        .code(one.code), .badge(Badge(state: one.state.rawValue, texts)), .text(names.service(one.service)),
                        .optional(number, Cell.code), .text(names.site(one.site)), .weight(one.weighedGrams ?? one.expectedGrams),
                        .time(one.deliverBy),
                    ], to: "/units/\(one.id)", tone: one.pull ? .bad : nil)
            },
            empty: window.next == nil
                ? .init(texts["parcels.none"], texts["parcels.none_hint"]) : .init(texts["orders.further"], texts["parcels.further_hint"]),
            pager: Pager(visit, nextKey: window.next?.description))
        let filters = Filters(visit, [siteChoice(names, visit), stateChoice(ParcelState.allCases.map(\.rawValue), visit)])
        return .content("\(filters.markup)<div id=\"parcels\" data-live>\(table.markup(visit.format))</div>")
    }

    static func siteChoice(_ names: Names, _ visit: Visit) -> Form.Field {
        let sites = names.sites.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        let all = [Form.Option("", visit.texts["orders.any"])] + sites.map { Form.Option($0.key.description, $0.value) }
        return .choice("site", visit.texts["parcels.site"], all)
    }

    static func stateChoice(_ states: [String], _ visit: Visit) -> Form.Field {
        let all = [Form.Option("", visit.texts["orders.any"])] + states.map { Form.Option($0, visit.texts.code("state", $0)) }
        return .choice("state", visit.texts["orders.state"], all)
    }

    private static func bags(_ visit: Visit) async throws -> PageAnswer {
        let texts = visit.texts, scope = visit.scope, after = visit.queryID("after", UnitID.self)
        let site = visit.queryID("site", SiteID.self), state = visit.query["state"].flatMap(BagState.init(rawValue:))
        let (found, names) = try await visit.read { tx in
            (try BagSummary.page(at: site, state: state, scope, after: after, limit: rows + 1, in: tx), try Names(in: tx))
        }
        let (bags, nextKey) = found.page(rows, key: \.unit)
        let table = Table(
            texts["bags.title"],
            columns: ["code", "state", "from", "to", "contents", "weight", "seal", "opened"].map {
                Table.Column(texts["bags.\($0)"], number: $0 == "contents" || $0 == "weight")
            },
            rows: bags.map { bag in
                Table.Row(
                    [
                        .code(bag.code), .badge(Badge(state: bag.state.rawValue, texts)), .text(names.site(bag.site)),
                        .text(names.site(bag.destination)), .quantity(Int64(bag.contents)), .optional(bag.weighedGrams, Cell.weight),
                        .optional(bag.seal, Cell.code), .time(bag.openedAt),
                    ], to: "/units/\(bag.unit)")
            }, empty: .init(texts["bags.none"], texts["bags.none_hint"]), pager: Pager(visit, nextKey: nextKey))
        var fields = [stateChoice(BagState.allCases.map(\.rawValue), visit)]
        if scope == .network { fields.insert(siteChoice(names, visit), at: 0) }
        return .content("\(Filters(visit, fields).markup)<div id=\"bags\" data-live>\(table.markup(visit.format))</div>")
    }
}
