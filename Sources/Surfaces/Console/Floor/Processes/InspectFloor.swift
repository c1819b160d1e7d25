import Flows
import Kernel
import Returns
import Store
import Views

/// What came back: what is in the box, then a grade for each kind of goods.
struct InspectFloor: FloorProcess {
    let name = "inspect", icon = "return"

    func take(_ scan: FloorScan, _ state: FloorState, _ post: FloorPost, in tx: Transaction) throws -> FloorStep {
        if scan.code == "*back" { return FloorStep(FloorState()) }
        if let goods = Self.goods(state).first { return try grade(scan, goods, state, post, in: tx) }
        if scan.code == "*waiting" {
            let waiting = try GoodsView.page(
                site: post.site, state: .received, disposition: nil, post.scope, after: nil, limit: 20, in: tx)
            return waiting.isEmpty ? FloorStep(FloorState(), .warn("nothing_waits")) : FloorStep(Self.grading(waiting.map(\.id)))
        }
        if state.has("box") { return try unpack(scan, state, post, in: tx) }
        return scan.isCommand ? FloorStep(state) : FloorStep(FloorState().setting("box", scan.code), .right("box", ["code": scan.code]))
    }

    private static func goods(_ state: FloorState) -> [GoodsID] {
        (state["goods"] ?? "").split(separator: " ").compactMap { GoodsID($0) }
    }

    private static func grading(_ ids: some Collection<GoodsID>) -> FloorState {
        ids.isEmpty ? FloorState() : FloorState().setting("goods", ids.map(\.description).joined(separator: " "))
    }

    private func unpack(_ scan: FloorScan, _ state: FloorState, _ post: FloorPost, in tx: Transaction) throws -> FloorStep {
        if scan.code == "*done" { return try receive(scan, state, post, in: tx) }
        let merchant = try state["box"].flatMap { try FloorLookup.returning(in: $0, in: tx) }
        let known = try merchant.flatMap { try FloorLookup.sku(scan.code, of: $0, in: tx)?.sku }
        let barcodes = try BarcodeView.find(scan.code, post.scope, in: tx)
        guard let sku = known ?? (barcodes.count == 1 ? barcodes[0].sku : nil) else {
            return FloorStep(state, .wrong("no_goods", ["code": scan.code]))
        }
        let count = state.number("in.\(sku)") + 1
        return FloorStep(state.setting("in.\(sku)", count), .right("again", ["n": "\(count)"]))
    }

    private func receive(_ scan: FloorScan, _ state: FloorState, _ post: FloorPost, in tx: Transaction) throws -> FloorStep {
        let found = state.names(under: "in").compactMap { SKUID($0) }.map {
            ReturnMatch.Found(sku: $0, quantity: Quantity(state.number("in.\($0)")))
        }
        let receipt = ReturnReceipt(site: post.site, code: state["box"], found: found)
        let taken = try ReceiveReturns([receipt], network: post.desk.network, occurred: scan.occurred, actor: post.actor).run(in: tx)
        let goods = taken.flatMap { $0.goods.map(\.id) }, kind = taken.first?.kind ?? .unknown
        let missing = taken.reduce(Quantity(0)) { $0 + $1.missing }
        let note: FloorNote = kind == .unknown ? .warn("box_unknown")
            : missing > 0 ? .warn("box_missing", ["n": "\(missing)"]) : .right("box_\(kind.rawValue)")
        return FloorStep(Self.grading(goods), note)
    }

    private func grade(
        _ scan: FloorScan, _ id: GoodsID, _ state: FloorState, _ post: FloorPost, in tx: Transaction
    ) throws -> FloorStep {
        try Ownership.goods([id], post.scope, in: tx)
        let rest = Self.grading(Self.goods(state).dropFirst())
        if scan.code == "*skip" { return FloorStep(rest) }
        if state.has("proof") {
            let proof = scan.code == "*none" ? nil : String(scan.code.prefix(200))
            return try inspect(Inspection(id, grade: .unusable, proof: proof), scan, rest, post, in: tx)
        }
        guard scan.isCommand, let grade = Grade(rawValue: String(scan.code.dropFirst())) else {
            return FloorStep(state, .wrong("not_grade", ["code": scan.code]))
        }
        if grade == .unusable { return FloorStep(state.setting("proof", 1)) }
        return try inspect(Inspection(id, grade: grade), scan, rest, post, in: tx)
    }

    private func inspect(
        _ inspection: Inspection, _ scan: FloorScan, _ rest: FloorState, _ post: FloorPost, in tx: Transaction
    ) throws -> FloorStep {
        let done = try InspectGoods([inspection], occurred: scan.occurred, actor: post.actor).run(in: tx)
        return FloorStep(rest, .right("graded_\(done.first?.disposition.rawValue ?? Disposition.restock.rawValue)"))
    }

    func screen(_ state: FloorState, _ post: FloorPost, _ format: Format, in tx: Transaction) throws -> FloorScreen {
        let texts = format.texts, back = FloorScreen.Button(act: "*back", text: texts["floor.back"])
        if let id = Self.goods(state).first {
            try Ownership.goods([id], post.scope, in: tx)
            guard let goods = try GoodsView.all([id], in: tx).first else { throw NotFound("goods", id) }
            return grading(goods, state, texts)
        }
        guard let box = state["box"] else {
            return FloorScreen(
                ask: texts["floor.inspect.box"], buttons: [.init(act: "*waiting", text: texts["floor.inspect.waiting"])])
        }
        let ids = state.names(under: "in").compactMap { SKUID($0) }
        let skus = try FloorLookup.skus(ids, in: tx)
        return FloorScreen(
            ask: texts["floor.inspect.items"], big: box, tone: .info,
            lines: ids.map { .init(text: skus[$0]?.code ?? "", side: "\(state.number("in.\($0)")) ×") },
            buttons: [.init(act: "*done", text: texts["floor.inspect.done"], tone: .good), back])
    }

    private func grading(_ goods: GoodsView, _ state: FloorState, _ texts: Texts) -> FloorScreen {
        let what = "\(goods.quantity) × \(goods.skuCode)", skip = FloorScreen.Button(act: "*skip", text: texts["floor.inspect.skip"])
        if state.has("proof") {
            return FloorScreen(
                ask: texts["floor.inspect.proof"], big: what, tone: .warn,
                buttons: [.init(act: "*none", text: texts["floor.inspect.no_proof"]), skip])
        }
        let grades: [(Grade, Tone)] = [(.new, .good), (.opened, .plain), (.damaged, .warn), (.unusable, .bad)]
        return FloorScreen(
            ask: texts["floor.inspect.grade"], big: what, tone: .info, below: [texts.code("floor.finding", goods.finding.rawValue)],
            buttons: grades.map { grade, tone in
                FloorScreen.Button(act: "*" + grade.rawValue, text: texts["floor.grade.\(grade.rawValue)"], tone: tone)
            } + [skip])
    }
}
