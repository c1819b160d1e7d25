import Flows
import Identity
import Kernel
import Returns
import Views

/// What a shopper chooses to send back, and why. The choice stands in the address, so that going back keeps it.
struct ReturnChoice {
    let order: ShopperOrder
    let link: ShopperLink
    let visit: Visit

    var texts: Texts { visit.texts }
    private var items: [ShopperOrder.Item] { order.items.filter { $0.returnable > 0 } }

    init(_ order: ShopperOrder, _ link: ShopperLink, _ visit: Visit) { (self.order, self.link, self.visit) = (order, link, visit) }

    /// - Parameter values: `quantity_cmp_…` and `reason_cmp_…` for each item, `method`, `resolution`.
    /// - Throws: a refusal where a value is none of the choices.
    func request(_ values: [String: String], number: String) throws -> ReturnRequest {
        let form = FormValues(values)
        let chosen = try order.items.compactMap { item -> ReturnRequest.Item? in
            guard form.optional("quantity_\(item.component)") != nil else { return nil }
            let quantity = try form.number("quantity_\(item.component)")
            if quantity == 0 { return nil }
            return ReturnRequest.Item(
                .component(item.component), quantity: Quantity(quantity),
                reason: try form.choice("reason_\(item.component)", ReturnReason.self))
        }
        return ReturnRequest(
            order: .id(order.id), merchant: nil, number: number, items: chosen,
            resolution: try form.optional("resolution") == nil ? .refund : form.choice("resolution"),
            method: try form.optional("method") == nil ? .dropOff : form.choice("method"))
    }

    /// - Parameter refused: why what was chosen is not taken.
    func markup(refused: String? = nil) -> Markup {
        let refusal: Markup = refused.map { "<p class=\"refusal\" role=\"alert\">\($0)</p>" } ?? .blank
        let body: Markup = items.isEmpty
            ? Table.Empty(texts["shopper.nothing_back"], texts["shopper.nothing_back_hint"]).markup
            : """
            <form method="get" action="\(link.path)/return/summary" class="form">\(items.map(row))
            \(choice("resolution", [Resolution.refund, .replacement].map(\.rawValue)))\(choice("method", ["drop_off", "label"]))
            <div class="buttons"><button type="submit" class="button primary wide">\(texts["shopper.return_next"])</button></div></form>
            """
        return """
            <div class="shop">\(ShopperPages.head(order, link, visit))<h1>\(texts["shopper.return_title"])</h1>
            \(refusal)<section class="card">\(body)</section></div>
            """
    }

    private func row(_ item: ShopperOrder.Item) -> Markup {
        let id = "\(item.component)", most = min(item.returnable.rawValue, 50)
        let chosen = visit.query["quantity_\(id)"] ?? (items.count == 1 ? "1" : "0")
        let counts = (0...most).map { n -> Markup in "<option value=\"\(n)\"\("selected", if: "\(n)" == chosen)>\(n)</option>" }
        let reasons = ReturnReason.allCases.map { reason -> Markup in
            """
            <option value="\(reason.rawValue)"\("selected", if: reason.rawValue == visit.query["reason_\(id)"])>\
            \(texts["shopper.reason.\(reason.rawValue)"])</option>
            """
        }
        return """
            <fieldset class="back"><legend>\(item.name)</legend>
            <div class="field"><label for="quantity-\(id)">\(texts["shopper.how_many"])</label>
            <select id="quantity-\(id)" name="quantity_\(id)">\(counts)</select></div>
            <div class="field"><label for="reason-\(id)">\(texts["shopper.why"])</label>
            <select id="reason-\(id)" name="reason_\(id)">\(reasons)</select></div></fieldset>
            """
    }

    private func choice(_ name: String, _ options: [String]) -> Markup {
        let chosen = visit.query[name] ?? options[0]
        let all = options.map { option -> Markup in
            """
            <label class="pick"><input type="radio" name="\(name)" value="\(option)"\("checked", if: option == chosen)>
            <span><b>\(texts["shopper.\(name).\(option)"])</b> <small>\(texts["shopper.\(name)_hint.\(option)"])</small></span></label>
            """
        }
        return "<fieldset class=\"picks\"><legend>\(texts["shopper.\(name)_title"])</legend>\(all)</fieldset>"
    }
}
