import Kernel
import Store

/// Goes on with imports that exist, gives them up, and lists them.
package struct ImportRun: Sendable {
    let store: Store
    let scratch: any Engine
    let desk: OrderDesk
    let actor: String
    /// Rows that take effect in one transaction.
    private static let applyLimit = 100
    private static let refusalLimit = 50

    /// - Parameter scratch: as of `ImportJob`.
    package init(store: Store, scratch: any Engine, desk: OrderDesk, actor: String = "import") {
        self.store = store
        self.scratch = scratch
        self.desk = desk
        self.actor = actor
    }

    /// Takes up a stopped import where it stands. One that is committed needs its files no more.
    ///
    /// Throws as `ImportJob.run`, and `NotFound`.
    package func resume(_ name: String, progress: @escaping ImportProgressCall = { _ in }) throws -> ImportReport {
        let record = try find(name)
        guard record.state == .reading else { return try apply(record, progress) }
        let job = ImportJob(
            store: store, scratch: scratch, folder: record.folder, catalogue: record.catalogue, layout: record.layout,
            name: name, desk: desk, actor: actor)
        return try job.run(progress: progress)
    }

    /// Gives up an import that is not committed: its name is free again, and what was staged is removed. One whose removal
    /// was cut short may be discarded again.
    ///
    /// Throws `NotFound` and `ImportRefused.committed`.
    package func discard(_ name: String, progress: ImportProgressCall = { _ in }) throws {
        let record = try store.readBlocking { try ImportRecords.find(name, in: $0) }
        if let record { try store.performBlocking(DiscardImport(id: record.id, name: name, actor: actor)) }
        var removed: Int64 = 0, isKnown = record != nil
        while let count = try store.performBlocking(RemoveDiscarded()) {
            (removed, isKnown) = (removed + Int64(count), true)
            try progress(ImportProgress(phase: .discarding, done: removed, total: record?.staged, rows: removed))
        }
        guard isKnown else { throw NotFound("import", name) }
    }

    /// All imports, the newest first.
    package func list() throws -> [ImportRecord] { try store.readBlocking { try ImportRecords.all(in: $0) } }

    /// How an import stands, with the rows it refused. Throws `NotFound`.
    package func report(_ name: String) throws -> ImportReport { try report(find(name)) }

    private func find(_ name: String) throws -> ImportRecord {
        try store.readBlocking { tx in
            guard let record = try ImportRecords.find(name, in: tx) else { throw NotFound("import", name) }
            return record
        }
    }

    /// Lets what is staged take effect.
    func apply(_ record: ImportRecord, _ progress: ImportProgressCall) throws -> ImportReport {
        var record = record
        while record.state == .committed {
            record = try store.performBlocking(ApplyImport(id: record.id, desk: desk, limit: Self.applyLimit, actor: actor))
            try progress(ImportProgress(phase: .applying, done: record.applied, total: record.staged, rows: record.applied))
        }
        return try report(record)
    }

    private func report(_ record: ImportRecord) throws -> ImportReport {
        let id = record.id
        return ImportReport(
            record: record, refusals: try store.readBlocking { try ImportRefusals.first(Self.refusalLimit, of: id, in: $0) })
    }
}

private struct DiscardImport: Flow {
    let id: ImportID
    let name: String
    let actor: String

    func run(in tx: Transaction) throws {
        var record = try ImportRecords.load(id, in: tx)
        if record.state == .discarded { return }
        guard record.state == .reading else { throw ImportRefused.committed(name) }
        record.state = .discarded
        try record.forgetPeople(actor: actor, in: tx)
        try ImportRecords.update(record, in: tx)
    }
}

/// Removes some of what discarded imports had staged.
private struct RemoveDiscarded: Flow {
    private static let limit = 2000

    /// How many rows; nil where nothing is left.
    func run(in tx: Transaction) throws -> Int? {
        guard var record = try ImportRecords.discarded(in: tx) else { return nil }
        let removed = try StagedRows.removeSome(of: record.id, limit: Self.limit, in: tx)
        if removed == 0 {
            record.staged = 0
            try ImportRecords.update(record, in: tx)
        }
        return removed
    }
}
