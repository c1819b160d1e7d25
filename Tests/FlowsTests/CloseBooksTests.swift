import Kernel
import Rehearsal
import Store
import TestGround
import Testing

@testable import Flows
@testable import Inventory
@testable import Views

/// The stock book closed by period.
@Suite struct CloseBooksTests {
    @Test(arguments: EngineKind.all)
    func `an audit from the close equals one from the beginning, wherever the closing stops`(_ kind: EngineKind) throws {
        try withStepper(kind, migrations: Assembly.migrations) { stepper in
            var random = SeededRandom(seed: 7)
            for _ in 0..<20 { try Self.move(10, &random, on: stepper) }
            let asOf = stepper.now - .days(3)
            _ = try stepper.perform(InPlace { try Books.begin(asOf: asOf, in: $0) })
            var steps = 0
            while let close = try stepper.perform(InPlace { try Books.carry(limit: 13, in: $0) }) {
                steps += 1
                try Self.move(1, &random, on: stepper)
                #expect(try Self.findings(stepper) == [])
                if close.state == .closed { break }
                // Whoever begins anew goes on with what was begun.
                #expect(try stepper.perform(InPlace { try Books.begin(asOf: asOf, in: $0) }).id == close.id)
            }
            #expect(steps > 5)
            let closed = try #require(try stepper.read { try Books.closes(limit: 1, in: $0) }.first)
            let older = try stepper.read { try $0.value("SELECT COUNT(*) FROM movement WHERE recorded_at < \(asOf)", as: Int64.self) }
            #expect(closed.state == .closed && closed.movements == older)
        }
    }

    @Test(arguments: EngineKind.all)
    func `a wrong balance is found by name, in the book and in the close`(_ kind: EngineKind) throws {
        try withStepper(kind, migrations: Assembly.migrations) { stepper in
            var random = SeededRandom(seed: 8)
            for _ in 0..<10 { try Self.move(10, &random, on: stepper) }
            let close = try stepper.perform(CloseBooksNow())
            #expect(close.state == .closed)
            let place = try #require(
                try stepper.read { try $0.value("SELECT place FROM book_balance ORDER BY place, sku LIMIT 1", as: LocationID.self) })
            _ = try stepper.perform(InPlace { try $0.run("UPDATE book_balance SET on_hand = on_hand + 1 WHERE place = \(place)") })
            let found = try Self.findings(stepper)
            #expect(Set(found.map(\.check)) == ["stock.on_hand", "book.balance"])
            #expect(found.allSatisfy { $0.sentence.contains(place.description) || $0.check == "stock.on_hand" })
        }
    }

    @Test(arguments: EngineKind.all)
    func `nothing is written into a closed period`(_ kind: EngineKind) throws {
        try withStepper(kind, migrations: Assembly.migrations) { stepper in
            var random = SeededRandom(seed: 9)
            for _ in 0..<5 { try Self.move(5, &random, on: stepper) }
            _ = try stepper.perform(CloseBooksNow())
            let written = try stepper.read { try $0.value("SELECT COUNT(*) FROM movement", as: Int.self) }
            // As if this node's clock were three days behind that of the node which closes.
            let ahead = IDGenerator.last(before: stepper.now + .days(2))
            _ = try stepper.perform(InPlace { try $0.run("UPDATE book_close SET upto = \(ahead), last_movement = \(ahead)") })
            let late = InPlace { tx in try StockBook.post([Self.movement(1, 1, at: tx.now)], in: tx) }
            #expect(throws: StoreError.self) { _ = try stepper.perform(late) }
            #expect(try stepper.read { try $0.value("SELECT COUNT(*) FROM movement", as: Int.self) } == written)
        }
    }

    @Test(arguments: EngineKind.all)
    func `a period is a day old, and closed once`(_ kind: EngineKind) throws {
        try withStepper(kind, migrations: Assembly.migrations) { stepper in
            let now = stepper.now
            #expect(throws: Books.Refused.tooRecent(now - .hours(23), latest: now - .days(1))) {
                _ = try stepper.perform(CloseBooksNow(asOf: now - .hours(23)))
            }
            let first = try stepper.perform(CloseBooksNow())
            #expect(first.state == .closed)
            #expect(throws: Books.Refused.closed(now - .days(1))) { _ = try stepper.perform(CloseBooksNow()) }
        }
    }

    @Test(arguments: EngineKind.all)
    func `the clock closes each day, as much as one transaction takes at a time`(_ kind: EngineKind) throws {
        try withStepper(kind, migrations: Assembly.migrations) { stepper in
            var random = SeededRandom(seed: 10)
            for _ in 0..<3 { try Self.move(800, &random, on: stepper) }
            stepper.now = stepper.now + .days(2)
            for _ in 0..<2 { try stepper.perform(KeepBooksClosed()) }
            var falls = 0
            while try stepper.perform(TimerStep([CloseBooks()])) > 0 { falls += 1 }
            let all = try stepper.read { try $0.value("SELECT COUNT(*) FROM movement", as: Int64.self) } ?? 0
            #expect(falls == Int(all) / CloseBooks.stretch + 1 && falls > 1)
            #expect(try stepper.read { try Books.closes(limit: 9, in: $0) }.map(\.movements) == [all])
            stepper.now = stepper.now + .days(1)
            while try stepper.perform(TimerStep([CloseBooks()])) > 0 {}
            #expect(try stepper.read { try Books.closes(limit: 9, in: $0) }.map(\.movements) == [0, all])
            #expect(try Self.findings(stepper) == [])
        }
    }

    /// Some goods come, go to other bins and leave; twelve hours pass.
    private static func move(_ count: Int, _ random: inout SeededRandom, on stepper: Stepper) throws {
        let moves = (0..<count).map { _ in
            movement(Int64(random.below(5)) + 1, Int64(random.below(9)) + 1, at: stepper.now)
        }
        try stepper.perform(InPlace { try StockBook.post(moves, in: $0) })
        stepper.now = stepper.now + .hours(12)
    }

    private static func movement(_ sku: Int64, _ way: Int64, at now: Instant) -> NewMovement {
        let bins = (1...3).map { Place.location(LocationID($0), sellable: false, pickable: false) }
        let ends: [(Place, Place)] = [
            (.outside(.supplier), bins[0]), (bins[0], bins[1]), (bins[1], bins[2]), (bins[2], .outside(.shopper)),
        ]
        let (from, to) = ends[Int(way) % ends.count]
        return NewMovement(
            owner: MerchantID(1), sku: SKUID(sku), quantity: Quantity(way), site: SiteID(1), from: from, to: to,
            reason: .relocate, reference: 0, occurred: now)
    }

    private static func findings(_ stepper: Stepper) throws -> [Finding] {
        try AuditRun.run([StockChecks.onHand, StockChecks.closed], read: stepper.read).findings
    }
}
