import Flows
import Inventory
import Kernel
import Orders
import Store
import TestGround
import Testing
import Views

/// Random orders placed, edited, held, split, merged, cancelled and released, each step held against the oracle.
final class LifeRun {
    private let ground: CommitmentGround
    private var random: SeededRandom
    private var oracle: LifeOracle
    private var number = 0
    private(set) var answers: [String: Int] = [:]

    init(_ database: TestDatabase, seed: UInt64) throws {
        ground = try CommitmentGround(database, stock: [40, 0], other: [25, 0])
        random = SeededRandom(seed: seed)
        oracle = LifeOracle(stock: ["A": 40, "B": 25])
    }

    func run(_ steps: Int, seed: UInt64) throws {
        for step in 0..<steps {
            let what = try act()
            answers[what, default: 0] += 1
            let wrong = try ground.wrong() + differences()
            guard wrong.isEmpty else {
                Issue.record("seed \(seed), step \(step), \(what): \(wrong)")
                return
            }
        }
    }

    private func act() throws -> String {
        switch random.below(20) {
        case 0..<6: try place()
        case 6..<12: try edit()
        case 12..<14: try split()
        case 14..<16: try merge()
        case 16: try cancel()
        case 17: try hold()
        case 18: try letGo()
        default: try release()
        }
    }

    /// Does it, and holds the answer against what was expected; answers whether it was done.
    private func expect<F: Flow>(_ flow: F, _ code: String, _ what: String) throws -> F.Answer? {
        let before = try ground.rows()
        do {
            let answer = try ground.stepper.perform(flow)
            #expect(code == "ok", "\(what) was done")
            return answer
        } catch let refusal as any Refusal {
            #expect(refusal.code == code, "\(what): \(refusal.message)")
            #expect(try ground.rows() == before, "\(what) was refused and changed something")
            return nil
        }
    }

    private func lines() -> [LifeOracle.Line] {
        (0..<1 + random.below(3)).map { _ in
            LifeOracle.Line(sku: ["A", "B", "KIT"][random.below(3)], quantity: Int64(1 + random.below(3)), price: oracle.price())
        }
    }

    private func asked(_ lines: [LifeOracle.Line]) -> [OrderRequest.Line] {
        lines.map { CommitmentGround.line($0.sku, $0.quantity, price: $0.price) }
    }

    private func place() throws -> String {
        number += 1
        let shopper = ["Ada", "Bob"][random.below(2)], lines = lines()
        var request = ground.order("P-\(number)", for: shopper, [])
        request.lines = asked(lines)
        let code = oracle.fits(lines) ? "ok" : "inventory.stock_short"
        guard let placed = try expect(PlaceOrder(request, desk: ground.network.desk), code, "place") else { return "place refused" }
        oracle.orders.append(LifeOracle.Order(id: placed.order, shopper: shopper, lines: lines))
        return "place"
    }

    private func edit() throws -> String {
        guard !oracle.orders.isEmpty else { return "nothing" }
        let index = random.below(oracle.orders.count), stale = random.below(8) == 0
        var wanted = oracle.orders[index].lines
        // Mostly what is begun stays.
        let free = wanted.indices.filter { !wanted[$0].isBegun || random.below(4) == 0 }
        if let at = free.isEmpty ? nil : free[random.below(free.count)] {
            switch random.below(4) {
            case 0 where wanted.count > 1: wanted.remove(at: at)
            case 1: wanted[at].price = oracle.price()
            case 2: wanted[at].quantity += 1
            default: wanted[at].quantity = max(1, wanted[at].quantity - 1)
            }
        }
        if random.below(3) == 0 || wanted.isEmpty { wanted += lines() }
        let order = oracle.orders[index]
        let isSame = wanted.count == order.lines.count && zip(wanted, order.lines).allSatisfy { $0.isSame($1) }
        let flow = EditOrder(
            order.id, merchant: ground.merchant, .init(lines: asked(wanted)), seen: stale ? order.version + 1 : order.version,
            acceptLater: true, desk: ground.network.desk, actor: "test")
        let code = oracle.answer(index, wanted, stale: stale)
        guard let answer = try expect(flow, code, "edit of \(order.id)") else { return "edit refused" }
        #expect(answer.outcome == (isSame ? .unchanged : .edited))
        if isSame { return "edit unchanged" }
        oracle.orders[index].version += 1
        oracle.orders[index].lines = wanted
        try look(index)
        return "edit"
    }

    private func split() throws -> String {
        guard !oracle.orders.isEmpty else { return "nothing" }
        let index = random.below(oracle.orders.count), order = oracle.orders[index]
        guard !order.lines.isEmpty else { return "nothing" }
        let at = random.below(order.lines.count), line = order.lines[at]
        let quantity = Int64(1 + random.below(Int(line.quantity)))
        let stands = try ground.stepper.read { try OrderEdits.lines(of: order.id, in: $0) }
        let begun = try begun(order.id)
        let same = stands.first { one in
            one.unitPrice == line.price && one.quantity.rawValue == line.quantity && begun.contains(one.id) == line.isBegun
        }
        guard let id = same?.id else {
            Issue.record("\(order.id) has lost the line at \(line.price)")
            return "lost"
        }
        let isWhole = order.lines.count == 1 && quantity == line.quantity
        let code = !order.isOpen ? "order.ended" : isWhole ? "order.split_whole" : line.isBegun ? "order.line_in_work" : "ok"
        let flow = SplitOrder(
            order.id, merchant: ground.merchant, [.init(id, Quantity(quantity))], acceptLater: true, desk: ground.network.desk,
            actor: "test")
        guard let answer = try expect(flow, code, "split of \(order.id)") else { return "split refused" }
        oracle.orders[index].lines[at].quantity -= quantity
        oracle.orders[index].lines.removeAll { $0.quantity == 0 }
        oracle.orders[index].version += 1
        var part = LifeOracle.Order(
            id: answer.order, shopper: order.shopper, lines: [.init(sku: line.sku, quantity: quantity, price: line.price)])
        part.holds = order.holds
        oracle.orders.append(part)
        return "split"
    }

    private func merge() throws -> String {
        guard oracle.orders.count > 1 else { return "nothing" }
        let into = random.below(oracle.orders.count), from = random.below(oracle.orders.count)
        guard into != from else { return "nothing" }
        let (one, other) = (oracle.orders[into], oracle.orders[from])
        let code =
            !one.isOpen || !other.isOpen
            ? "order.ended"
            : one.shopper != other.shopper
                ? "order.merge_different" : (one.lines + other.lines).contains(where: \.isBegun) ? "order.line_in_work" : "ok"
        let flow = MergeOrders(
            into: one.id, [other.id], merchant: ground.merchant, acceptLater: true, desk: ground.network.desk, actor: "test")
        guard try expect(flow, code, "merge of \(other.id) into \(one.id)") != nil else { return "merge refused" }
        oracle.orders[into].lines += other.lines
        oracle.orders[into].version += 1
        oracle.orders[into].holds.formUnion(other.holds)
        oracle.orders[from].lines = []
        oracle.orders[from].version += 1
        oracle.orders[from].holds = []
        oracle.orders[from].isOpen = false
        return "merge"
    }

    private func cancel() throws -> String {
        guard !oracle.orders.isEmpty else { return "nothing" }
        let index = random.below(oracle.orders.count), order = oracle.orders[index]
        let answer = try ground.stepper.perform(CancelOrder(order.id, merchant: nil, reason: "test", actor: "test"))
        #expect(answer.answer == (order.isOpen ? .accepted : .refused))
        oracle.orders[index].isOpen = false
        for at in oracle.orders[index].lines.indices { oracle.orders[index].lines[at].isBegun = false }
        return "cancel"
    }

    private func hold() throws -> String {
        guard !oracle.orders.isEmpty else { return "nothing" }
        let index = random.below(oracle.orders.count), order = oracle.orders[index], kind = ["fraud", "address"][random.below(2)]
        let flow = HoldOrder(order.id, merchant: nil, kind: kind, reason: "test")
        guard try expect(flow, order.isOpen ? "ok" : "order.ended", "hold of \(order.id)") != nil else { return "hold refused" }
        oracle.orders[index].holds.insert(kind)
        return "hold"
    }

    private func letGo() throws -> String {
        guard let index = oracle.orders.firstIndex(where: { !$0.holds.isEmpty }), let kind = oracle.orders[index].holds.sorted().first
        else { return "nothing" }
        try ground.stepper.perform(HoldOrder(oracle.orders[index].id, merchant: nil, kind: kind, reason: nil))
        oracle.orders[index].holds.remove(kind)
        return "let go"
    }

    private func release() throws -> String {
        let site = ground.network.sites[0], until = ground.stepper.now + .days(30)
        _ = try ground.stepper.perform(ReleaseWave(site: site, until: until, limit: 1 + random.below(3)))
        for index in oracle.orders.indices where oracle.orders[index].isOpen {
            let before = oracle.orders[index].lines.filter(\.isBegun).count
            try look(index)
            let order = oracle.orders[index]
            #expect(order.holds.isEmpty || order.lines.filter(\.isBegun).count == before, "\(order.id) was held")
        }
        return "release"
    }

    /// Which lines a wave took is the floor's to say.
    private func look(_ index: Int) throws {
        let order = oracle.orders[index].id, begun = try begun(order)
        let stands = try ground.stepper.read { try OrderEdits.lines(of: order, in: $0) }.filter { begun.contains($0.id) }
        for at in oracle.orders[index].lines.indices { oracle.orders[index].lines[at].isBegun = false }
        for line in stands {
            let at = oracle.orders[index].lines.firstIndex {
                !$0.isBegun && $0.price == line.unitPrice && $0.quantity == line.quantity.rawValue
            }
            if let at { oracle.orders[index].lines[at].isBegun = true }
        }
    }

    private func begun(_ order: OrderID) throws -> Set<LineID> {
        try ground.stepper.read { tx in
            let heads = try Fulfillments.of([order], in: tx).filter { $0.state == .released }
            let parts = Set(heads.flatMap { $0.lines.filter { $0.quantity > 0 }.map(\.component) })
            return Set(try OrderRecords.components(of: [order], in: tx).filter { parts.contains($0.id) }.map(\.line))
        }
    }

    /// Where the orders and the stock are not what they should be.
    private func differences() throws -> [String] {
        var found: [String] = []
        for order in oracle.orders {
            let stands = try ground.details(order.id)
            let lines = stands.lines.map { "\($0.skuCode) \($0.quantity) at \($0.unitPrice.minor)" }.sorted()
            let due = order.lines.map { "\($0.sku) \($0.quantity) at \($0.price)" }.sorted()
            if lines != due { found.append("\(order.id) has \(lines), not \(due)") }
            if (stands.state == .open) != order.isOpen { found.append("\(order.id) is \(stands.state)") }
            if stands.version != order.version { found.append("\(order.id) has version \(stands.version), not \(order.version)") }
            let kinds = Set(stands.holds.map(\.kind))
            if order.isOpen, kinds != order.holds { found.append("\(order.id) is held by \(kinds.sorted())") }
            let total = order.lines.reduce(0) { $0 + $1.quantity * $1.price }
            if stands.money.total.minor != total { found.append("\(order.id) comes to \(stands.money.total), not \(total)") }
        }
        let skus = ["A": ground.network.sku, "B": ground.other]
        for (code, sku) in skus.sorted(by: { $0.key < $1.key }) {
            let all = try ground.stepper.read { try Supply.load(of: [sku], locked: false, in: $0)[sku] ?? [] }
            let reserved = all.reduce(Quantity(0)) { $0 + $1.reserved }.rawValue
            if reserved != oracle.reserved(code) { found.append("\(reserved) of \(code) are reserved, not \(oracle.reserved(code))") }
        }
        return found
    }
}
