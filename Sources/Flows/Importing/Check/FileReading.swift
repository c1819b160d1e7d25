import Edges
import Foundation

/// One file that a layout knows, and the columns it has.
struct FileForm: Sendable {
    /// Without ending: `orders` is found as `orders.csv` or `orders.csv.gz`.
    let name: String
    let required: [String]
    let optional: [String]
    /// Whether columns of other names are an error, as they are likely misspelt.
    var isClosed = true

    /// Its path in a folder, plain or gzipped; nil where it is not there.
    func path(in folder: String, endings: [String] = [".csv", ".csv.gz"]) throws -> String? {
        let paths = endings.map { "\(folder)/\(name)\($0)" }.filter { FileManager.default.fileExists(atPath: $0) }
        guard paths.count < 2 else {
            throw ImportProblem(file: name, row: 0, column: "", value: "", rule: "stands there twice, plain and gzipped")
        }
        return paths.first
    }
}

/// Files read in pieces, with the account of how far that has come.
struct FileReading {
    static let pieceSize = 500
    let phase: ImportProgress.Phase
    let totalBytes: Int64
    private let progress: ImportProgressCall
    private var bytesBefore: Int64 = 0
    private var rows: Int64 = 0

    init(_ phase: ImportProgress.Phase, _ paths: [String], _ progress: @escaping ImportProgressCall) throws {
        self.phase = phase
        self.progress = progress
        totalBytes = try paths.reduce(0) { try $0 + Self.size($1) }
    }

    static func size(_ path: String) throws -> Int64 {
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
        return size?.int64Value ?? 0
    }

    /// Hands the rows of a file to `body` in pieces, until it answers false. Throws `CSVError` where the file is no CSV.
    mutating func read(_ form: FileForm, _ path: String, _ body: ([CSVRow]) throws -> Bool) throws {
        let reader = try CSVReader(path: path, columns: form.required)
        if form.isClosed { try checkColumns(form, reader) }
        var piece: [CSVRow] = []
        while true {
            let row = try reader.next()
            if let row { piece.append(row) }
            if row != nil, piece.count < Self.pieceSize { continue }
            let goesOn = try piece.isEmpty || body(piece)
            rows += Int64(piece.count)
            piece.removeAll(keepingCapacity: true)
            try tell(bytesBefore + reader.position)
            if row == nil || !goesOn { break }
        }
        bytesBefore += try Self.size(path)
    }

    private func tell(_ bytes: Int64) throws {
        guard phase == .checking else { return }
        try progress(ImportProgress(phase: phase, done: min(totalBytes, bytes), total: totalBytes, rows: rows))
    }

    private func checkColumns(_ form: FileForm, _ reader: CSVReader) throws {
        let known = Set(form.required + form.optional)
        for column in reader.header.columns where !known.contains(column) {
            throw CSVError(
                file: reader.file, row: reader.row,
                reason: "'\(column)' is no column of this file; it has \((form.required + form.optional).joined(separator: ", "))")
        }
    }
}
