import Flows
import Kernel
import Store
import Views
import Warehouse

/// Walk to a bin, take what is asked into the tote, walk on: task by task in the order of the bins.
struct PickFloor: FloorProcess {
    let name = "pick", icon = "pick"

    func take(_ scan: FloorScan, _ state: FloorState, _ post: FloorPost, in tx: Transaction) throws -> FloorStep {
        if scan.code == "*tote" { return FloorStep(FloorState(), .right("tote_full")) }
        guard let tote = state.id("tote", UnitID.self) else { return try takeTote(scan, post, in: tx) }
        try Ownership.tote(tote, at: post.site, in: tx)
        guard let id = state.id("task", TaskID.self), let task = try TaskView.find(id, at: post.site, in: tx) else {
            let note: FloorNote? = scan.isCommand ? nil : .warn("task_gone")
            return FloorStep(try next(tote, post, in: tx), note)
        }
        return try state.has("bin") ? takeItem(scan, state, task, tote, post, in: tx) : takeBin(scan, state, task)
    }

    private func takeTote(_ scan: FloorScan, _ post: FloorPost, in tx: Transaction) throws -> FloorStep {
        let isNew = scan.code == "*new"
        let tote = try isNew
            ? MakeTotes(site: post.site, count: 1, occurred: scan.occurred).run(in: tx).first
            : FloorLookup.tote(scan.code, at: post.site, in: tx)
        guard let tote else { return FloorStep(FloorState(), .wrong("no_tote", ["code": scan.code])) }
        return FloorStep(try next(tote, post, in: tx), .right("tote", ["code": try FloorLookup.code(of: tote, in: tx) ?? ""]))
    }

    private func next(_ tote: UnitID, _ post: FloorPost, in tx: Transaction) throws -> FloorState {
        let task = try FloorWorkers.claim(.pick, at: post.site, for: post.actor, in: tx)
        return FloorState().setting("tote", tote).setting("task", task)
    }

    private func takeBin(_ scan: FloorScan, _ state: FloorState, _ task: TaskView) -> FloorStep {
        let bin = task.fromLocationCode ?? ""
        guard scan.code == bin else { return FloorStep(state, .wrong("not_bin", ["code": scan.code, "bin": bin])) }
        return FloorStep(state.setting("bin", 1), .right("bin", ["bin": bin]))
    }

    private func takeItem(
        _ scan: FloorScan, _ state: FloorState, _ task: TaskView, _ tote: UnitID, _ post: FloorPost, in tx: Transaction
    ) throws -> FloorStep {
        let wanted = task.quantity.rawValue, clear = state.setting("few", nil as Int64?)
        if scan.code == "*back" { return FloorStep(clear) }
        if scan.code == "*yes", state.has("few") { return try confirm(state.number("few"), task, tote, scan, post, in: tx) }
        if scan.code == "*all" { return try confirm(wanted, task, tote, scan, post, in: tx) }
        if scan.code == "*short" { return FloorStep(clear.setting("ask", 1)) }
        if let found = try FloorLookup.sku(scan.code, among: [task.sku], in: tx) {
            let count = state.number("count") + found.units
            if count == wanted { return try confirm(wanted, task, tote, scan, post, in: tx) }
            if count > wanted { return FloorStep(state, .wrong("too_many", ["wanted": "\(wanted)"])) }
            return FloorStep(clear.setting("count", count), .right("count", ["n": "\(count)", "of": "\(wanted)"]))
        }
        guard let number = scan.number, wanted > 1 || state.has("ask") else {
            return FloorStep(state, .wrong("not_item", ["code": scan.code, "sku": task.skuCode]))
        }
        if number > wanted { return FloorStep(state, .wrong("too_many", ["wanted": "\(wanted)"])) }
        if number == wanted { return try confirm(wanted, task, tote, scan, post, in: tx) }
        return FloorStep(state.setting("few", number), .warn("few", ["n": "\(number)", "of": "\(wanted)"]))
    }

    private func confirm(
        _ count: Int64, _ task: TaskView, _ tote: UnitID, _ scan: FloorScan, _ post: FloorPost, in tx: Transaction
    ) throws -> FloorStep {
        let result = PickResult(task: task.id, quantity: Quantity(count))
        try ConfirmPicks([result], into: tote, occurred: scan.occurred, actor: post.actor).run(in: tx)
        let note: FloorNote = count < task.quantity.rawValue
            ? .warn("picked_short", ["bin": task.fromLocationCode ?? ""]) : .right("picked", ["n": "\(count)", "sku": task.skuCode])
        return FloorStep(try next(tote, post, in: tx), note)
    }

    func screen(_ state: FloorState, _ post: FloorPost, _ format: Format, in tx: Transaction) throws -> FloorScreen {
        let texts = format.texts
        guard let tote = state.id("tote", UnitID.self) else {
            return FloorScreen(ask: texts["floor.pick.tote"], buttons: [.init(act: "*new", text: texts["floor.pick.new_tote"])])
        }
        try Ownership.tote(tote, at: post.site, in: tx)
        let code = try FloorLookup.code(of: tote, in: tx) ?? "", isFull = FloorScreen.Button(act: "*tote", text: texts["floor.pick.full"])
        guard let id = state.id("task", TaskID.self), let task = try TaskView.find(id, at: post.site, in: tx) else {
            return FloorScreen(
                ask: texts["floor.pick.none"], below: [texts["floor.pick.none_hint"], code], buttons: [isFull], waits: "*next")
        }
        let what = ["\(task.skuCode) · \(task.name)", task.lot.map { texts("floor.lot", ["lot": $0]) } ?? ""]
        guard state.has("bin") else {
            return FloorScreen(
                ask: texts["floor.pick.bin"], big: task.fromLocationCode ?? "", tone: .info,
                below: ["\(task.quantity) × " + what[0]], lines: try ahead(task, post, texts, in: tx), buttons: [isFull])
        }
        if state.has("few") {
            return FloorScreen(
                ask: texts["floor.pick.sure"], big: texts("floor.of", ["n": "\(state.number("few"))", "of": "\(task.quantity)"]),
                tone: .warn, below: what,
                buttons: [.init(act: "*yes", text: texts["floor.pick.yes"], tone: .bad), .init(act: "*back", text: texts["floor.no"])],
                isNumber: true)
        }
        let count = state.number("count")
        let whole = FloorScreen.Button(act: "*all", text: texts("floor.all", ["n": "\(task.quantity)"]), tone: .good)
        let short = FloorScreen.Button(act: "*short", text: texts["floor.pick.short"], tone: .warn)
        return FloorScreen(
            ask: texts[state.has("ask") ? "floor.pick.how_many" : "floor.pick.item"],
            big: count > 0 ? texts("floor.of", ["n": "\(count)", "of": "\(task.quantity)"]) : "\(task.quantity) ×", tone: .good,
            below: what + [texts("floor.into", ["code": code])],
            buttons: task.quantity > 1 ? [whole, short] : [short],
            isNumber: state.has("ask"))
    }

    /// What comes after: the worker can go on with it where the connection is gone.
    private func ahead(_ task: TaskView, _ post: FloorPost, _ texts: Texts, in tx: Transaction) throws -> [FloorScreen.Line] {
        let next = try TaskView.open(at: post.site, kind: .pick, after: task.cursor, limit: 3, in: tx)
        return next.map { FloorScreen.Line(text: "\($0.fromLocationCode ?? "") · \($0.skuCode)", side: "\($0.quantity) ×") }
    }
}
