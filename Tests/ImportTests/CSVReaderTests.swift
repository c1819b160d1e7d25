import CZlib
import Foundation
import Testing

@testable import Edges

@Suite struct CSVReaderTests {
    private func rows(_ text: String, columns: [String] = []) throws -> [[String]] {
        try rows(Array(text.utf8), columns: columns).map(\.fields)
    }

    private func rows(_ bytes: [UInt8], columns: [String] = [], name: String = "a.csv") throws -> [CSVRow] {
        try withFolder { folder in
            let path = folder + "/" + name
            try Data(bytes).write(to: URL(filePath: path))
            let reader = try CSVReader(path: path, columns: columns)
            var rows: [CSVRow] = []
            while let row = try reader.next() { rows.append(row) }
            return rows
        }
    }

    @Test(arguments: [
        ("a,b\n1,2\n", [["1", "2"]]),
        ("a,b\r\n1,2\r\n", [["1", "2"]]),
        ("a,b\n1,2", [["1", "2"]]),
        ("\u{FEFF}a,b\n1,2\n", [["1", "2"]]),
        ("a,b\n\n1,2\n\r\n3,4\n", [["1", "2"], ["3", "4"]]),
        ("a,b\n\"1\",\"2\"\r\n", [["1", "2"]]),
        ("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n", [["x,y", "say \"hi\""]]),
        ("a,b\n\"line\r\nbreak\",\"end\r\"\n", [["line\r\nbreak", "end\r"]]),
        ("a,b\n,\n", [["", ""]]),
        ("a,b\n\"\",\"\"\n", [["", ""]]),
        ("a,b\nã,🧾\n", [["ã", "🧾"]]),
        ("a,b\n1,\"2\"", [["1", "2"]]),
        ("a\n\"\"\n", [[""]]),
    ])
    func `fields are what RFC 4180 says they are`(_ text: String, _ expected: [[String]]) throws {
        #expect(try rows(text) == expected)
    }

    @Test(arguments: [
        ("", 0, "is empty"),
        ("a,b\n1\n", 2, "1 fields where the header has 2"),
        ("a,b\n\n1,2,3\n", 3, "3 fields where the header has 2"),
        ("a,b\n1,\"2\n", 2, "a quote has no end"),
        ("a,b\n1\"2,3\n", 2, "a quote inside a field"),
        ("a,b\n\"1\"2,3\n", 2, "text after a closing quote"),
        ("a,b\n1,\"2\"\rx\n", 2, "text after a closing quote"),
        ("a,a\n1,2\n", 1, "the column 'a' stands there twice"),
        ("a\n1\n", 1, "the column 'b' is missing"),
    ])
    func `what is not CSV is refused with its row`(_ text: String, _ row: Int, _ reason: String) {
        let columns = text.hasPrefix("a\n") ? ["b"] : []
        #expect(throws: CSVError(file: "a.csv", row: row, reason: reason)) { try rows(text, columns: columns) }
    }

    @Test func `bytes that are not UTF-8 are refused with their row`() {
        let bytes = Array("a,b\n1,".utf8) + [0xC3, 0x28, 0x0A]
        #expect(throws: CSVError(file: "a.csv", row: 2, reason: "a field is not UTF-8")) { try rows(bytes) }
    }

    @Test func `a field beyond its limit is refused, not read on`() {
        let text = "a\n\"" + String(repeating: "x", count: (1 << 20) + 70_000) + "\"\n"
        #expect(throws: CSVError(file: "a.csv", row: 2, reason: "a field exceeds 1 MiB")) { try rows(text) }
    }

    @Test func `rows are numbered as a spreadsheet shows them, and columns found by name`() throws {
        let rows = try rows(Array("b,a\n1,2\n\n3,4\n".utf8))
        #expect(rows.map(\.number) == [2, 4])
        #expect(rows.map { $0["a"] } == ["2", "4"])
        #expect(rows.map { $0["c"] } == ["", ""])
    }

    @Test func `a row reads the same wherever the pieces of the file end`() throws {
        let cell = "\"a \"\"quoted\"\", long\r\nã cell\""
        for filler in 65_500...65_540 {
            let text = "a,b\r\n" + String(repeating: "x", count: filler) + "," + cell + "\r\n1,2\r\n"
            let read = try rows(text)
            #expect(read.count == 2 && read[0][0].utf8.count == filler)
            #expect(read[0][1] == "a \"quoted\", long\r\nã cell" && read[1] == ["1", "2"])
        }
    }

    @Test func `a gzipped file reads as the plain one, and one that breaks off is refused`() throws {
        let text = "a,b\n" + (0..<20_000).map { "\($0),\($0 * 7919 % 1_000_003)\n" }.joined()
        let packed = try gzipped(Array(text.utf8))
        #expect(packed.count < text.utf8.count)
        #expect(try rows(packed, name: "a.csv.gz").map(\.fields) == rows(text))
        let broken = Array(packed[..<(packed.count / 2)])
        #expect(throws: CSVError(file: "a.csv.gz", row: 0, reason: "is not whole or not gzip")) {
            try rows(broken, name: "a.csv.gz")
        }
    }

    @Test func `a file that is not there is refused by name`() {
        #expect(throws: CSVError(file: "none.csv", row: 0, reason: "cannot be opened")) {
            try CSVReader(path: "/nowhere/none.csv")
        }
    }
}
