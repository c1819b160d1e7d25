import Facilities
import Flows
import Kernel
import Store
import Views
import Warehouse

/// From the dock, a tote or an opened parcel into a bin.
struct PutawayFloor: FloorProcess {
    let name = "putaway", icon = "stock"

    func take(_ scan: FloorScan, _ state: FloorState, _ post: FloorPost, in tx: Transaction) throws -> FloorStep {
        if scan.code == "*back" { return FloorStep(FloorState()) }
        guard let id = state.id("task", TaskID.self), let task = try TaskView.find(id, at: post.site, in: tx) else {
            return try choose(scan, post, in: tx)
        }
        guard let place = try Locations.find([scan.code], at: post.site, in: tx)[scan.code] else {
            return FloorStep(state, .wrong("not_place", ["code": scan.code]))
        }
        try PutBack(task.id, to: place.id, occurred: scan.occurred, actor: post.actor).run(in: tx)
        return FloorStep(FloorState(), .right("put", ["n": "\(task.quantity)", "sku": task.skuCode, "bin": place.code]))
    }

    private func choose(_ scan: FloorScan, _ post: FloorPost, in tx: Transaction) throws -> FloorStep {
        let open = try open(post, limit: 200, in: tx)
        let found = try FloorLookup.sku(scan.code, among: Set(open.map(\.sku)).sorted(), in: tx)
        guard let task = open.first(where: { $0.sku == found?.sku || $0.fromUnitCode == scan.code }) else {
            return FloorStep(FloorState(), .wrong("nothing_put", ["code": scan.code]))
        }
        try FloorWorkers.give(task.id, to: post.actor, at: post.site, in: tx)
        return FloorStep(FloorState().setting("task", task.id), .right("goods"))
    }

    private func open(_ post: FloorPost, limit: Int, in tx: Transaction) throws -> [TaskView] {
        try [TaskKind.putaway, .unpick].flatMap { try TaskView.open(at: post.site, kind: $0, after: nil, limit: limit, in: tx) }
    }

    func screen(_ state: FloorState, _ post: FloorPost, _ format: Format, in tx: Transaction) throws -> FloorScreen {
        let texts = format.texts
        guard let id = state.id("task", TaskID.self), let task = try TaskView.find(id, at: post.site, in: tx) else {
            let waiting = try open(post, limit: 6, in: tx)
            return FloorScreen(
                ask: texts[waiting.isEmpty ? "floor.putaway.none" : "floor.putaway.item"],
                lines: waiting.prefix(6).map { line in
                    FloorScreen.Line(
                        text: "\(line.skuCode) · \(line.fromLocationCode ?? line.fromUnitCode ?? "")", side: "\(line.quantity) ×")
                })
        }
        let bins = try FloorLookup.bins(for: task.sku, at: post.site, in: tx)
        return FloorScreen(
            ask: texts["floor.putaway.bin"], big: bins.first ?? texts["floor.putaway.any"], tone: .info,
            below: ["\(task.quantity) × \(task.skuCode) · \(task.name)", bins.dropFirst().joined(separator: " · ")],
            buttons: [.init(act: "*back", text: texts["floor.back"])])
    }
}
