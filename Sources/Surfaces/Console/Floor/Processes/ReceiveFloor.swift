import Facilities
import Flows
import Inventory
import Kernel
import Store
import Views

/// What stands on the dock: the shipment, then each kind of goods with its count and whether it is damaged.
struct ReceiveFloor: FloorProcess {
    let name = "receive", icon = "inbound"

    func take(_ scan: FloorScan, _ state: FloorState, _ post: FloorPost, in tx: Transaction) throws -> FloorStep {
        if scan.code == "*leave" { return FloorStep(FloorState()) }
        guard let id = state.id("asn", ASNID.self) else {
            guard let found = try FloorLookup.asn(scan.code, at: post.site, in: tx) else {
                return FloorStep(state, .wrong("no_asn", ["code": scan.code]))
            }
            return FloorStep(state.setting("asn", found), .right("asn"))
        }
        try Ownership.asns([id], post.scope, in: tx)
        if let sku = state.id("sku", SKUID.self) { return try count(scan, sku, id, state, post, in: tx) }
        return try choose(scan, id, state, post, in: tx)
    }

    private func choose(
        _ scan: FloorScan, _ id: ASNID, _ state: FloorState, _ post: FloorPost, in tx: Transaction
    ) throws -> FloorStep {
        let home = state.keeping("asn")
        switch scan.code {
        case "*end": return FloorStep(home.setting("end", 1))
        case "*back": return FloorStep(home)
        case "*yes" where state.has("end"):
            try CloseASN(id).run(in: tx)
            return FloorStep(FloorState(), .right("asn_closed"))
        default: break
        }
        let asn = try ASNView.find(id, post.scope, in: tx)
        let found = try FloorLookup.sku(scan.code, among: asn.lines.map(\.sku), in: tx)
            ?? FloorLookup.sku(scan.code, of: asn.merchant, in: tx)
        guard let found else { return FloorStep(state, .wrong("no_sku", ["code": scan.code])) }
        let next = home.setting("sku", found.sku).setting("units", found.units).setting("n", 1)
        if asn.lines.contains(where: { $0.sku == found.sku }) { return FloorStep(next, .right("goods")) }
        return FloorStep(next, .warn("not_announced"))
    }

    private func count(
        _ scan: FloorScan, _ sku: SKUID, _ id: ASNID, _ state: FloorState, _ post: FloorPost, in tx: Transaction
    ) throws -> FloorStep {
        guard let goods = try FloorLookup.skus([sku], in: tx)[sku] else { throw NotFound("SKU", sku) }
        if scan.code == "*back" { return FloorStep(state.keeping("asn")) }
        if scan.code == "*damaged" {
            return FloorStep(state.setting("damaged", state.has("damaged") ? nil : 1 as Int64?))
        }
        if !goods.isMeasured, !state.has("size") {
            guard Self.measure(scan.code) != nil else { return FloorStep(state, .wrong("not_size", ["code": scan.code])) }
            return FloorStep(state.setting("size", scan.code), .right("size"))
        }
        if goods.lotTracked, !state.has("lot") {
            return scan.isCommand ? FloorStep(state) : FloorStep(state.setting("lot", scan.code), .right("lot"))
        }
        let n = state.number("n")
        if scan.code == "*done" { return try receive(n, goods, id, scan, state, post, in: tx) }
        if try FloorLookup.sku(scan.code, among: [sku], in: tx)?.sku == sku {
            return FloorStep(state.setting("n", n + 1), .right("again", ["n": "\(n + 1)"]))
        }
        guard let number = scan.number, number > 0 else { return FloorStep(state, .wrong("not_count", ["code": scan.code])) }
        return try receive(number, goods, id, scan, state, post, in: tx)
    }

    private func receive(
        _ n: Int64, _ goods: FloorSKU, _ id: ASNID, _ scan: FloorScan, _ state: FloorState, _ post: FloorPost, in tx: Transaction
    ) throws -> FloorStep {
        let isDamaged = state.has("damaged"), all = n * max(1, state.number("units"))
        let place = try isDamaged ? Locations.all(at: post.site, kind: .hold, in: tx).first : nil
        guard let place = try place ?? Locations.all(at: post.site, kind: .dock, in: tx).first else {
            return FloorStep(state, .wrong("no_dock"))
        }
        let line = ReceivedLine(
            sku: goods.id, quantity: Quantity(all), lotCode: state["lot"], measured: state["size"].flatMap(Self.measure),
            condition: isDamaged ? .damaged : .new)
        _ = try ReceiveASN(id, at: place.id, [line], occurred: scan.occurred, actor: post.actor).run(in: tx)
        let said = ["n": "\(all)", "sku": goods.code, "place": place.code]
        return FloorStep(state.keeping("asn"), isDamaged ? .warn("received_damaged", said) : .right("received", said))
    }

    /// Four numbers: length, width and height in millimetres, and grams.
    private static func measure(_ text: String) -> (size: Dimensions, weight: Grams)? {
        let numbers = text.split { " x*,".contains($0) }.compactMap { Int64($0) }
        guard numbers.count == 4, numbers.allSatisfy({ $0 > 0 && $0 < 1_000_000 }) else { return nil }
        let size = Dimensions(length: Millimetres(numbers[0]), width: Millimetres(numbers[1]), height: Millimetres(numbers[2]))
        return (size, Grams(numbers[3]))
    }

    func screen(_ state: FloorState, _ post: FloorPost, _ format: Format, in tx: Transaction) throws -> FloorScreen {
        let texts = format.texts
        guard let id = state.id("asn", ASNID.self) else {
            let due = try ASNView.page(ASNFilter(site: post.site, state: .announced), post.scope, after: nil, limit: 5, in: tx)
            return FloorScreen(
                ask: texts["floor.receive.asn"],
                lines: due.map { FloorScreen.Line(text: $0.number, side: format.moment($0.expectedAt)) })
        }
        let asn = try ASNView.find(id, post.scope, in: tx)
        if let sku = state.id("sku", SKUID.self), let goods = try FloorLookup.skus([sku], in: tx)[sku], goods.merchant == asn.merchant {
            return self.goods(goods, state, texts)
        }
        if state.has("end") {
            return FloorScreen(
                ask: texts["floor.receive.sure"], big: asn.number, tone: .warn, lines: lines(asn),
                buttons: [.init(act: "*yes", text: texts["floor.receive.yes"], tone: .bad), .init(act: "*back", text: texts["floor.no"])])
        }
        return FloorScreen(
            ask: texts["floor.receive.item"], big: asn.number, tone: .info, lines: lines(asn),
            buttons: [.init(act: "*end", text: texts["floor.receive.end"]), .init(act: "*leave", text: texts["floor.receive.other"])])
    }

    private func goods(_ goods: FloorSKU, _ state: FloorState, _ texts: Texts) -> FloorScreen {
        let what = "\(goods.code) · \(goods.name)", back = FloorScreen.Button(act: "*back", text: texts["floor.back"])
        if !goods.isMeasured, !state.has("size") {
            return FloorScreen(
                ask: texts["floor.receive.size"], below: [what, texts["floor.receive.size_hint"]], buttons: [back])
        }
        if goods.lotTracked, !state.has("lot") { return FloorScreen(ask: texts["floor.receive.lot"], below: [what], buttons: [back]) }
        let units = state.number("units"), isDamaged = state.has("damaged")
        return FloorScreen(
            ask: texts["floor.receive.count"], big: "\(state.number("n")) ×", tone: isDamaged ? .warn : .good,
            below: [
                what, units > 1 ? texts("floor.receive.case", ["n": "\(units)"]) : "", isDamaged ? texts["floor.receive.damaged"] : "",
            ],
            buttons: [
                .init(act: "*done", text: texts("floor.receive.done", ["n": "\(state.number("n") * max(1, units))"]), tone: .good),
                .init(act: "*damaged", text: texts[isDamaged ? "floor.receive.fine" : "floor.receive.is_damaged"], tone: .warn), back,
            ], isNumber: true)
    }

    private func lines(_ asn: ASNView) -> [FloorScreen.Line] {
        asn.lines.prefix(30).map {
            FloorScreen.Line(text: $0.skuCode, side: "\($0.received) / \($0.expected)", isDone: $0.received >= $0.expected)
        }
    }
}
