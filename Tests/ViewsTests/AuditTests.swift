import Kernel
import Store
import TestGround
import Testing

@testable import Views

/// Each engine's audit over the sample books, as they are and with something changed by hand.
@Suite struct AuditTests {
    @Test(arguments: EngineKind.all)
    func `books that agree have no findings`(_ kind: EngineKind) throws {
        try withSample(kind) { stepper in
            let report = try AuditRun.run(read: stepper.read)
            #expect(report.findings.map(\.sentence) == [])
            #expect(report.isClean)
            #expect(report.checks.map(\.name) == Audit.checks.map(\.name))
            let rows = Dictionary(uniqueKeysWithValues: report.checks.map { ($0.name, $0.rows) })
            #expect(rows["order.money"] == 11)
            #expect(rows["stock.on_hand"] == 2)
            #expect(rows["custody.chain"] == 11)
        }
    }

    @Test(arguments: EngineKind.all)
    func `something changed by hand is found by its check, which names the row`(_ kind: EngineKind) throws {
        try withSample(kind) { stepper in
            for fault in AuditFault.all {
                let found = try findings(after: fault, on: stepper).filter { $0.check == fault.check }
                #expect(
                    !found.isEmpty && found.allSatisfy { $0.key.hasPrefix(fault.key) && $0.expected != $0.found },
                    "\(fault.check) \(fault.key) gave \(found.map(\.sentence))")
            }
            #expect(try AuditRun.run(read: stepper.read).isClean)
        }
    }

    @Test func `every check has a fault it finds`() {
        #expect(Set(AuditFault.all.map(\.check)) == Set(Audit.checks.map(\.name)))
        #expect(Set(Audit.checks.map(\.name)).count == Audit.checks.count)
    }

    @Test func `what needs a look does not fail the audit, what contradicts does`() throws {
        try withSample(.sqliteMemory) { stepper in
            try stepper.perform(InPlace { try $0.run("UPDATE outbox SET state = 'unknown' WHERE id = 41", expecting: 1) })
            let attention = try AuditRun.run(read: stepper.read)
            #expect(attention.findings.map(\.severity) == [.attention])
            #expect(attention.isClean)
            try stepper.perform(InPlace { try $0.run("UPDATE stock SET on_hand = 51 WHERE id = 501", expecting: 1) })
            let broken = try AuditRun.run(read: stepper.read)
            #expect(!broken.isClean)
            #expect(broken.broken.map(\.check) == ["stock.on_hand", "supply.on_hand"])
            #expect(broken.json["clean"] == .bool(false))
        }
    }

    @Test(arguments: EngineKind.all)
    func `an audit in chunks of one finds what one in one go finds`(_ kind: EngineKind) throws {
        try withSample(kind) { stepper in
            try stepper.perform(
                InPlace { tx in
                    try tx.run("UPDATE orders SET state = 'open', tax_minor = tax_minor + 1, total_minor = total_minor + 1")
                    try tx.run("UPDATE stock SET allocated = 1 WHERE on_hand > 0")
                    try tx.run("UPDATE custody SET until_at = NULL")
                })
            let whole = try AuditRun.run(read: stepper.read)
            var progress: [Double] = []
            let single = try AuditRun.run(Audit.checks.map { $0.chunked(1) }, read: stepper.read) { progress.append($1) }
            #expect(whole.findings.count > 20)
            #expect(single.findings.sorted { $0.sentence < $1.sentence } == whole.findings.sorted { $0.sentence < $1.sentence })
            #expect(single.checks.map(\.rows) == whole.checks.map(\.rows))
            #expect(progress.allSatisfy { (0...1).contains($0) } && progress.contains { $0 > 0 })
        }
    }

    /// Audits the books with a fault in them, and takes the fault out again.
    private func findings(after fault: AuditFault, on stepper: Stepper) throws -> [Finding] {
        struct Undo: Error { let findings: [Finding] }
        do {
            try stepper.perform(
                InPlace { tx in
                    for statement in fault.statements { try tx.run(statement) }
                    throw Undo(findings: try AuditRun.run { try $0(tx) }.findings)
                })
            return []
        } catch let undo as Undo { return undo.findings }
    }

    private func withSample(_ kind: EngineKind, _ body: (Stepper) throws -> Void) throws {
        try withStepper(kind, migrations: SampleBooks.migrations) { stepper in
            try stepper.perform(InPlace { try kind.dropChecks(in: $0) })
            try SampleBooks.fill(stepper)
            try body(stepper)
        }
    }
}

extension EngineKind {
    /// Lets a test write what the schema itself forbids, so that the audit is asked what it sees.
    func dropChecks(in tx: Transaction) throws {
        guard self == .postgres else { return try tx.connection.define("PRAGMA ignore_check_constraints = ON") }
        try tx.connection.define(
            """
            DO $$ DECLARE one record; BEGIN
            FOR one IN SELECT conrelid::regclass AS relation, conname FROM pg_constraint
                WHERE contype = 'c' AND connamespace = 'public'::regnamespace
            LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.relation, one.conname); END LOOP; END $$
            """)
    }
}
