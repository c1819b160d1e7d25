import Flows
import Identity
import Kernel
import Orders
import Views

/// Orders: found by whatever one has in hand, each with its whole story, and what can be done about it.
struct OrdersPages {
    /// Who sees orders: the network, and merchants their own.
    static let readers: Set<AccountRole> = .network.union([.merchant])
    /// Who may act on them.
    static let actors: Set<AccountRole> = [.owner, .operator, .support, .merchant]
    private static let rows = 50

    var pages: [Page] {
        [
            .get("/orders", "orders.title", for: Self.readers, at: Place(.work, 10, "order")) { try await Self.list($0) },
            .get("/orders/{order}", "orders.one", for: Self.readers) { visit in
                let id = try visit.id("order", OrderID.self), scope = visit.scope
                let story = try await visit.read { try OrderStory.read(id, scope, in: $0) }
                return OrderPage(story, visit).answer
            },
        ] + OrderActs().pages
    }

    private static func list(_ visit: Visit) async throws -> PageAnswer {
        let scope = visit.scope, after = visit.queryID("after", OrderID.self), sought = visit.query["q"]?.trimmed ?? ""
        let filter = OrderListFilter(visit).filter, finder = Finder(scope, visit.vaultForPeople)
        let (window, names, merchants) = try await visit.read { tx in
            let window = try sought.isEmpty
                ? OrderPages.window(filter, scope, after: after, limit: rows, in: tx)
                : OrderWindow(rows: OrderPages.all(finder.orders(sought, in: tx), scope, in: tx), next: nil)
            let all = try scope == .network ? MerchantView.page(scope, after: nil, limit: 200, in: tx) : []
            return (window, try Names(merchants: window.rows.map(\.merchant), in: tx), all)
        }
        let list = OrderList(window, names, visit)
        return .content(
            "\(OrderListFilter(visit).markup(merchants))<div id=\"orders\" data-live>\(list.markup)</div>",
            actions: scope == .network ? .link(visit.texts["support.title"], to: "/support") : .blank)
    }
}

/// What a list of orders is narrowed by, as it stands in the address.
struct OrderListFilter {
    let visit: Visit

    init(_ visit: Visit) { self.visit = visit }

    var filter: OrderFilter {
        var filter = OrderFilter(
            merchant: visit.queryID("merchant", MerchantID.self), state: chosen("state"), channel: text("channel"))
        filter.payment = chosen("payment")
        filter.promise = chosen("promise")
        filter.from = day("from").map { visit.format.zone.instant($0, .midnight) }
        filter.until = day("until").map { visit.format.zone.instant($0, .endOfDay) }
        return filter
    }

    private func text(_ name: String) -> String? { visit.query[name].flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed } }
    private func chosen<Choice: RawRepresentable<String>>(_ name: String) -> Choice? { text(name).flatMap(Choice.init(rawValue:)) }
    private func day(_ name: String) -> CivilDate? { text(name).flatMap { CivilDate($0) } }

    /// - Parameter merchants: to choose from; none for somebody who sees one merchant's.
    func markup(_ merchants: [MerchantView]) -> Markup {
        let texts = visit.texts, any = Form.Option("", texts["orders.any"])
        var fields: [Form.Field] = [
            .input("q", texts["orders.q"], type: "search", placeholder: texts["orders.q_hint"]),
            .choice(
                "state", texts["orders.state"],
                [any] + OrderState.allCases.map { Form.Option($0.rawValue, texts.code("state", $0.rawValue)) }),
            .choice(
                "promise", texts["orders.promise"],
                [any] + PromiseStanding.allCases.map { Form.Option($0.rawValue, texts["orders.promise_of.\($0.rawValue)"]) }),
            .choice(
                "payment", texts["orders.payment"],
                [any] + PaymentState.allCases.map { Form.Option($0.rawValue, texts.code("payment", $0.rawValue)) }),
        ]
        if !merchants.isEmpty {
            let all = [any] + merchants.map { Form.Option($0.id.description, $0.name) }
            fields.append(.choice("merchant", texts["orders.merchant"], all))
        }
        fields.append(.input("channel", texts["orders.channel"]))
        fields.append(.input("from", texts["orders.from"], type: "date"))
        fields.append(.input("until", texts["orders.until"], type: "date"))
        return Filters(visit, fields).markup
    }
}

/// Orders as rows of a table.
struct OrderList {
    let window: OrderWindow
    let names: Names
    let visit: Visit

    init(_ window: OrderWindow, _ names: Names, _ visit: Visit) { (self.window, self.names, self.visit) = (window, names, visit) }

    var markup: Markup {
        let texts = visit.texts, isNetwork = visit.scope == .network
        var names = ["number", "state", "promise", "placed", "channel"]
        if isNetwork { names.append("merchant") }
        let columns = (names + ["payment", "total"]).map { Table.Column(texts["orders.\($0)"], number: $0 == "total") }
        return Table(
            texts["orders.title"], columns: columns, rows: window.rows.map { row($0, isNetwork) }, empty: empty,
            pager: Pager(visit, nextKey: window.next?.description)
        ).markup(visit.format)
    }

    private func row(_ order: OrderSummary, _ isNetwork: Bool) -> Table.Row {
        let texts = visit.texts, standing = PromiseWords(order, visit.format)
        var cells: [Cell] = [
            .code(order.number), .badge(Badge(state: order.state.rawValue, texts)), standing.cell, .time(order.placedAt),
            .text(order.channel),
        ]
        if isNetwork { cells.append(.text(names.merchant(order.merchant))) }
        cells.append(.badge(Badge(texts.code("payment", order.payment.rawValue), PaymentTone.of(order.payment))))
        cells.append(.money(order.total))
        return Table.Row(cells, to: "/orders/\(order.id)", tone: standing.tone == .plain ? nil : standing.tone)
    }

    private var empty: Table.Empty {
        let texts = visit.texts, sought = visit.query["q"]?.trimmed ?? ""
        if !sought.isEmpty { return .init(texts("orders.not_found", ["q": sought]), texts["orders.not_found_hint"]) }
        if window.next != nil { return .init(texts["orders.further"], texts["orders.further_hint"]) }
        return .init(texts["orders.none"], texts["orders.none_hint"])
    }
}

/// How a payment is coloured.
enum PaymentTone {
    static func of(_ state: PaymentState) -> Tone {
        switch state {
        case .paid, .authorized: .good
        case .pending: .warn
        case .onDelivery: .info
        case .partlyRefunded, .refunded: .done
        }
    }
}

/// How an order stands to the date its shopper was first told.
struct PromiseWords {
    let cell: Cell
    let tone: Tone

    init(_ order: OrderSummary, _ format: Format) {
        let isUnderWay = order.state == .open || order.state == .shipped, now = format.now
        guard let promised = order.promisedBy else {
            (cell, tone) = (.empty, .plain)
            return
        }
        if isUnderWay, promised < now {
            (cell, tone) = (.badge(Badge(format.texts("orders.late_by", ["span": format.span(now - promised)]), .bad)), .bad)
        } else if isUnderWay, let estimated = order.estimatedAt, estimated > promised {
            (cell, tone) = (.badge(Badge(format.texts["orders.promise_of.at_risk"], .warn)), .warn)
        } else if let delivered = order.deliveredAt {
            let isKept = delivered <= promised
            (cell, tone) = (.badge(Badge(format.texts[isKept ? "orders.kept" : "orders.broken"], isKept ? .good : .bad)), .plain)
        } else {
            (cell, tone) = (.time(promised), .plain)
        }
    }
}

extension Visit {
    /// Opens people for those who may find and read them: who runs the network, who helps, and merchants their own shoppers.
    var vaultForPeople: Vault? { OrdersPages.actors.contains(role) ? parts.vault : nil }
}

extension String {
    /// Without outer spaces.
    var trimmed: String { String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()) }
}
