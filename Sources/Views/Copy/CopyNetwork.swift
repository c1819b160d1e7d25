import Kernel
import Store

/// Moves a whole network from one database to an empty one, of the same engine or another.
///
/// Reads one snapshot of the source and writes one transaction of the target, which is read back and compared row by row
/// before it commits: a copy is whole or it is not there. What other nodes write to the source meanwhile is not in it.
package struct CopyNetwork {
    private let from: any Engine
    private let to: any Engine
    private let migrations: [Migration]

    /// - Parameter migrations: all of this program.
    package init(from: any Engine, to: any Engine, migrations: [Migration]) {
        self.from = from
        self.to = to
        self.migrations = migrations
    }

    /// Throws `StoreError.unsuitable` where the source is no network of this release, or the target holds anything.
    package func run(now: Instant, progress: (CopyProgress) -> Void = { _ in }) throws -> CopyReport {
        guard from.address != to.address || from.address.hasSuffix(":memory:") else {
            throw StoreError.unsuitable("\(from.address) cannot be copied onto itself.")
        }
        let tables = try StoredTables.after(migrations)
        try from.acquire()
        defer { from.release() }
        try to.acquire()
        defer { to.release() }
        let source = try from.connect(readOnly: true)
        defer { source.close() }
        let target = try to.connect(readOnly: false)
        defer { target.close() }
        try CopyGround.checkRelease(of: source, from.address, migrations)
        try Migrator(migrations: migrations).migrate(target, now: now)
        return try copy(tables, source, target, progress)
    }

    private func copy(
        _ tables: [StoredTable], _ source: any Connection, _ target: any Connection, _ progress: (CopyProgress) -> Void
    ) throws -> CopyReport {
        try target.begin(readOnly: false)
        do {
            try target.lockSchema()
            try CopyGround.checkEmpty(target, to.address, tables)
            try source.begin(readOnly: true)
            let end = try CopyGround.end(of: source)
            let written = try write(tables, source, target, progress)
            try source.rollback()
            let wentOn = try CopyGround.end(of: source) != end
            try CopyGround.continueNumbering(of: target, on: to)
            try compare(tables, written, on: target, progress)
            try target.commit()
            return CopyReport(tables: written, sourceWentOn: wentOn)
        } catch {
            // The error that stopped the copy is the one to tell; a connection that closes undoes its transaction.
            try? source.rollback()
            try? target.rollback()
            throw error
        }
    }

    private func write(
        _ tables: [StoredTable], _ source: any Connection, _ target: any Connection, _ progress: (CopyProgress) -> Void
    ) throws -> [TableContent] {
        let total = try tables.reduce(0) { try $0 + CopyGround.count($1, on: source) }
        var copy = TableCopy(tables, from: source, to: target), done = 0
        return try tables.map { table in
            let content = try copy.copy(table) {
                progress(CopyProgress(phase: .copying, table: table.name, rows: done + $0, total: total))
            }
            done += content.rows
            return content
        }
    }

    /// Reads the target back in the order of its own keys.
    private func compare(
        _ tables: [StoredTable], _ written: [TableContent], on target: any Connection, _ progress: (CopyProgress) -> Void
    ) throws {
        let total = written.reduce(0) { $0 + $1.rows }
        var done = 0
        for (table, expected) in zip(tables, written) {
            var reader = try TableReader(table), content = TableContent(table.name)
            while true {
                let rows = try reader.next(on: target)
                if rows.isEmpty { break }
                content.add(rows)
                progress(CopyProgress(phase: .comparing, table: table.name, rows: done + content.rows, total: total))
            }
            guard content == expected else {
                throw StoreError.unexpected(
                    """
                    \(table.name) was not copied as it is: \(expected.rows) rows with the hash \(expected.hash) were written, \
                    \(content.rows) with \(content.hash) are there. Nothing was kept.
                    """)
            }
            done += content.rows
        }
    }
}
