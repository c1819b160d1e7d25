import Identity
import Kernel
import Store

/// Checks the files of an import and stages their rows, up to the write that makes it certain.
struct StageFiles {
    let job: ImportJob
    let source: any ImportSource
    let hash: String
    private static let pieceSize = 500

    /// - Parameter begun: the record where a run before this one came so far.
    func run(_ begun: ImportRecord?, _ progress: @escaping ImportProgressCall) throws -> ImportRecord {
        let checked = CheckPass(
            try Scratch(job.scratch), job.store, try FileReading(.checking, source.paths, progress))
        try source.check(checked)
        guard checked.problems.found.isEmpty else { throw ImportRefused.problems(checked.problems.found) }
        let record = try begun ?? job.store.performBlocking(BeginImport(job: job, hash: hash))
        do {
            return try stage(record, checked, progress)
        } catch ImportRefused.filesChanged {
            try ImportRun(store: job.store, scratch: job.scratch, desk: job.desk, actor: job.actor).discard(record.name)
            throw ImportRefused.filesChanged
        }
    }

    private func stage(
        _ record: ImportRecord, _ checked: CheckPass, _ progress: @escaping ImportProgressCall
    ) throws -> ImportRecord {
        let vault = job.desk.vault, secretID = record.secret
        let secret = try job.store.readBlocking { try ImportSecret.open(secretID, vault, in: $0) }
        var staged = record.staged, seen: Int64 = 0, tallies = checked.tallies
        for part in ImportPart.allCases { tallies.rows[part.rawValue] = 0 }
        try source.rows(checked, secret) { rows in
            for row in rows { tallies.rows[row.part.rawValue, default: 0] += 1 }
            let fresh = Array(rows.dropFirst(Int(max(0, min(staged - seen, Int64(rows.count))))))
            seen += Int64(rows.count)
            for start in stride(from: 0, to: fresh.count, by: Self.pieceSize) {
                let piece = Array(fresh[start..<min(fresh.count, start + Self.pieceSize)])
                staged = try job.store.performBlocking(
                    StageRows(id: record.id, name: record.name, rows: piece, after: staged))
                try progress(ImportProgress(phase: .staging, done: staged, total: checked.expected, rows: staged))
            }
        }
        guard try FolderHash.of(source.paths) == hash, seen == staged else { throw ImportRefused.filesChanged }
        return try job.store.performBlocking(CommitImport(id: record.id, staged: staged, tallies: tallies, actor: job.actor))
    }
}

/// Writes down that an import of this name is being read.
private struct BeginImport: Flow {
    let job: ImportJob
    let hash: String

    func run(in tx: Transaction) throws -> ImportRecord {
        guard try ImportRecords.find(job.name, in: tx) == nil else { throw ImportRefused.nameUsed(job.name) }
        let record = ImportRecord(
            id: tx.id(), name: job.name, state: .reading, layout: job.layout, folder: job.folder, catalogue: job.catalogue,
            contentHash: hash, secret: try ImportSecret.make(job.desk.vault, in: tx), staged: 0, applied: 0, refused: 0,
            tallies: ImportTallies(), created: tx.now)
        try ImportRecords.insert(record, in: tx)
        return record
    }
}

/// Stages some rows behind those that stand.
private struct StageRows: Flow {
    let id: ImportID
    let name: String
    let rows: [StagedRow]
    let after: Int64

    func run(in tx: Transaction) throws -> Int64 {
        var record = try ImportRecords.load(id, in: tx)
        guard record.state == .reading, record.staged == after else { throw ImportRefused.anotherRuns(name) }
        try StagedRows.add(rows, to: id, after: after, in: tx)
        record.staged += Int64(rows.count)
        try ImportRecords.update(record, in: tx)
        return record.staged
    }
}

/// The one write after which an import will be applied, whatever happens.
private struct CommitImport: Flow {
    let id: ImportID
    let staged: Int64
    let tallies: ImportTallies
    let actor: String

    func run(in tx: Transaction) throws -> ImportRecord {
        var record = try ImportRecords.load(id, in: tx)
        guard record.state == .reading, record.staged == staged else { throw ImportRefused.anotherRuns(record.name) }
        record.state = .committed
        record.tallies = tallies
        try ImportRecords.update(record, in: tx)
        tx.emit(.importCommitted(record, actor: actor, at: tx.now))
        return record
    }
}
