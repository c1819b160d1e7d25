import Flows
import Kernel
import Store
import Views

/// Parcel by parcel: where it goes, and into which bag.
struct SortFloor: FloorProcess {
    let name = "sort", icon = "hub"

    func take(_ scan: FloorScan, _ state: FloorState, _ post: FloorPost, in tx: Transaction) throws -> FloorStep {
        let parcel = state.id("parcel", UnitID.self)
        switch scan.code {
        case "*later": return FloorStep(FloorState())
        case "*out":
            guard let parcel else { return FloorStep(FloorState()) }
            try PullParcels([parcel], at: post.site, desk: post.desk, occurred: scan.occurred, actor: post.actor).run(in: tx)
            return FloorStep(FloorState(), .right("pulled"))
        case "*bag":
            guard let parcel, let lane = state.id("lane", LaneID.self) else { return FloorStep(FloorState()) }
            let bag = try OpenBag(
                at: post.site, lane: lane, network: post.desk.network, occurred: scan.occurred, actor: post.actor).run(in: tx)
            return try drop(parcel, bag, scan, post, in: tx)
        default: break
        }
        let found = try ScanView.find(scan.code, post.scope, in: tx)
        if let fresh = found.parcel { return try ask(fresh, scan, post, in: tx) }
        guard let waiting = parcel else { return FloorStep(state, .wrong("not_parcel", ["code": scan.code])) }
        guard let bag = found.unit else { return FloorStep(state, .wrong("not_bag", ["code": scan.code])) }
        return try drop(waiting, bag, scan, post, in: tx)
    }

    private func ask(_ parcel: UnitID, _ scan: FloorScan, _ post: FloorPost, in tx: Transaction) throws -> FloorStep {
        let sorted = try SortParcels(
            at: post.site, [SortScan(parcel: parcel)], network: post.desk.network, occurred: scan.occurred, actor: post.actor).run(in: tx)
        guard let way = sorted.first else { return FloorStep(FloorState()) }
        let state = FloorState().setting("parcel", parcel).setting("word", way.word)
        switch way.chute {
        case .pull: return FloorStep(state.setting("way", "pull"), .pull("pull"))
        case .courier: return FloorStep(state.setting("way", "courier"), .right("way", ["way": way.word]))
        case .desk: return FloorStep(state.setting("way", "desk"), .right("desk"))
        case .lane(let lane, _, let departs):
            let next = state.setting("way", "lane").setting("lane", lane).setting("departs", departs.micros)
            return FloorStep(next, .right("way", ["way": way.word]))
        }
    }

    private func drop(
        _ parcel: UnitID, _ bag: UnitID, _ scan: FloorScan, _ post: FloorPost, in tx: Transaction
    ) throws -> FloorStep {
        let sorted = try SortParcels(
            at: post.site, [SortScan(parcel: parcel, bag: bag)], network: post.desk.network, occurred: scan.occurred, actor: post.actor
        ).run(in: tx)
        if sorted.contains(where: { $0.bag == nil }) { return try ask(parcel, scan, post, in: tx) }
        return FloorStep(FloorState(), .right("in_bag", ["bag": try FloorLookup.code(of: bag, in: tx) ?? ""]))
    }

    func screen(_ state: FloorState, _ post: FloorPost, _ format: Format, in tx: Transaction) throws -> FloorScreen {
        let texts = format.texts, word = state["word"] ?? "", later = FloorScreen.Button(act: "*later", text: texts["floor.sort.later"])
        switch state["way"] {
        case "pull":
            return FloorScreen(
                ask: texts["floor.sort.pull"], big: texts["floor.sort.pull_word"], tone: .bad,
                buttons: [.init(act: "*out", text: texts["floor.sort.out"], tone: .bad)])
        case "courier":
            return FloorScreen(ask: texts["floor.sort.courier"], big: word, tone: .good, below: [texts["floor.sort.next"]])
        case "desk":
            return FloorScreen(
                ask: texts["floor.sort.desk"], big: texts["floor.inspect.title"], tone: .good, below: [texts["floor.sort.next"]])
        case "lane":
            let bags = try state.id("lane", LaneID.self).map { try FloorLookup.openBags(of: $0, at: post.site, in: tx) } ?? []
            return FloorScreen(
                ask: texts["floor.sort.bag"], big: word, tone: .info,
                below: [texts("floor.sort.leaves", ["at": format.moment(Instant(micros: state.number("departs")))])],
                lines: bags.map { FloorScreen.Line(text: $0) },
                buttons: [.init(act: "*bag", text: texts["floor.sort.new_bag"]), later])
        default: return FloorScreen(ask: texts["floor.sort.parcel"])
        }
    }
}
