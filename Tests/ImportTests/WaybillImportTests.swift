import Flows
import Foundation
import Identity
import Kernel
import Merchants
import Store
import TestGround
import Testing

/// Whole folders in the program's own layout, on every engine.
@Suite struct WaybillImportTests {
    @Test(arguments: EngineKind.all)
    func `a good folder stands in the books as its files say`(_ kind: EngineKind) throws {
        try withGround(kind) { ground in
            try withFolder { folder in
                try write(SampleFiles.all, to: folder)
                let report = try ground.job(folder).run()
                #expect(report.record.state == .applied && report.record.staged == 12 && report.record.applied == 12)
                #expect(report.refusals == [] && report.record.refused == 0)
                #expect(ImportPart.allCases.map(report.rows) == [2, 3, 4, 3])
            }
            #expect(try ground.values("SELECT code || ' ' || name || ' ' || currency FROM merchant ORDER BY id")
                == ["acme Acme & Co EUR", "beta Beta, Ltd. JPY"])
            #expect(try ground.values("SELECT code || ' ' || level FROM barcode ORDER BY code, merchant")
                == ["14006381333938 case", "4006381333931 each", "4006381333931 each", "MUG-CASE case"])
            #expect(try ground.count("packaging_level", "level = 'case' AND units = 12") == 1)
            #expect(try ground.count("sku", "code = 'PHONE' AND battery_mwh = 15400 AND un_number = '3481'") == 1)
            #expect(try ground.count("stock", "on_hand = 7") == 1 && ground.count("lot") == 2)
            #expect(try ground.count("orders", "way = 'record' AND channel = 'import' AND import IS NOT NULL") == 3)
            #expect(try ground.count("orders", "total_minor = 2890 AND placed_at = 1795161600000000") == 1)
            // Eight mugs for eleven wanted, three phones for four: the rest waits.
            #expect(try ground.count("shortage", "kind = 'oversold' AND quantity = 1") == 2)
            try ground.expectCleanBooks()
        }
    }

    @Test(arguments: EngineKind.all)
    func `people are staged sealed, and land with their orders alone`(_ kind: EngineKind) throws {
        try withGround(kind) { ground in
            try withFolder { folder in
                try write(SampleFiles.all, to: folder)
                #expect(throws: Stop.self) { try ground.job(folder).run { if $0.phase == .applying { throw Stop() } } }
                let staged = try ground.values("SELECT content FROM import_row ORDER BY seq")
                #expect(staged.contains { $0.contains("\"number\":\"1001\"") })
                #expect(!staged.contains { $0.contains("Ada") || $0.contains("Torstr") })
                _ = try ground.job(folder).run()
            }
            #expect(try ground.count("import_row") == 0)
            #expect(try ground.count("recipient", "sealed IS NOT NULL") == 2)
            #expect(try ground.count("recipient", "merchant = 0 AND sealed IS NULL") == 1)
            let vault = ground.desk.vault
            let people = try ground.store.readBlocking { tx in
                let ids = try tx.values("SELECT id FROM recipient ORDER BY id", as: RecipientID.self)
                return try Recipients.open(ids, vault, in: tx).values.map { "\($0.name) \($0.street)" }.sorted()
            }
            #expect(people == ["Ada Byron [\"Torstr. 1\", \"Hof\"]", "Alan [\"1-1\"]"])
        }
    }

    @Test func `the example folder is good`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Examples/import").standardized
        try withGround(.sqliteMemory) { ground in
            let report = try ground.job(folder.path).run()
            #expect(ImportPart.allCases.map(report.rows) == [2, 3, 3, 3] && report.record.refused == 0)
            #expect(try ground.count("shortage") == 0)
        }
    }

    @Test func `gzipped files are read as the plain ones`() throws {
        try withGround(.sqliteMemory) { ground in
            try withFolder { folder in
                for (name, text) in SampleFiles.all {
                    try Data(gzipped(Array(text.utf8))).write(to: URL(filePath: "\(folder)/\(name).gz"))
                }
                #expect(try ground.job(folder).run().record.applied == 12)
            }
        }
    }

    @Test func `each file may be missing where the database has what the others name`() throws {
        try withGround(.sqliteMemory) { ground in
            let folders = [
                ("a", ["merchants.csv", "skus.csv"]), ("b", ["stock.csv"]), ("c", ["orders.csv", "order_lines.csv"]),
            ]
            for (name, files) in folders {
                try withFolder { folder in
                    try write(SampleFiles.all.filter { files.contains($0.key) }, to: folder)
                    #expect(try ground.job(folder, name: name).run().record.refused == 0)
                }
            }
            #expect(try ground.count("orders") == 3 && ground.count("stock") == 4)
            #expect(try ground.runs.list().map(\.name) == ["c", "b", "a"])
            try ground.expectCleanBooks()
        }
    }

    @Test(arguments: EngineKind.all)
    func `a folder with one bad value leaves nothing behind`(_ kind: EngineKind) throws {
        try withGround(kind) { ground in
            let events = try ground.count("event")
            let problems = try ground.problems(SampleFiles.with("orders.csv", ",2890", ",2891"))
            let rule = "must be 2890, what its lines add up to"
            #expect(problems.map(\.description) == ["orders.csv, row 2, total_minor '2891': \(rule)"])
            for table in ["import", "import_row", "merchant", "sku", "orders", "stock", "recipient"] {
                #expect(try ground.count(table) == 0)
            }
            #expect(try ground.count("event") == events)
        }
    }

    @Test func `a row that the books refuse after the commit stands as refused, and the rest is applied`() throws {
        try withGround(.sqliteMemory) { ground in
            try withFolder { folder in
                try write(SampleFiles.all, to: folder)
                #expect(throws: Stop.self) {
                    try ground.job(folder).run { if $0.phase == .applying, $0.done == 2 { throw Stop() } }
                }
                let known = try ground.store.readBlocking { try Merchant.find(codes: ["acme"], in: $0) }
                let acme = try #require(known["acme"]?.id)
                let rival = NewSKU(code: "OTHER", name: "Other", packaging: [.init(barcodes: ["MUG-CASE"])])
                _ = try ground.store.performBlocking(SaveSKUs([rival], of: acme))
                let report = try ground.runs.resume("first")
                #expect(report.record.state == .applied)
                #expect(report.refusals.map { "\($0.file) \($0.row) \($0.code)" } == [
                    "skus.csv 2 merchants.barcode_taken", "stock.csv 2 sku.not_found", "orders.csv 2 order.sku_unknown",
                    "orders.csv 3 order.sku_unknown",
                ])
                #expect(report.record.refused == 4)
            }
            #expect(try ground.count("sku", "code IN ('CREAM', 'PHONE')") == 2)
            #expect(try ground.count("orders") == 1)
            try ground.expectCleanBooks()
        }
    }
}

/// Thrown by a test to stop a run.
struct Stop: Error {}
