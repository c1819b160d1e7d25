import Flows
import Identity
import Kernel
import Returns
import Views

/// The returns desk: what waits for whom, each return with its whole story, and what can be done about it.
struct ReturnsPages {
    static let readers: Set<AccountRole> = .network.union([.lead])
    /// Who decides about returns and their money for merchants.
    static let deciders: Set<AccountRole> = [.owner, .operator, .support]
    /// Who grades goods in hand.
    static let graders: Set<AccountRole> = [.owner, .operator, .lead]
    private static let rows = 50
    /// Days since a return was asked for.
    private static let ages = [2, 7, 14, 30]

    var pages: [Page] {
        [
            .get("/returns", "returns.title", for: Self.readers, at: Place(.work, 50, "return")) { try await Self.list($0) },
            .get("/returns/{return}", "returns.one", for: Self.readers) { visit in
                let id = try visit.id("return", RMAID.self), scope = visit.scope
                return ReturnPage(try await visit.read { try ReturnStory.read(id, scope, in: $0) }, visit).answer
            },
        ] + ReturnActs().pages
    }

    private static func list(_ visit: Visit) async throws -> PageAnswer {
        let texts = visit.texts, scope = visit.scope, after = visit.queryID("after", RMAID.self)
        var filter = ReturnListFilter()
        filter.merchant = visit.queryID("merchant", MerchantID.self)
        filter.site = visit.queryID("site", SiteID.self)
        filter.state = visit.query["state"].flatMap(RMAState.init(rawValue:))
        filter.reason = visit.query["reason"].flatMap(ReturnReason.init(rawValue:))
        filter.olderThanDays = visit.query["age"].flatMap { Int($0) }.flatMap { ages.contains($0) ? $0 : nil }
        let wanted = filter
        let (window, waiting, names, merchants) = try await visit.read { tx in
            let window = try ReturnView.window(wanted, scope, after: after, limit: rows, in: tx)
            let names = try Names(merchants: window.returns.map(\.merchant), in: tx)
            let waiting = try ReturnView.waitingGoods(scope, in: tx)
            return (window, waiting, names, try MerchantView.page(.network, after: nil, limit: 200, in: tx))
        }
        let any = Form.Option("", texts["orders.any"])
        var fields: [Form.Field] = [
            .choice(
                "state", texts["orders.state"],
                [Form.Option("", texts["returns.open"])]
                    + RMAState.allCases.map { Form.Option($0.rawValue, texts.code("state", $0.rawValue)) }),
            .choice("age", texts["returns.age"], [any] + ages.map { Form.Option("\($0)", texts.count("returns.older", Int64($0))) }),
            .choice(
                "reason", texts["returns.reason"],
                [any] + ReturnReason.allCases.map { Form.Option($0.rawValue, texts["return_reason.\($0.rawValue)"]) }),
            .choice("merchant", texts["orders.merchant"], [any] + merchants.map { Form.Option($0.id.description, $0.name) }),
        ]
        if scope == .network { fields.append(StockPages.siteChoice(names, visit)) }
        let goods = ReturnWords.waiting(waiting, visit)
        return .content(
            "\(goods)\(Filters(visit, fields).markup)<div id=\"returns\" data-live>\(table(window, names, visit))</div>")
    }

    private static func table(_ window: ReturnWindow, _ names: Names, _ visit: Visit) -> Markup {
        let texts = visit.texts, format = visit.format
        return Table(
            texts["returns.title"],
            columns: ["number", "state", "asked", "reason", "units", "merchant", "desk", "refund", "next"].map {
                Table.Column(texts["returns.\($0)"], number: $0 == "units" || $0 == "refund")
            },
            rows: window.returns.map { one in
                let reasons = Set(one.items.map(\.reason)).sorted { $0.rawValue < $1.rawValue }
                let said = reasons.map { texts["return_reason.\($0.rawValue)"] }.joined(separator: ", ")
                let units = one.items.reduce(Quantity(0)) { $0 + $1.announced }
                let next = ReturnWords.next(one, format)
                return Table.Row(
                    [
                        .code(one.number), .badge(Badge(state: one.state.rawValue, texts)), .due(one.requestedAt, isLate: false),
                        said.isEmpty ? .quiet(texts["return_kind.\(one.kind.rawValue)"]) : .text(said), .quantity(units.rawValue),
                        .text(names.merchant(one.merchant)), .text(names.site(one.site)), .money(one.refund?.amount ?? one.expected.total),
                        .markup(next.markup),
                    ], to: "/returns/\(one.id)", tone: next.tone)
            },
            empty: window.next == nil
                ? .init(texts["returns.none"], texts["returns.none_hint"]) : .init(texts["orders.further"], texts["returns.further_hint"]),
            pager: Pager(visit, nextKey: window.next?.description)
        ).markup(format)
    }
}

/// What is next for a return, in a few words.
enum ReturnWords {
    static func next(_ one: ReturnView, _ format: Format) -> (markup: Markup, tone: Tone?) {
        let texts = format.texts
        if let refund = one.refund, refund.state == .due {
            let isLate = refund.dueBy < format.now
            return ("\(texts("returns.next_refund", ["at": format.moment(refund.dueBy)]))", isLate ? .bad : .warn)
        }
        if let debt = one.debt, debt.state == .open { return ("\(texts["returns.next_debt"])", .bad) }
        switch one.state {
        case .requested: return ("\(texts["returns.next_decide"])", .warn)
        case .authorised:
            guard let until = one.expiresAt else { return ("\(texts["returns.next_shopper"])", nil) }
            return ("\(texts("returns.next_shopper_until", ["at": format.moment(until)]))", nil)
        case .inTransit: return ("\(texts["returns.next_arrive"])", nil)
        case .received: return ("\(texts["returns.next_grade"])", .warn)
        case .inspected: return ("\(texts["returns.next_close"])", nil)
        case .closed, .cancelled, .expired, .denied: return ("<span class=\"quiet\">\(texts["answer.next_nothing"])</span>", nil)
        }
    }

    /// Goods at the desks that wait for somebody.
    static func waiting(_ goods: [(site: SiteID, state: GoodsState, units: Int64)], _ visit: Visit) -> Markup {
        let texts = visit.texts
        let tiles = [GoodsState.received, .refurbishing, .aside].map { state in
            let units = goods.filter { $0.state == state }.reduce(0) { $0 + $1.units }
            return Tile(
                texts["returns.goods_\(state.rawValue)"], visit.format.count(units), note: texts["returns.goods_\(state.rawValue)_note"],
                tone: state == .received && units > 0 ? .warn : .plain)
        }
        return "<div id=\"waiting\" data-live>\(Tile.row(tiles))</div>"
    }
}
