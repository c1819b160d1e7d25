import Flows
import Kernel
import Orders
import Views

/// What can be changed of an order before the floor has it: other quantities, another line, or a part sent apart as an order of its
/// own.
struct OrderChanges {
    let order: OrderDetails
    let visit: Visit

    private var texts: Texts { visit.texts }

    /// Forms that fold out; none where there is nothing to change.
    var folds: [Markup] {
        guard order.state == .open, order.purpose == .sale else { return [] }
        let free = order.lines.filter { line in
            line.components.allSatisfy { $0.waiting + $0.reserved == $0.ordered }
        }
        guard let first = free.first else { return [] }
        let isSingle = order.lines.count == 1 && first.quantity == 1
        return [fold("change", free, more: added, value: \.quantity)] + (isSingle ? [] : [fold("split", free, value: { _ in 0 })])
    }

    /// A line that is added.
    private var added: [Form.Field] {
        let currency = order.money.total.currency.code
        return [
            .input("add_sku", texts["orders.add_sku"], hint: texts["orders.add_hint"]),
            .input("add_units", texts["orders.add_units"], type: "number"),
            .input("add_price", texts("orders.add_price", ["currency": currency])),
        ]
    }

    private func fold(
        _ what: String, _ lines: [OrderLineDetails], more: [Form.Field] = [], value: (OrderLineDetails) -> Quantity
    ) -> Markup {
        let fields: [Form.Field] = [.hidden("version", "\(order.version)")] + lines.map { line in
            .input(
                Self.field(line), line.skuCode, type: "number", value: "\(value(line))",
                hint: texts.count("orders.\(what)_of", line.quantity.rawValue))
        }
        let form = Form(visit, to: "/orders/\(order.id)/\(what)s", fields + more, submit: texts["orders.\(what)"])
        return "<details><summary class=\"button\">\(texts["orders.\(what)"])</summary>\(form.markup)</details>"
    }

    private static func field(_ line: OrderLineDetails) -> String { "units_\(line.id)" }

    /// The pages that the forms are posted to.
    static var pages: [Page] {
        [
            .post("/orders/{order}/changes", for: OrdersPages.actors) { visit in
                let (order, units) = try await asked(visit, most: { _ in 100_000 })
                let lines = order.lines.compactMap { line in
                    let quantity = units[line.id] ?? line.quantity
                    return quantity == 0 ? nil : line.asked(quantity)
                } + (try added(visit.form, order.money.total.currency))
                _ = try await visit.perform(
                    EditOrder(
                        order.id, merchant: visit.caller.merchant, .init(lines: lines), seen: try visit.form.number("version"),
                        desk: visit.parts.orders, actor: visit.actor))
                return .to("/orders/\(order.id)", said: "said.changed")
            },
            .post("/orders/{order}/splits", for: OrdersPages.actors) { visit in
                let (order, units) = try await asked(visit, most: \.quantity)
                let parts = order.lines.compactMap { line in
                    units[line.id].flatMap { $0 == 0 ? nil : SplitOrder.Part(line.id, $0) }
                }
                let split = try await visit.perform(
                    SplitOrder(
                        order.id, merchant: visit.caller.merchant, parts, seen: try visit.form.number("version"),
                        desk: visit.parts.orders, actor: visit.actor))
                return .to("/orders/\(split.order)", said: "said.split")
            },
        ]
    }

    /// How many pieces of which line the form names.
    private static func asked(
        _ visit: Visit, most: (OrderLineDetails) -> Quantity
    ) async throws -> (order: OrderDetails, units: [LineID: Quantity]) {
        let id = try visit.id("order", OrderID.self), scope = visit.scope
        let order = try await visit.read { try OrderDetails.find(id, scope, in: $0) }
        var units: [LineID: Quantity] = [:]
        for line in order.lines where visit.form.optional(field(line)) != nil {
            let number = try visit.form.number(field(line))
            guard (0...most(line).rawValue).contains(number) else {
                throw InvalidInput(field: "/\(field(line))", "\(number) is not between 0 and \(most(line)).")
            }
            units[line.id] = Quantity(number)
        }
        return (order, units)
    }

    private static func added(_ form: FormValues, _ currency: Currency) throws -> [OrderRequest.Line] {
        guard let sku = form.optional("add_sku") else { return [] }
        let units = try form.number("add_units")
        guard (1...100_000).contains(units) else { throw InvalidInput(field: "/add_units", "\(units) is not between 1 and 100,000.") }
        return [OrderRequest.Line(sku: sku, quantity: Quantity(units), unitPrice: try form.money("add_price", currency).minor)]
    }
}

extension OrderLineDetails {
    /// So many of it, with their share of its money.
    fileprivate func asked(_ units: Quantity) -> OrderRequest.Line {
        let whole = LineRecord(
            id: id, sku: sku, quantity: quantity, unitPrice: unitPrice.minor, discount: discount.minor, shipping: shipping.minor,
            tax: tax.minor, channelUnit: channelUnit)
        let part = units < quantity ? whole.part(units) : whole
        // More of it costs as much a piece, with as much tax; discount and shipping were given for the line.
        let tax = units > quantity ? part.tax * units.rawValue / quantity.rawValue : part.tax
        return OrderRequest.Line(
            sku: skuCode, quantity: units, unitPrice: part.unitPrice, discount: part.discount, shipping: part.shipping,
            tax: tax, channelUnit: channelUnit)
    }
}
