import Facilities
import Flows
import Identity
import Kernel
import Views

/// Bins and what lies in them; a count sets the book right.
struct BinsPages {
    /// Who says what was counted.
    static let counters: Set<AccountRole> = [.owner, .operator, .lead]
    /// Why a bin is counted outside the round.
    private static let reasons = ["recount", "damaged", "missing", "found", "misplaced"]

    var pages: [Page] {
        [
            .get("/bins", "bins.title", for: StockPages.readers, at: Place(.goods, 12, "map")) { try await Self.list($0) },
            .get("/bins/{bin}", "bins.one", for: StockPages.readers) { try await Self.show($0) },
            .post("/bins/{bin}/counts", for: Self.counters) { visit in
                let id = try visit.id("bin", LocationID.self), sku = try visit.form.id("sku", SKUID.self), scope = visit.scope
                let why = visit.form["why"]
                guard Self.reasons.contains(why) else { throw InvalidInput(field: "/why", "'\(why)' is not one of the choices.") }
                let counted = try visit.form.number("counted")
                guard (0...100_000_000).contains(counted) else {
                    throw InvalidInput(field: "/counted", "\(counted) is not between 0 and 100,000,000.")
                }
                _ = try await visit.perform(
                    CountSKU(
                        location: id, sku: sku, counted: Quantity(counted), occurred: visit.format.now, actor: visit.actor, why: why)
                ) { tx in
                    try Ownership.locations([id], scope, in: tx)
                    try Ownership.skus([sku], scope, in: tx)
                }
                return .to("/bins/\(id)", said: "said.counted")
            },
        ]
    }

    private static func list(_ visit: Visit) async throws -> PageAnswer {
        let texts = visit.texts, scope = visit.scope, prefix = (visit.query["q"] ?? "").trimmed.uppercased()
        let kind = visit.query["kind"].flatMap(Location.Kind.init(rawValue:)), after = visit.query["after"]
        let asked = scope.site ?? visit.queryID("site", SiteID.self)
        let (site, found, names) = try await visit.read { tx in
            let names = try Names(in: tx)
            let site = try asked ?? SiteView.page(scope, after: nil, limit: 1, in: tx).first?.id
            let bins = try site.map {
                try BinLine.page(at: $0, prefix: prefix, kind: kind, scope, after: after, limit: StockPages.rows + 1, in: tx)
            }
            return (site, bins ?? [], names)
        }
        let (bins, nextKey) = found.page(StockPages.rows, key: \.code)
        let table = Table(
            texts["bins.title"],
            columns: ["code", "kind", "use", "skus", "on_hand", "allocated"].map {
                Table.Column(texts["bins.\($0)"], number: ["skus", "on_hand", "allocated"].contains($0))
            },
            rows: bins.map { bin in
                Table.Row(
                    [
                        .code(bin.code), .text(texts["location_kind.\(bin.kind.rawValue)"]), .badge(use(bin, texts)),
                        bin.skus == 0 ? .empty : .quantity(bin.skus), bin.onHand == 0 ? .empty : .quantity(bin.onHand.rawValue),
                        bin.allocated == 0 ? .empty : .quantity(bin.allocated.rawValue),
                    ], to: "/bins/\(bin.id)")
            }, empty: .init(texts["bins.none"], texts["bins.none_hint"]), pager: Pager(visit, nextKey: nextKey))
        var fields: [Form.Field] = [
            .input("q", texts["bins.q"], type: "search", placeholder: texts["bins.q_hint"]),
            .choice(
                "kind", texts["bins.kind"],
                [Form.Option("", texts["orders.any"])]
                    + Location.Kind.allCases.map { Form.Option($0.rawValue, texts["location_kind.\($0.rawValue)"]) }),
        ]
        if scope == .network {
            let sites = names.sites.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { Form.Option($0.key.description, $0.value) }
            fields.insert(.choice("site", texts["stock.site"], sites, value: site?.description ?? ""), at: 0)
        }
        return .content("\(Filters(visit, fields).markup)<div id=\"bins\" data-live>\(table.markup(visit.format))</div>")
    }

    private static func use(_ bin: BinLine, _ texts: Texts) -> Badge {
        if bin.isPickable { return Badge(texts["bins.pick"], .good) }
        return bin.isSellable ? Badge(texts["bins.reserve"], .info) : Badge(texts["bins.aside"], .plain)
    }

    private static func show(_ visit: Visit) async throws -> PageAnswer {
        let id = try visit.id("bin", LocationID.self), texts = visit.texts, scope = visit.scope, doors = Doors(visit)
        let (bin, cells, names) = try await visit.read { tx in
            let found = try BinLine.find(id, scope, in: tx)
            return (found.bin, found.cells, try Names(merchants: found.cells.map(\.merchant), in: tx))
        }
        let table = Table(
            texts["bins.contents"],
            columns: ["sku", "name", "merchant", "lot", "condition", "on_hand", "allocated", "ledger"].map {
                Table.Column(texts["bins.\($0)"], number: $0 == "on_hand" || $0 == "allocated")
            },
            rows: cells.map { cell in
                Table.Row([
                    .markup("<code>\(doors.link(cell.skuCode, to: cell.sku))</code>"), .text(cell.name),
                    .text(names.merchant(cell.merchant)), .optional(cell.lot, Cell.code), .badge(ConditionWords.badge(cell, texts)),
                    .quantity(cell.onHand.rawValue), .quantity(cell.allocated.rawValue),
                    .link(texts["ledger.title"], to: "/skus/\(cell.sku)/movements?bin=\(id)"),
                ])
            }, empty: .init(texts["bins.empty"], texts["bins.empty_hint"]))
        let facts = Definitions([
            (texts["stock.site"], .markup(doors.link(names.site(bin.site), to: bin.site))),
            (texts["bins.kind"], .text(texts["location_kind.\(bin.kind.rawValue)"])), (texts["bins.use"], .badge(use(bin, texts))),
            (texts["orders.id"], .code(bin.id.description)),
        ])
        let side: Markup = "\(Card(texts["orders.facts"], facts.markup(visit.format)).markup)\(counting(bin, cells, visit))"
        return .content(
            """
            <div class="columns"><div>\(Card(texts["bins.contents"], live: "contents", table.markup(visit.format)).markup)</div>
            <div>\(side)</div></div>
            """, title: bin.code,
            crumbs: [
                Crumb(texts["stock.title"], "/stock"), Crumb(texts["bins.title"], "/bins?site=\(bin.site)"),
            ])
    }

    /// A count is of one SKU, all its lots together.
    private static func counting(_ bin: BinLine, _ cells: [StockCell], _ visit: Visit) -> Markup {
        guard counters.contains(visit.role) else { return .blank }
        let texts = visit.texts
        var seen: [SKUID: (code: String, units: Int64)] = [:]
        for cell in cells where cell.condition == .new { seen[cell.sku, default: (cell.skuCode, 0)].units += cell.onHand.rawValue }
        let options = seen.sorted { ($0.value.code, $0.key) < ($1.value.code, $1.key) }
            .map { Form.Option($0.key.description, "\($0.value.code) (\($0.value.units))") }
        guard !options.isEmpty else { return .blank }
        let form = Form(
            visit, to: "/bins/\(bin.id)/counts", [
                .choice("sku", texts["bins.sku"], options),
                .input("counted", texts["bins.counted"], type: "number", hint: texts["bins.counted_hint"], required: true),
                .choice("why", texts["ledger.why"], reasons.map { Form.Option($0, texts["count_why.\($0)"]) }),
            ], submit: texts["bins.count"])
        return Card(texts["bins.count_title"], form.markup).markup
    }
}
