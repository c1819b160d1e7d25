import Flows
import Kernel
import Orders
import Views

/// What can be changed of an order before the floor has it: pieces taken off, or sent apart as an order of their own.
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
        return (isSingle ? [] : [fold("change", free, value: \.quantity), fold("split", free, value: { _ in 0 })])
    }

    private func fold(_ what: String, _ lines: [OrderLineDetails], value: (OrderLineDetails) -> Quantity) -> Markup {
        let fields: [Form.Field] = [.hidden("version", "\(order.version)")] + lines.map { line in
            .input(
                Self.field(line), line.skuCode, type: "number", value: "\(value(line))",
                hint: texts.count("orders.\(what)_of", line.quantity.rawValue))
        }
        let form = Form(visit, to: "/orders/\(order.id)/\(what)s", fields, submit: texts["orders.\(what)"])
        return "<details><summary class=\"button\">\(texts["orders.\(what)"])</summary>\(form.markup)</details>"
    }

    private static func field(_ line: OrderLineDetails) -> String { "units_\(line.id)" }

    /// The pages that the forms are posted to.
    static var pages: [Page] {
        [
            .post("/orders/{order}/changes", for: OrdersPages.actors) { visit in
                let (order, units) = try await asked(visit)
                let lines = order.lines.compactMap { line in
                    let quantity = units[line.id] ?? line.quantity
                    return quantity == 0 ? nil : line.asked(quantity)
                }
                _ = try await visit.perform(
                    EditOrder(
                        order.id, merchant: visit.caller.merchant, .init(lines: lines), seen: try visit.form.number("version"),
                        desk: visit.parts.orders, actor: visit.actor))
                return .to("/orders/\(order.id)", said: "said.changed")
            },
            .post("/orders/{order}/splits", for: OrdersPages.actors) { visit in
                let (order, units) = try await asked(visit)
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
    private static func asked(_ visit: Visit) async throws -> (order: OrderDetails, units: [LineID: Quantity]) {
        let id = try visit.id("order", OrderID.self), scope = visit.scope
        let order = try await visit.read { try OrderDetails.find(id, scope, in: $0) }
        var units: [LineID: Quantity] = [:]
        for line in order.lines where visit.form.optional(field(line)) != nil {
            let number = try visit.form.number(field(line))
            guard (0...line.quantity.rawValue).contains(number) else {
                throw InvalidInput(field: "/\(field(line))", "\(number) is not between 0 and the \(line.quantity) that were ordered.")
            }
            units[line.id] = Quantity(number)
        }
        return (order, units)
    }
}

extension OrderLineDetails {
    /// So many of it, with their share of its money.
    fileprivate func asked(_ units: Quantity) -> OrderRequest.Line {
        let whole = LineRecord(
            id: id, sku: sku, quantity: quantity, unitPrice: unitPrice.minor, discount: discount.minor, shipping: shipping.minor,
            tax: tax.minor, channelUnit: channelUnit)
        let part = units == quantity ? whole : whole.part(units)
        return OrderRequest.Line(
            sku: skuCode, quantity: part.quantity, unitPrice: part.unitPrice, discount: part.discount, shipping: part.shipping,
            tax: part.tax, channelUnit: channelUnit)
    }
}
