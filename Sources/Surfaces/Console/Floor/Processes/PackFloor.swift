import Flows
import Kernel
import Store
import Views

/// A tote is emptied order by order: the items are checked, the platform names the carton, the scale says the weight.
struct PackFloor: FloorProcess {
    let name = "pack", icon = "pack"

    func take(_ scan: FloorScan, _ state: FloorState, _ post: FloorPost, in tx: Transaction) throws -> FloorStep {
        if scan.code == "*tote" { return FloorStep(FloorState()) }
        if state.has("parcels") { return try weigh(scan, state, post, in: tx) }
        guard let tote = state.id("tote", UnitID.self) else { return try takeTote(scan, post, in: tx) }
        try Ownership.tote(tote, at: post.site, in: tx)
        guard let id = state.id("order", FulfillmentID.self) else { return try choose(scan, tote, state, post, in: tx) }
        return try check(scan, id, state, post, in: tx)
    }

    private func takeTote(_ scan: FloorScan, _ post: FloorPost, in tx: Transaction) throws -> FloorStep {
        guard let tote = try FloorLookup.tote(scan.code, at: post.site, in: tx) else {
            return FloorStep(FloorState(), .wrong("no_tote", ["code": scan.code]))
        }
        return try open(tote, post, last: nil, .right("tote", ["code": scan.code]), in: tx)
    }

    /// With one order in the tote it is clear which; with several the first item says.
    private func open(
        _ tote: UnitID, _ post: FloorPost, last: String?, _ note: FloorNote, in tx: Transaction
    ) throws -> FloorStep {
        let waiting = try FloorLookup.toPack(from: tote, at: post.site, in: tx)
        guard let first = waiting.first else {
            return FloorStep(FloorState().setting("last", last), last == nil ? .warn("tote_empty") : note)
        }
        let state = FloorState().setting("tote", tote).setting("last", last)
        return FloorStep(waiting.count == 1 ? state.setting("order", first) : state, note)
    }

    private func choose(
        _ scan: FloorScan, _ tote: UnitID, _ state: FloorState, _ post: FloorPost, in tx: Transaction
    ) throws -> FloorStep {
        let waiting = try FulfillmentSummary.all(FloorLookup.toPack(from: tote, at: post.site, in: tx), in: tx)
            .sorted { ($0.shipBy, $0.id) < ($1.shipBy, $1.id) }
        let skus = Set(waiting.flatMap { $0.lines.map(\.sku) }).sorted()
        guard let found = try FloorLookup.sku(scan.code, among: skus, in: tx),
            let order = waiting.first(where: { $0.lines.contains { $0.sku == found.sku && $0.picked > 0 } })
        else { return FloorStep(state, .wrong("not_in_tote", ["code": scan.code])) }
        return try check(scan, order.id, state.setting("order", order.id), post, in: tx)
    }

    private func check(
        _ scan: FloorScan, _ id: FulfillmentID, _ state: FloorState, _ post: FloorPost, in tx: Transaction
    ) throws -> FloorStep {
        try Ownership.fulfillments([id], post.scope, in: tx)
        guard let order = try FulfillmentSummary.all([id], in: tx).first else { throw NotFound("fulfillment_order", id) }
        let wanted = Self.wanted(order)
        if scan.code == "*all" { return try pack(order, scan, state, post, in: tx) }
        guard let found = try FloorLookup.sku(scan.code, among: wanted.keys.sorted(), in: tx) else {
            return FloorStep(state, .wrong("not_in_order", ["code": scan.code]))
        }
        let name = "got.\(found.sku)", got = state.number(name) + found.units
        if got > wanted[found.sku] ?? 0 { return FloorStep(state, .wrong("too_many", ["wanted": "\(wanted[found.sku] ?? 0)"])) }
        let next = state.setting(name, got)
        if wanted.allSatisfy({ next.number("got.\($0.key)") == $0.value }) { return try pack(order, scan, next, post, in: tx) }
        return FloorStep(next, .right("count", ["n": "\(got)", "of": "\(wanted[found.sku] ?? 0)"]))
    }

    private static func wanted(_ order: FulfillmentSummary) -> [SKUID: Int64] {
        Dictionary(order.lines.filter { $0.picked > 0 }.map { ($0.sku, $0.picked.rawValue) }, uniquingKeysWith: +)
    }

    private func pack(
        _ order: FulfillmentSummary, _ scan: FloorScan, _ state: FloorState, _ post: FloorPost, in tx: Transaction
    ) throws -> FloorStep {
        let parcels = try PackOrders(
            [order.id], network: post.desk.network, occurred: scan.occurred, actor: post.actor).run(in: tx)
        let next = state.keeping("tote").setting("parcels", parcels.map(\.description).joined(separator: " "))
        return FloorStep(next, .right("packed"))
    }

    private static func parcels(_ state: FloorState) -> [UnitID] {
        (state["parcels"] ?? "").split(separator: " ").compactMap { UnitID($0) }
    }

    private func weigh(_ scan: FloorScan, _ state: FloorState, _ post: FloorPost, in tx: Transaction) throws -> FloorStep {
        guard let parcel = Self.parcels(state).first else { return FloorStep(FloorState()) }
        try Ownership.parcels([parcel], post.scope, in: tx)
        if scan.code == "*aside" { return try after(parcel, state, post, .warn("aside"), in: tx) }
        guard let grams = scan.number, grams > 0 else { return FloorStep(state, .wrong("not_weight", ["code": scan.code])) }
        let weighed = try WeighParcels([(parcel, Grams(grams))], occurred: scan.occurred, actor: post.actor).run(in: tx)
        guard weighed.allSatisfy(\.isWithinTolerance) else {
            let expected = weighed.first?.expected ?? 0
            return FloorStep(state.setting("off", grams), .warn("weight_off", ["g": "\(grams)", "expected": "\(expected)"]))
        }
        return try after(parcel, state, post, .right("weighed", ["g": "\(grams)"]), in: tx)
    }

    /// The next parcel of the order, else the next order of the tote.
    private func after(
        _ parcel: UnitID, _ state: FloorState, _ post: FloorPost, _ note: FloorNote, in tx: Transaction
    ) throws -> FloorStep {
        let left = Self.parcels(state).dropFirst().map(\.description).joined(separator: " ")
        if !left.isEmpty {
            return FloorStep(state.keeping("tote").setting("parcels", left).setting("last", parcel), note)
        }
        guard let tote = state.id("tote", UnitID.self) else { return FloorStep(FloorState(), note) }
        return try open(tote, post, last: parcel.description, note, in: tx)
    }

    func screen(_ state: FloorState, _ post: FloorPost, _ format: Format, in tx: Transaction) throws -> FloorScreen {
        let texts = format.texts
        if let parcel = Self.parcels(state).first { return try box(parcel, state, post, format, in: tx) }
        var screen: FloorScreen
        if let id = state.id("order", FulfillmentID.self), let order = try own(id, post, in: tx) {
            screen = FloorScreen(
                ask: texts["floor.pack.check"], lines: lines(order, state),
                buttons: [.init(act: "*all", text: texts["floor.pack.all"], tone: .good), .init(act: "*tote", text: texts["floor.back"])])
        } else if let tote = state.id("tote", UnitID.self) {
            try Ownership.tote(tote, at: post.site, in: tx)
            let waiting = try FulfillmentSummary.all(FloorLookup.toPack(from: tote, at: post.site, in: tx), in: tx)
            screen = FloorScreen(
                ask: texts["floor.pack.item"], big: texts.count("floor.orders", Int64(waiting.count)), tone: .info,
                below: [try FloorLookup.code(of: tote, in: tx) ?? ""],
                buttons: [.init(act: "*tote", text: texts["floor.pack.other"])])
        } else {
            screen = FloorScreen(ask: texts["floor.pack.tote"])
        }
        if let last = state.id("last", UnitID.self) { screen.paper = try paper(last, post, texts, in: tx) }
        return screen
    }

    private func own(_ id: FulfillmentID, _ post: FloorPost, in tx: Transaction) throws -> FulfillmentSummary? {
        try Ownership.fulfillments([id], post.scope, in: tx)
        return try FulfillmentSummary.all([id], in: tx).first
    }

    private func lines(_ order: FulfillmentSummary, _ state: FloorState) -> [FloorScreen.Line] {
        order.lines.filter { $0.picked > 0 }.map { line in
            let got = state.number("got.\(line.sku)")
            return FloorScreen.Line(text: line.skuCode, side: "\(got) / \(line.picked)", isDone: got >= line.picked.rawValue)
        }
    }

    /// The carton for what was checked, and the scale.
    private func box(
        _ id: UnitID, _ state: FloorState, _ post: FloorPost, _ format: Format, in tx: Transaction
    ) throws -> FloorScreen {
        let texts = format.texts, parcel = try ParcelSummary.find(id, post.scope, in: tx), carton = try FloorLookup.carton(of: id, in: tx)
        let aside = FloorScreen.Button(act: "*aside", text: texts["floor.pack.aside"], tone: .warn)
        return FloorScreen(
            ask: texts["floor.pack.weigh"], big: carton?.code ?? texts["floor.pack.own_box"], tone: state.has("off") ? .warn : .info,
            below: [
                carton.map { format.size($0.size) } ?? "", texts("floor.pack.expected", ["weight": format.weight(parcel.expectedGrams)]),
                parcel.pieces > 1 ? texts("floor.pack.piece", ["n": "\(parcel.piece)", "of": "\(parcel.pieces)"]) : "",
            ],
            lines: parcel.items.map { FloorScreen.Line(text: $0.skuCode, side: "\($0.quantity) ×") },
            buttons: state.has("off") ? [aside] : [], isNumber: true, paper: try paper(id, post, texts, in: tx))
    }

    /// Its label, as soon as the carrier has given one.
    private func paper(_ id: UnitID, _ post: FloorPost, _ texts: Texts, in tx: Transaction) throws -> (path: String, text: String)? {
        let parcel = try ParcelSummary.find(id, post.scope, in: tx)
        guard parcel.labels.contains(where: { $0.state == .current }) else { return nil }
        return ("/floor/labels/\(id)", texts("floor.pack.print", ["code": String(parcel.code.suffix(6))]))
    }
}
