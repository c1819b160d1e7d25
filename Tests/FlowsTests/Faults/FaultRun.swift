import Flows
import Foundation
import Identity
import Inventory
import Kernel
import Orders
import Store
import TestGround
import Testing

/// A client and whatever befalls the desk, from a seed; after each step the oracle and the database agree.
final class FaultRun {
    let desk: FaultDesk
    var oracle: FaultOracle
    private(set) var commands = 0
    /// How often each fault befell the desk.
    private(set) var befell: [Fault: Int] = [:]
    private var random: SeededRandom
    private var number = 0
    let seed: UInt64

    init(_ place: any FaultPlace, seed: UInt64) throws {
        let desk = try FaultDesk(place)
        self.desk = desk
        random = SeededRandom(seed: seed).fork("faults")
        self.seed = seed
        oracle = FaultOracle(bins: FaultDesk.skus.indices.map { _ in desk.sites.map { _ in FaultDesk.opening } })
        if let file = place as? FaultFile { try file.checkpoint() }
        try pragma("wal_autocheckpoint = 0")
    }

    func run(_ count: Int) throws {
        while commands < count {
            desk.jump(.seconds(Int64(1 + random.below(30))))
            let faults = desk.place.faults
            if random.below(100) < 30 { try fault(faults[random.below(faults.count)]) } else { try send(next()) }
            if commands % 7 == 0 { try desk.goOn() }
            if commands % 100 == 0 { try FaultCheck(self).whole() }
        }
        try desk.goOn()
        try FaultCheck(self).whole()
        try FaultCheck(self).audit()
    }

    // MARK: What the client wants

    private func next() -> FaultCommand {
        let sku = random.below(FaultDesk.skus.count), site = random.below(desk.sites.count)
        switch random.below(20) {
        case 0..<9: return .place((0...random.below(4)).map { _ in order() })
        case 9..<11: return known().map { .pay($0) } ?? .place([order()])
        case 11..<14: return known().map { .cancel($0) } ?? .place([order()])
        case 14..<16:
            number += 1
            return .hold(sku: sku, quantity: Int64(1 + random.below(4)), reference: "h\(number)", minutes: Int64(5 + random.below(600)))
        case 16: return oracle.holds.keys.sorted().randomElement(using: &random).map { .release($0) } ?? .place([order()])
        case 17: return .count(sku: sku, site: site, quantity: max(0, oracle.bins[sku][site] + Int64(random.below(9) - 5)))
        default:
            number += 1
            return .receive(sku: sku, site: site, quantity: Int64(1 + random.below(20)), number: "R-\(number)")
        }
    }

    private func order() -> FaultOrder {
        number += 1
        let isRecorded = random.below(5) == 0
        let skus = FaultDesk.skus.indices.filter { _ in random.below(2) == 0 }
        return FaultOrder(
            number: "O-\(number)", lines: (skus.isEmpty ? [0] : skus).map { ($0, Int64(1 + random.below(3))) },
            way: isRecorded ? .record : .place, isPaid: random.below(4) > 0, mayWait: isRecorded || random.below(6) == 0,
            placed: desk.stepper.now)
    }

    /// One that was acknowledged lately.
    private func known() -> String? {
        oracle.numbers.isEmpty ? nil : oracle.numbers[max(0, oracle.numbers.count - 1 - random.below(40))]
    }

    // MARK: Sending

    /// Sends a command whose answer arrives, and holds the desk to it.
    func send(_ command: FaultCommand) throws {
        commands += 1
        let before = try FaultCheck(self).fingerprint()
        if try acknowledge(command) {
            try FaultCheck(self).steps(command)
        } else {
            try #require(try FaultCheck(self).fingerprint() == before, "\(command) was refused and changed something; \(origin)")
        }
    }

    /// What a failing run is told apart by.
    var origin: String { "seed \(seed), command \(commands)" }

    /// False where it was refused altogether. Any other error than a refusal is thrown.
    @discardableResult
    private func acknowledge(_ command: FaultCommand) throws -> Bool {
        do {
            return try take(command)
        } catch is any Refusal {
            return false
        }
    }

    private func take(_ command: FaultCommand) throws -> Bool {
        let (stepper, merchant) = (desk.stepper, desk.merchant)
        switch command {
        case .place(let orders): return try place(orders)
        case .pay(let number):
            guard let known = oracle.orders[number] else { return false }
            try stepper.perform([SetPayment(known.id, merchant: merchant, .paid, desk: desk.desk)])[0].get()
            oracle.paid(number)
        case .cancel(let number):
            guard let known = oracle.orders[number] else { return false }
            let answer = try stepper.perform(CancelOrder(known.id, merchant: merchant, reason: "changed", actor: "client"))
            try #require(
                answer.answer == (known.isCancelled ? .refused : .accepted), "\(number) answered \(answer.answer); \(origin)")
            oracle.cancelled(number)
        case .hold(let sku, let quantity, let reference, let minutes):
            let id = try stepper.perform(
                HoldStock(
                    merchant: merchant, lines: [.init(sku: FaultDesk.skus[sku], quantity: Quantity(quantity))],
                    reference: reference, expires: stepper.now + .minutes(minutes)))
            oracle.held(reference, as: id)
        case .release(let reference):
            guard let id = oracle.holds[reference] else { return false }
            try stepper.perform(ReleaseHold(id))
        case .count(let sku, let site, let quantity):
            _ = try stepper.perform(
                CountBin(
                    location: desk.bins[site][sku], owner: merchant, sku: desk.skus[sku], counted: Quantity(quantity),
                    occurred: stepper.now, actor: "counter"))
            oracle.counted(quantity, sku: sku, site: site)
        case .receive(let sku, let site, let quantity, let number):
            try stepper.perform(
                ReceiveShipment(
                    merchant: merchant, site: desk.sites[site], number: number, sku: desk.skus[sku], quantity: Quantity(quantity),
                    bin: desk.bins[site][sku]))
            oracle.received(number, quantity, sku: sku, site: site)
        }
        return true
    }

    private func place(_ orders: [FaultOrder]) throws -> Bool {
        var taken = 0
        for (order, answer) in zip(orders, desk.stepper.perform(orders.map(desk.flow))) {
            switch answer {
            case .success(let placed):
                taken += 1
                let known = oracle.orders[order.number]
                try #require(known == nil || known?.id == placed.order, "\(order.number) was taken twice; \(origin)")
                try #require(known == nil || placed.isRepeat, "\(order.number) was done again; \(origin)")
                try #require(
                    order.mayWait || placed.waiting == 0 || placed.isRepeat, "\(order.number) was placed without goods; \(origin)")
                oracle.took(order, as: placed.order)
            case .failure(is any Refusal): break
            case .failure(let error): throw error
            }
        }
        return taken > 0
    }

    // MARK: What befalls it

    private func fault(_ fault: Fault) throws {
        befell[fault, default: 0] += 1
        switch fault {
        case .lostReply: try unheard(next())
        case .duplicate: try again()
        case .clockJump: desk.jump(random.below(3) == 0 ? .minutes(-Int64(random.below(120))) : .minutes(Int64(random.below(4000))))
        case .cut:
            guard let server = desk.place as? FaultServer else { return }
            let cut = [CuttingProxy.Cut.before, .after, .amid][random.below(3)]
            server.proxy.arm(cut, outage: random.below(4) == 0 ? 0.05 : 0)
            try send(next())
        default:
            guard let file = desk.place as? FaultFile else { return }
            try self.fault(fault, file)
        }
    }

    private func fault(_ fault: Fault, _ file: FaultFile) throws {
        let command = next()
        switch fault {
        case .busy:
            try file.lock(for: 0.01)
            try send(command)
        case .diskFull: try fill(command)
        case .crashBefore:
            // The log may hold pages of a transaction that never committed.
            commands += 1
            _ = try? desk.stepper.perform(Interrupted(flows: flows(command), copy: file.copy))
            try restart(file)
        case .crashAfter:
            try send(command)
            try file.copy.make()
            try restart(file)
        case .tornWrite:
            try tear(command, file)
        default: break
        }
    }

    private func flows(_ command: FaultCommand) -> [PlaceOrder] {
        if case .place(let orders) = command { orders.map(desk.flow) } else { [] }
    }

    /// A part of the command's write did not reach the disk: it was done whole, or not at all.
    private func tear(_ command: FaultCommand, _ file: FaultFile) throws {
        let stood = oracle, before = try file.log().count
        commands += 1
        _ = try acknowledge(command)
        let taken = Set(oracle.numbers).subtracting(stood.numbers)
        oracle = stood
        let after = try file.log()
        var torn = after.prefix(before + random.below(max(0, after.count - before) + 1))
        if random.below(2) == 0 { torn.append(contentsOf: (0..<512).map { _ in UInt8(random.below(256)) }) }
        try file.copy.make(log: Data(torn))
        try reopen(file)
        let standing = try FaultCheck(self).standing(taken.sorted())
        try #require(standing == 0 || standing == taken.count, "\(standing) of \(taken.count) of a batch stand; \(origin)")
        try resend(command)
        try FaultCheck(self).whole()
    }

    private func restart(_ file: FaultFile) throws {
        try reopen(file)
        try FaultCheck(self).whole()
    }

    private func reopen(_ file: FaultFile) throws {
        try desk.open(again: file.restart())
        try file.clean()
        try file.checkpoint()
        try pragma("wal_autocheckpoint = 0")
    }

    /// The answer gets lost: the client asks again and goes by what it hears then.
    private func unheard(_ command: FaultCommand) throws {
        commands += 1
        let stood = oracle
        _ = try acknowledge(command)
        oracle = stood
        try resend(command)
    }

    /// Asks again what may have been done; a shipment and a hold are looked for first.
    private func resend(_ command: FaultCommand) throws {
        switch command {
        case .receive(let sku, let site, let quantity, let number):
            if try FaultCheck(self).stands(shipment: number) { oracle.received(number, quantity, sku: sku, site: site); return }
        case .hold(_, _, let reference, _):
            if let id = try FaultCheck(self).hold(reference) { oracle.held(reference, as: id); return }
        case .cancel(let number):
            if let known = oracle.orders[number], try FaultCheck(self).isCancelled(known.id) { oracle.cancelled(number); return }
        default: break
        }
        _ = try acknowledge(command)
        try FaultCheck(self).steps(command)
    }

    /// The same request again is answered as before; the same number with other content is refused.
    private func again() throws {
        guard let number = known(), let known = oracle.orders[number] else { return }
        try send(.place([known.order]))
        let other = FaultOrder(
            number: number, lines: known.order.lines.map { ($0.sku, $0.quantity + 1) }, way: known.order.way, isPaid: known.order.isPaid,
            mayWait: known.order.mayWait, placed: known.order.placed)
        let before = try FaultCheck(self).fingerprint()
        try #require(throws: PlaceOrderRefused.self) { _ = try desk.stepper.perform(desk.flow(other)) }
        try #require(try FaultCheck(self).fingerprint() == before, "\(number) with other content changed something; \(origin)")
    }

    /// No page may be added: what cannot be written is not acknowledged and changes nothing.
    private func fill(_ command: FaultCommand) throws {
        let pages = try desk.stepper.read { try $0.value("PRAGMA page_count", as: Int64.self) } ?? 0
        try pragma("max_page_count = \(pages)")
        for command in [command, next()] {
            let before = try FaultCheck(self).fingerprint()
            commands += 1
            do {
                if try acknowledge(command) { try FaultCheck(self).steps(command) }
            } catch is StoreError {
                try #require(try FaultCheck(self).fingerprint() == before, "\(command) failed and changed something; \(origin)")
            }
        }
        try pragma("max_page_count = 1073741823")
    }

    private func pragma(_ text: String) throws {
        guard desk.place is FaultFile else { return }
        try desk.stepper.read { try $0.connection.query(SQL(verbatim: "PRAGMA \(text)")) { _ in } }
    }
}

/// Orders whose process ends before the commit.
private struct Interrupted: Flow {
    struct Gone: Error {}
    let flows: [PlaceOrder]
    let copy: FaultFile.Copy

    func run(in tx: Transaction) throws {
        for flow in flows { _ = try? tx.attempt { try flow.run(in: tx) } }
        try copy.make()
        throw Gone()
    }
}
