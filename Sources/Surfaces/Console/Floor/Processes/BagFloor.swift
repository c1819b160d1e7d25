import Flows
import Kernel
import Store
import Transport
import Views

/// A full bag is weighed, sealed and closed.
struct BagFloor: FloorProcess {
    let name = "bag", icon = "reserve"

    func take(_ scan: FloorScan, _ state: FloorState, _ post: FloorPost, in tx: Transaction) throws -> FloorStep {
        if scan.code == "*back" { return FloorStep(FloorState()) }
        guard let bag = state.id("bag", UnitID.self) else {
            let unit = try UnitView.find(scan.code, post.scope, in: tx)
            guard unit.filling?.state == .open else { return FloorStep(state, .wrong("not_open_bag", ["code": scan.code])) }
            if unit.pull { return FloorStep(state, .pull("bag_pull")) }
            return FloorStep(state.setting("bag", unit.id), .right("bag", ["n": "\(unit.contents.count)"]))
        }
        try Ownership.units([bag], post.scope, in: tx)
        guard state.has("weight") else {
            guard let grams = scan.number, grams > 0 else { return FloorStep(state, .wrong("not_weight", ["code": scan.code])) }
            return FloorStep(state.setting("weight", grams), .right("weighed", ["g": "\(grams)"]))
        }
        let seal = scan.code == "*none" ? nil : String(scan.code.prefix(40))
        _ = try CloseBag(
            bag, weighed: Grams(state.number("weight")), seal: seal, occurred: scan.occurred, actor: post.actor).run(in: tx)
        return FloorStep(FloorState(), .right("bag_closed", ["code": try FloorLookup.code(of: bag, in: tx) ?? ""]))
    }

    func screen(_ state: FloorState, _ post: FloorPost, _ format: Format, in tx: Transaction) throws -> FloorScreen {
        let texts = format.texts, back = FloorScreen.Button(act: "*back", text: texts["floor.back"])
        guard let id = state.id("bag", UnitID.self) else { return FloorScreen(ask: texts["floor.bag.scan"]) }
        let bag = try UnitView.find(id.description, post.scope, in: tx)
        let content = texts.count("floor.units", Int64(bag.contents.count))
        if state.has("weight") {
            return FloorScreen(
                ask: texts["floor.bag.seal"], big: format.weight(Grams(state.number("weight"))), tone: .good, below: [bag.code, content],
                buttons: [.init(act: "*none", text: texts["floor.bag.no_seal"]), back])
        }
        return FloorScreen(
            ask: texts["floor.bag.weigh"], big: content, tone: .info, below: [bag.code], buttons: [back], isNumber: true)
    }
}
