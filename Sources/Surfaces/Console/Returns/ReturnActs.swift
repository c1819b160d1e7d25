import Flows
import Kernel
import Returns
import Views

/// What the forms of a return's page do: the same flows that the API calls.
struct ReturnActs {
    var pages: [Page] {
        [
            .post("/returns/{return}/decisions", for: ReturnsPages.deciders) { visit in
                let id = try visit.id("return", RMAID.self), reason = try visit.form.text("reason", 1...200)
                let decision = try visit.form.choice("decision", RMAState.self)
                guard [.authorised, .denied, .cancelled].contains(decision) else {
                    throw InvalidInput(field: "/decision", "'\(decision.rawValue)' is not one of the choices.")
                }
                try await visit.perform(DecideReturn(id, merchant: nil, decision: decision, reason: reason, actor: visit.actor))
                return .to("/returns/\(id)", said: "said.decided")
            },
            .post("/returns/{return}/inspections", for: ReturnsPages.graders) { try await Self.inspect($0) },
            .post("/returns/{return}/departures", for: ReturnsPages.graders) { visit in
                let id = try visit.id("return", RMAID.self), goods = try visit.form.id("goods", GoodsID.self), scope = visit.scope
                let reference = try visit.form.text("reference", 1...100)
                try await visit.perform(
                    SendOffGoods([goods], reference: reference, occurred: visit.format.now, actor: visit.actor)
                ) { try Ownership.goods([goods], scope, in: $0) }
                return .to("/returns/\(id)", said: "said.goods_left")
            },
            .post("/returns/{return}/refund", for: ReturnsPages.deciders) { visit in
                let id = try visit.id("return", RMAID.self), refund = try visit.form.id("refund", RefundID.self)
                let reference = try visit.form.text("reference", 1...100)
                try await visit.perform(SendRefunds([(refund, reference)], merchant: nil, actor: visit.actor))
                return .to("/returns/\(id)", said: "said.refund_sent")
            },
            .post("/returns/{return}/debt", for: ReturnsPages.deciders) { visit in
                let id = try visit.id("return", RMAID.self), debt = try visit.form.id("debt", DebtID.self)
                let outcome = try visit.form.choice("outcome", DebtState.self), note = try visit.form.text("note", 1...200)
                guard outcome != .open else { throw InvalidInput(field: "/outcome", "'open' is not one of the choices.") }
                try await visit.perform(SettleReturnDebt(debt, merchant: nil, outcome: outcome, note: note, actor: visit.actor))
                return .to("/returns/\(id)", said: "said.debt_settled")
            },
        ]
    }

    private static func inspect(_ visit: Visit) async throws -> PageAnswer {
        let id = try visit.id("return", RMAID.self), goods = try visit.form.id("goods", GoodsID.self), scope = visit.scope
        let grade = try visit.form.choice("grade", Grade.self)
        let disposition: Disposition? = visit.form.optional("disposition") == nil
            ? nil : try visit.form.choice("disposition", Disposition.self)
        let quantity = visit.form.optional("quantity") == nil ? nil : Quantity(try visit.form.number("quantity"))
        let one = Inspection(goods, quantity: quantity, grade: grade, disposition: disposition, proof: visit.form.optional("proof"))
        _ = try await visit.perform(InspectGoods([one], occurred: visit.format.now, actor: visit.actor)) {
            try Ownership.goods([goods], scope, in: $0)
        }
        return .to("/returns/\(id)", said: "said.graded")
    }
}

/// What can be done about a return as it stands, each as a form that folds out.
struct ReturnActions {
    let story: ReturnStory
    let visit: Visit

    init(_ story: ReturnStory, _ visit: Visit) { (self.story, self.visit) = (story, visit) }

    private var rma: ReturnView { story.rma }
    private var texts: Texts { visit.texts }
    private var path: String { "/returns/\(rma.id)" }

    var markup: Markup {
        var all: [Markup] = []
        if ReturnsPages.deciders.contains(visit.role) { all += decision + refund + debt }
        if ReturnsPages.graders.contains(visit.role) { all += grading + leaving }
        return all.isEmpty ? .blank : Card(texts["orders.actions"], "<div class=\"acts\">\(all)</div>").markup
    }

    private func fold(_ title: String, _ form: Form, open: Bool = false) -> Markup {
        "<details\("open", if: open)><summary class=\"button\">\(title)</summary>\(form.markup)</details>"
    }

    private var decision: [Markup] {
        let possible = [RMAState.authorised, .denied, .cancelled].filter { RMAState.transitions[rma.state, default: []].contains($0) }
        guard !possible.isEmpty else { return [] }
        let form = Form(
            visit, to: "\(path)/decisions", [
                .choice(
                    "decision", texts["orders.decision"],
                    possible.map { Form.Option($0.rawValue, texts["return_decision.\($0.rawValue)"]) }),
                .input("reason", texts["orders.reason"], hint: texts["orders.nothing_personal"], required: true),
            ], submit: texts["orders.decide"])
        return [fold(texts["returns.decide"], form, open: rma.state == .requested)]
    }

    private var refund: [Markup] {
        guard let refund = rma.refund, refund.state == .due else { return [] }
        let form = Form(
            visit, to: "\(path)/refund", [
                .hidden("refund", refund.id.description),
                .input("reference", texts["returns.reference"], hint: texts["returns.reference_hint"], required: true),
            ], submit: texts("returns.say_sent", ["amount": visit.format.money(refund.amount)]))
        return [fold(texts["returns.refund_sent"], form, open: true)]
    }

    private var debt: [Markup] {
        guard let debt = rma.debt, debt.state == .open else { return [] }
        let form = Form(
            visit, to: "\(path)/debt", [
                .hidden("debt", debt.id.description),
                .choice(
                    "outcome", texts["returns.outcome"],
                    [DebtState.recovered, .writtenOff].map { Form.Option($0.rawValue, texts["debt_state.\($0.rawValue)"]) }),
                .input("note", texts["orders.reason"], hint: texts["orders.nothing_personal"], required: true),
            ], submit: texts["returns.settle"])
        return [fold(texts["returns.settle_debt"], form, open: true)]
    }

    private var grading: [Markup] {
        rma.goods.filter { $0.state == .received || $0.state == .refurbishing }.map { goods in
            let grades = Grade.allCases.map { Form.Option($0.rawValue, "\($0.rawValue) · \(texts["grade.\($0.rawValue)"])") }
            let ends = [Form.Option("", texts["returns.by_terms"])]
                + Disposition.allCases.map { Form.Option($0.rawValue, texts["disposition.\($0.rawValue)"]) }
            let form = Form(
                visit, to: "\(path)/inspections?\(goods.id)", [
                    .hidden("goods", goods.id.description), .choice("grade", texts["returns.grade"], grades),
                    .choice("disposition", texts["returns.disposition"], ends),
                    .input("proof", texts["returns.proof"], hint: texts["returns.proof_hint"]),
                ], submit: texts["returns.grade_now"])
            return fold(texts("returns.grade_goods", ["n": goods.quantity.description, "sku": goods.skuCode]), form)
        }
    }

    private var leaving: [Markup] {
        rma.goods.filter { $0.state == .aside }.map { goods in
            let form = Form(
                visit, to: "\(path)/departures?\(goods.id)", [
                    .hidden("goods", goods.id.description),
                    .input("reference", texts["returns.proof"], hint: texts["returns.leave_hint"], required: true),
                ], submit: texts["returns.leave"])
            return fold(texts("returns.leave_goods", ["n": goods.quantity.description, "sku": goods.skuCode]), form)
        }
    }
}
