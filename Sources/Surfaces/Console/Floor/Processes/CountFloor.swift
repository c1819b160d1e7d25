import Facilities
import Flows
import Kernel
import Store
import Views

/// What lies in a bin. The expected number is not shown, so that it is counted and not read.
struct CountFloor: FloorProcess {
    let name = "count", icon = "count"

    func take(_ scan: FloorScan, _ state: FloorState, _ post: FloorPost, in tx: Transaction) throws -> FloorStep {
        if scan.code == "*bin" { return FloorStep(FloorState()) }
        if scan.code == "*back" { return FloorStep(state.keeping("bin")) }
        if let place = try Locations.find([scan.code], at: post.site, in: tx)[scan.code] {
            return FloorStep(FloorState().setting("bin", place.id), .right("bin", ["bin": place.code]))
        }
        guard let bin = state.id("bin", LocationID.self) else { return FloorStep(state, .wrong("not_place", ["code": scan.code])) }
        try Ownership.locations([bin], post.scope, in: tx)
        guard let sku = state.id("sku", SKUID.self) else { return try choose(scan, bin, state, post, in: tx) }
        if try FloorLookup.sku(scan.code, among: [sku], in: tx) != nil {
            let n = state.number("n") + 1
            return FloorStep(state.setting("n", n), .right("again", ["n": "\(n)"]))
        }
        let counted = scan.code == "*done" ? state.number("n") : scan.number
        guard let counted else { return FloorStep(state, .wrong("not_count", ["code": scan.code])) }
        let found = try CountSKU(
            location: bin, sku: sku, counted: Quantity(counted), occurred: scan.occurred, actor: post.actor).run(in: tx)
        let said = ["before": "\(found.before)", "after": "\(found.after)"]
        return FloorStep(state.keeping("bin"), found.before == found.after ? .right("counted", said) : .warn("counted_other", said))
    }

    private func choose(
        _ scan: FloorScan, _ bin: LocationID, _ state: FloorState, _ post: FloorPost, in tx: Transaction
    ) throws -> FloorStep {
        let here = try FloorLookup.sku(scan.code, among: FloorLookup.held(in: bin, in: tx), in: tx)?.sku
        let other = try here ?? BarcodeView.find(scan.code, post.scope, in: tx).first?.sku
        guard let other else { return FloorStep(state, .wrong("no_goods", ["code": scan.code])) }
        return FloorStep(state.setting("sku", other).setting("n", 1), here == nil ? .warn("not_expected") : .right("goods"))
    }

    func screen(_ state: FloorState, _ post: FloorPost, _ format: Format, in tx: Transaction) throws -> FloorScreen {
        let texts = format.texts
        guard let bin = state.id("bin", LocationID.self), let place = try Locations.find([bin], in: tx)[bin], place.site == post.site
        else { return FloorScreen(ask: texts["floor.count.bin"]) }
        guard let sku = state.id("sku", SKUID.self), let goods = try FloorLookup.skus([sku], in: tx)[sku] else {
            let held = try FloorLookup.skus(FloorLookup.held(in: bin, in: tx), in: tx).values.sorted { $0.code < $1.code }
            return FloorScreen(
                ask: texts["floor.count.item"], big: place.code, tone: .info, lines: held.prefix(20).map { .init(text: $0.code) },
                buttons: [.init(act: "*bin", text: texts["floor.count.other"])])
        }
        try Ownership.skus([sku], post.scope, in: tx)
        return FloorScreen(
            ask: texts["floor.count.how_many"], big: "\(state.number("n"))", tone: .good,
            below: ["\(goods.code) · \(goods.name)", place.code],
            buttons: [
                .init(act: "*done", text: texts("floor.count.done", ["n": "\(state.number("n"))"]), tone: .good),
                .init(act: "*back", text: texts["floor.back"]),
            ], isNumber: true)
    }
}
