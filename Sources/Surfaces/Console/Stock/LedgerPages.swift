import Identity
import Inventory
import Kernel
import Views

/// What is behind the numbers of a SKU: its movements, and the claims on it.
struct LedgerPages {
    var pages: [Page] {
        [
            .get("/skus/{sku}/movements", "ledger.title", for: StockPages.owners) { try await Self.movements($0) },
            .get("/skus/{sku}/claims", "claims.title", for: StockPages.owners) { try await Self.claims($0) },
        ]
    }

    private static func movements(_ visit: Visit) async throws -> PageAnswer {
        let id = try visit.id("sku", SKUID.self), texts = visit.texts, scope = visit.scope
        var filter = LedgerFilter()
        filter.site = visit.queryID("site", SiteID.self)
        filter.location = visit.queryID("bin", LocationID.self)
        filter.reason = visit.query["reason"].flatMap(MovementReason.init(rawValue:))
        let (wanted, after) = (filter, visit.queryID("after", MovementID.self))
        let (sku, window, names, sums) = try await visit.read { tx in
            let sku = try SKUView.find(id, scope, in: tx)
            let window = try LedgerLine.window(of: id, wanted, scope, after: after, limit: StockPages.rows, in: tx)
            let names = try Names(actors: scope == .network ? window.lines.map(\.actor) : [], in: tx)
            return (sku, window, names, try StockSums.load([id], at: wanted.site ?? scope.site, in: tx)[id])
        }
        let reasons = [Form.Option("", texts["orders.any"])]
            + MovementReason.allCases.map { Form.Option($0.rawValue, texts["movement.\($0.rawValue)"]) }
        var fields: [Form.Field] = [.choice("reason", texts["ledger.why"], reasons)]
        if scope == .network { fields.insert(StockPages.siteChoice(names, visit), at: 0) }
        let pager = Pager(visit, nextKey: window.next?.description)
        let table = LedgerTable(window.lines, names, visit, Doors(visit)).markup(pager: pager, goesOn: window.next != nil)
        let lying = sums.map { ($0.onHand - $0.reported).rawValue } ?? 0
        let now: Markup = scope.isMerchant ? .blank : """
            <p class="brief-note">\(texts("ledger.now", ["n": visit.format.count(lying)]))</p>
            """
        return .content(
            "\(Filters(visit, fields).markup)\(now)<div id=\"ledger\" data-live>\(table)</div>",
            title: texts("ledger.of", ["sku": sku.code]), crumbs: crumbs(sku, visit))
    }

    private static func claims(_ visit: Visit) async throws -> PageAnswer {
        let id = try visit.id("sku", SKUID.self), texts = visit.texts, scope = visit.scope, doors = Doors(visit)
        let (site, after) = (visit.queryID("site", SiteID.self), visit.queryID("after", ReservationID.self))
        let (sku, found, held, names) = try await visit.read { tx in
            (
                try SKUView.find(id, scope, in: tx),
                try ClaimLine.page(of: id, at: site, scope, after: after, limit: StockPages.rows + 1, in: tx),
                try ClaimLine.held(id, at: site, scope, in: tx), try Names(in: tx)
            )
        }
        let (claims, nextKey) = found.page(StockPages.rows, key: \.id)
        let table = Table(
            texts["claims.title"],
            columns: ["order", "site", "kind", "quantity", "state", "due", "since"].map {
                Table.Column(texts["claims.\($0)"], number: $0 == "quantity")
            },
            rows: claims.map { claim in
                Table.Row(
                    [
                        .code(claim.number), .text(names.site(claim.site)), .text(texts["stock_kind.\(claim.kind.rawValue)"]),
                        .quantity(claim.quantity.rawValue), .text(texts["claim_state.\(claim.state.rawValue)"]),
                        .due(claim.due, isLate: claim.due < visit.format.now), .time(claim.since),
                    ], to: doors.path(to: claim.order), tone: claim.due < visit.format.now ? .warn : nil)
            }, empty: .init(texts["claims.none"], texts["claims.none_hint"]), pager: Pager(visit, nextKey: nextKey))
        let kept: Markup = held > 0 ? "<p class=\"brief-note\">\(texts.count("claims.held", held.rawValue))</p>" : .blank
        let filters = scope == .network ? Filters(visit, [StockPages.siteChoice(names, visit)]).markup : .blank
        return .content(
            "\(filters)\(kept)<div id=\"claims\" data-live>\(table.markup(visit.format))</div>",
            title: texts("claims.of", ["sku": sku.code]), crumbs: crumbs(sku, visit))
    }

    private static func crumbs(_ sku: SKUView, _ visit: Visit) -> [Crumb] {
        let list = StockPages.readers.contains(visit.role) ? [Crumb(visit.texts["stock.title"], "/stock")] : []
        return list + [Crumb(sku.code, "/skus/\(sku.id)")]
    }
}

/// Movements as rows of a table: how many, from where to where, why, for what, and who did it.
struct LedgerTable {
    let lines: [LedgerLine]
    let names: Names
    let visit: Visit
    let doors: Doors

    init(_ lines: [LedgerLine], _ names: Names, _ visit: Visit, _ doors: Doors) {
        (self.lines, self.names, self.visit, self.doors) = (lines, names, visit, doors)
    }

    private var texts: Texts { visit.texts }

    /// - Parameter goesOn: there are more behind those that were looked through.
    func markup(pager: Pager?, goesOn: Bool = false) -> Markup {
        var columns = ["at", "change", "from", "to", "why", "what_for"]
        if visit.scope == .network { columns += ["site", "who"] }
        return Table(
            texts["ledger.title"], columns: columns.map { Table.Column(texts["ledger.\($0)"], number: $0 == "change") },
            rows: lines.map(row),
            empty: goesOn ? .init(texts["orders.further"], texts["ledger.further_hint"])
                : .init(texts["ledger.none"], texts["ledger.none_hint"]), pager: pager
        ).markup(visit.format)
    }

    private func row(_ line: LedgerLine) -> Table.Row {
        let count = visit.format.count(line.quantity.rawValue)
        let change: Markup = switch line.change {
        case 1...: "<b class=\"plus\">+\(count)</b>"
        case 0: "<span class=\"quiet\">\(count)</span>"
        default: "<b class=\"minus\">−\(count)</b>"
        }
        let beside = [line.lot] + line.serials.prefix(3).map(Optional.some)
        let also = beside.compactMap(\.self).joined(separator: ", ")
        let small: Markup = also.isEmpty ? .blank : "<br><small class=\"quiet\">\(also)</small>"
        var cells: [Cell] = [
            .time(line.at), .markup(change), .markup(end(line.from)), .markup(end(line.to)),
            .markup("\(texts["movement.\(line.reason.rawValue)"])\(small)"), .optional(line.cause) { .markup(cause($0)) },
        ]
        if visit.scope == .network { cells += [.text(names.site(line.site)), Who(names, texts).cell(line.actor)] }
        return Table.Row(cells)
    }

    private func end(_ end: LedgerLine.End) -> Markup {
        if let bin = end.location {
            let code = end.code ?? bin.description
            return StockPages.readers.contains(visit.role) ? "<a href=\"/bins/\(bin)\"><code>\(code)</code></a>" : "<code>\(code)</code>"
        }
        if let unit = end.unit { return "<code>\(doors.link(end.code ?? unit.description, to: unit))</code>" }
        return "<span class=\"quiet\">\(texts["place_kind.\(end.kind.rawValue)"])</span>"
    }

    private func cause(_ cause: LedgerLine.Cause) -> Markup {
        switch cause {
        case .order(let id, let number): "<code>\(doors.link(number, to: id))</code>"
        case .asn(let id, let number): "<code>\(doors.link(number, to: id))</code>"
        case .return(let id, let number): "<code>\(doors.link(number, to: id))</code>"
        }
    }
}

/// Who did something, by the name that the log keeps.
struct Who {
    let names: Names
    let texts: Texts

    init(_ names: Names, _ texts: Texts) { (self.names, self.texts) = (names, texts) }

    func text(_ actor: String) -> String {
        names.people[actor] ?? (actor == "system" ? texts["who.system"] : actor)
    }

    func cell(_ actor: String) -> Cell { names.people[actor] == nil ? .quiet(text(actor)) : .text(text(actor)) }
}

extension Scope {
    var isMerchant: Bool { if case .merchant = self { true } else { false } }
    /// The one site whose things are seen; nil where it is not one.
    var site: SiteID? { if case .site(let id) = self { id } else { nil } }
}
