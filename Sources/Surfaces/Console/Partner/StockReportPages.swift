import Facilities
import Flows
import Kernel
import Partners
import Views

/// What a partner has: the newest report less what left since, to be put right and sent as the next one.
struct StockReportPages {
    /// A report of more SKUs comes from the partner's own system.
    private static let most = 500

    var pages: [Page] {
        [
            .get("/partner/stock", "partner.stock", for: PartnerPages.readers, at: Place(.now, 2, "stock")) { try await Self.show($0) },
            .post("/partner/stock", for: PartnerPages.readers) { visit in
                let merchant = try visit.form.id("merchant", MerchantID.self), stock = try await Self.read(merchant, visit)
                guard let asOf = Instant(visit.form["as_of"]) else {
                    throw InvalidInput(field: "/as_of", "'\(visit.form["as_of"])' is no moment.")
                }
                let flow = TakeStockReport(
                    site: try Self.site(visit), merchant: merchant, asOf: asOf, try Self.lines(stock, visit.form),
                    network: visit.parts.orders.network, actor: visit.actor)
                _ = try await visit.perform(flow)
                return .to("/partner/stock?merchant=\(merchant)", said: "said.stock_reported")
            },
            .get("/partner/penalties", "partner.penalties", for: PartnerPages.readers, at: Place(.now, 3, "money")) { visit in
                let scope = visit.scope, after = visit.queryID("after", PenaltyID.self)
                let found = try await visit.read { try PenaltyView.page(scope, after: after, limit: 51, in: $0) }
                return .content(Self.penalties(found, visit))
            },
        ]
    }

    private static func site(_ visit: Visit) throws -> SiteID {
        guard let site = visit.caller.site else { throw NotFound("site", visit.account.login) }
        return site
    }

    private static func read(_ merchant: MerchantID?, _ visit: Visit) async throws -> PartnerStock {
        let site = try site(visit), now = visit.format.now
        return try await visit.read { tx in
            guard let place = try Site.find(site, in: tx) else { throw NotFound("site", site) }
            return try PartnerStock.read(at: site, of: merchant, on: place.zone.day(of: now), limit: most + 1, in: tx)
        }
    }

    /// Every SKU that is known there, and one more.
    private static func lines(_ stock: PartnerStock, _ form: FormValues) throws -> [TakeStockReport.Line] {
        func units(_ field: String) throws -> Quantity {
            let number = try form.number(field)
            guard (0...100_000_000).contains(number) else {
                throw InvalidInput(field: "/\(field)", "\(number) is not between 0 and 100,000,000.")
            }
            return Quantity(number)
        }
        var lines = try stock.lines.map { TakeStockReport.Line(sku: $0.code, quantity: try units("units_\($0.sku)")) }
        if let code = form.optional("new_sku") { lines.append(TakeStockReport.Line(sku: code, quantity: try units("new_units"))) }
        return lines
    }

    private static func show(_ visit: Visit) async throws -> PageAnswer {
        let texts = visit.texts, stock = try await read(visit.queryID("merchant", MerchantID.self), visit)
        guard let merchant = stock.merchant else {
            return .content(Table.Empty(texts["partner.no_agreement"], texts["partner.no_agreement_hint"]).markup)
        }
        let merchants = stock.merchants.map { Form.Option($0.id.description, $0.name) }
        let choice = Filters(visit, [.choice("merchant", texts["partner.merchant"], merchants, value: "\(merchant)")])
        let tiles = Tile.row([
            Tile(texts["partner.reported"], stock.asOf.map { visit.format.relative($0) } ?? "–"),
            Tile(
                texts["partner.report_due"], stock.due.map { visit.format.relative($0) } ?? "–",
                tone: stock.due.map { $0 < visit.format.now } ?? true ? .warn : .plain),
        ])
        let form: Markup = stock.lines.count > most
            ? Table.Empty(texts["partner.many"], texts("partner.many_hint", ["n": most.description])).markup
            : Card(texts["partner.have"], report(stock, merchant, visit).markup).markup
        return .content("\(stock.merchants.count > 1 ? choice.markup : .blank)\(tiles)\(form)")
    }

    private static func report(_ stock: PartnerStock, _ merchant: MerchantID, _ visit: Visit) -> Form {
        let texts = visit.texts
        var fields: [Form.Field] = [.hidden("merchant", merchant.description), .hidden("as_of", visit.format.now.description)]
        fields += stock.lines.map {
            .input("units_\($0.sku)", "\($0.code) · \($0.name)", type: "number", value: "\($0.quantity)", required: true)
        }
        fields.append(.input("new_sku", texts["partner.new_sku"], hint: texts["partner.new_sku_hint"], autocomplete: "off"))
        fields.append(.input("new_units", texts["partner.new_units"], type: "number"))
        return Form(visit, to: "/partner/stock", fields, submit: texts["partner.report"])
    }

    private static func penalties(_ found: [PenaltyView], _ visit: Visit) -> Markup {
        let texts = visit.texts, (rows, next) = found.page(50, key: \.id)
        return Table(
            texts["partner.penalties"],
            columns: ["what", "units", "amount", "when"].map {
                Table.Column(texts["partner.\($0)"], number: $0 == "units" || $0 == "amount")
            },
            rows: rows.map { one in
                Table.Row(
                    [
                        .text(texts.code("penalty", one.kind.rawValue)), .quantity(one.units.rawValue), .money(one.amount),
                        .time(one.occurredAt),
                    ], to: one.fulfillmentOrder.map { "/partner/orders/\($0)" })
            }, empty: .init(texts["partner.no_penalties"], texts["partner.no_penalties_hint"]), pager: Pager(visit, nextKey: next)
        ).markup(visit.format)
    }
}
