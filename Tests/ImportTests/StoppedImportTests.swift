import Flows
import Foundation
import Kernel
import Store
import TestGround
import Testing

/// Imports that end before their end.
@Suite struct StoppedImportTests {
    /// What must be the same however often a run was stopped.
    private func state(_ ground: ImportGround) throws -> [String] {
        try ground.values("SELECT code || name || currency FROM merchant ORDER BY code")
            + ground.values("SELECT code || name FROM sku ORDER BY code")
            + ground.values("SELECT code || level FROM barcode ORDER BY code, level, sku")
            + ground.values("SELECT 'on hand ' || SUM(on_hand) FROM stock GROUP BY sku, lot ORDER BY SUM(on_hand)")
            + ground.values("SELECT number || ' ' || total_minor || state FROM orders ORDER BY number, total_minor")
            + ground.values("SELECT 'moves ' || COUNT(*) FROM movement UNION ALL SELECT 'short ' || SUM(quantity) FROM shortage")
            + ground.values("SELECT type || COUNT(*) FROM event WHERE type <> 'recipient.forgotten' GROUP BY type ORDER BY type")
            + ground.values("SELECT state || staged || applied || refused || tallies FROM import ORDER BY id")
    }

    private var files: [String: String] {
        var files = SampleFiles.all
        files["skus.csv"]? += (1...250).map { "acme,S\($0),SKU \($0),100,90,80,350,,,,,,,,,\n" }.joined()
        files["stock.csv"]? += (1...250).map { "acme,S\($0),BER,A-01,\($0),,\n" }.joined()
        files["orders.csv"]? += (1...250).map { "acme,N\($0),2026-11-20T08:00:00Z,EUR,DE,BE,Berlin,10115,,,P \($0),S,,\n" }.joined()
        files["order_lines.csv"]? += (1...250).map { "acme,N\($0),S\($0),1,100,,,,\n" }.joined()
        return files
    }

    @Test(arguments: EngineKind.all)
    func `a run stopped after every step and taken up anew ends as one that ran through`(_ kind: EngineKind) throws {
        let files = files
        let whole = try withGround(kind) { ground in
            try withFolder { folder in
                try write(files, to: folder)
                _ = try ground.job(folder).run()
                return try state(ground)
            }
        }
        try withGround(kind) { ground in
            try withFolder { folder in
                try write(files, to: folder)
                var seen: Set<String> = [], stops = 0
                while true {
                    do {
                        // Each step that no run has come to before stops the run.
                        _ = try ground.job(folder).run { step in
                            if seen.insert("\(step.phase) \(step.done)").inserted { throw Stop() }
                        }
                        break
                    } catch is Stop { stops += 1 }
                }
                #expect(stops >= 15)
            }
            #expect(try state(ground) == whole)
            try ground.expectCleanBooks()
        }
    }

    @Test(arguments: EngineKind.all)
    func `a committed import is applied without its files, by another process`(_ kind: EngineKind) throws {
        try withGround(kind) { ground in
            try withFolder { folder in
                try write(SampleFiles.all, to: folder)
                #expect(throws: Stop.self) { try ground.job(folder).run { if $0.phase == .applying { throw Stop() } } }
            }
            #expect(throws: ImportRefused.committed("first")) { try ground.runs.discard("first") }
            let report = try ground.runs.resume("first")
            #expect(report.record.state == .applied && report.record.applied == 12)
            #expect(try ground.runs.resume("first") == report)
            #expect(try ground.count("orders") == 3 && ground.count("import_row") == 0)
        }
    }

    @Test(arguments: EngineKind.all)
    func `nothing of an import shows before it is committed, and discarding it leaves nothing`(_ kind: EngineKind) throws {
        try withGround(kind) { ground in
            let events = try ground.count("event")
            try withFolder { folder in
                try write(files, to: folder)
                #expect(throws: Stop.self) {
                    try ground.job(folder).run { if $0.phase == .staging, $0.done > 500 { throw Stop() } }
                }
                #expect(try ground.runs.list().map(\.state) == [.reading])
                for table in ["merchant", "sku", "orders", "stock", "movement"] { #expect(try ground.count(table) == 0) }
                #expect(try ground.count("event") == events && ground.count("import_row") > 500)

                #expect(throws: Stop.self) { try ground.runs.discard("first") { _ in throw Stop() } }
                try ground.runs.discard("first")
                #expect(try ground.count("import_row") == 0)
                #expect(try ground.count("recipient", "sealed IS NOT NULL") == 0)
                #expect(throws: NotFound("import", "first")) { try ground.runs.discard("first") }
                #expect(throws: NotFound("import", "first")) { try ground.runs.resume("first") }
                #expect(try ground.job(folder).run().record.state == .applied)
            }
            #expect(try ground.runs.list().map(\.state) == [.applied, .discarded])
        }
    }

    @Test func `a name and the files under it belong together`() throws {
        try withGround(.sqliteMemory) { ground in
            try withFolder { folder in
                try write(SampleFiles.all, to: folder)
                let first = try ground.job(folder).run()
                #expect(try ground.job(folder).run() == first)
                #expect(throws: ImportRefused.sameFiles(as: "first")) { try ground.job(folder, name: "second").run() }
                try write(["merchants.csv": "code,name,currency\nnew,New,EUR\n"], to: folder)
                #expect(throws: ImportRefused.nameUsed("first")) { try ground.job(folder).run() }
                #expect(throws: ImportRefused.badName("a b")) { try ground.job(folder, name: "a b").run() }
            }
            try withFolder { folder in
                #expect(throws: ImportRefused.nothingThere(folder: folder)) { try ground.job(folder).run() }
            }
            #expect(try ground.count("orders") == 3)
        }
    }

    @Test func `files that change while they are read are not taken`() throws {
        try withGround(.sqliteMemory) { ground in
            try withFolder { folder in
                try write(SampleFiles.all, to: folder)
                let merchants = "\(folder)/merchants.csv"
                #expect(throws: ImportRefused.filesChanged) {
                    try ground.job(folder).run { step in
                        guard step.phase == .staging, step.done == 2 else { return }
                        try Data("code,name,currency\nacme,Other,EUR\n".utf8).write(to: URL(filePath: merchants))
                    }
                }
            }
            #expect(try ground.runs.list().map(\.state) == [.discarded] && ground.count("import_row") == 0)
        }
    }

    @Test(arguments: EngineKind.shared)
    func `of two runs of one import one stages, and each row has one effect`(_ kind: EngineKind) throws {
        try withGround(kind) { ground in
            try withFolder { folder in
                try write(files, to: folder)
                #expect(throws: ImportRefused.anotherRuns("first")) {
                    try ground.job(folder).run { step in
                        guard step.phase == .staging, step.done == 2 else { return }
                        #expect(throws: Stop.self) {
                            try ground.job(folder).run { if $0.phase == .applying { throw Stop() } }
                        }
                    }
                }
                _ = try ground.job(folder).run { step in
                    if step.phase == .applying, step.done == 300 { _ = try ground.runs.resume("first") }
                }
            }
            #expect(try ground.count("orders") == 253 && ground.count("movement") == 254 && ground.count("sku") == 253)
            #expect(try ground.count("event", "type = 'import.applied'") == 1)
            try ground.expectCleanBooks()
        }
    }

    @Test func `progress runs from the first byte to the last row`() throws {
        try withGround(.sqliteMemory) { ground in
            try withFolder { folder in
                try write(files, to: folder)
                let steps = Steps()
                _ = try ground.job(folder).run { steps.add($0) }
                #expect(steps.phases == [.checking, .staging, .applying])
                let checking = steps.all.filter { $0.phase == .checking }
                #expect(zip(checking, checking.dropFirst()).allSatisfy { $0.done <= $1.done })
                #expect(checking.last.map { $0.done == $0.total } ?? false)
                let staging = steps.all.filter { $0.phase == .staging }
                #expect(staging.allSatisfy { $0.total == 762 } && staging.last?.done == 762)
                #expect(steps.all.last.map { $0.done == 762 && $0.total == 762 } ?? false)
            }
        }
    }
}

private final class Steps {
    private(set) var all: [ImportProgress] = []
    func add(_ step: ImportProgress) { all.append(step) }
    var phases: [ImportProgress.Phase] {
        all.reduce(into: []) { phases, step in if phases.last != step.phase { phases.append(step.phase) } }
    }
}
