import CSQLite
import Foundation
import Kernel
import Store

/// A copy of an SQLite database in a file of its own, and the way back.
package enum Backup {
    /// What a backup file holds.
    package struct Report: Sendable, Equatable {
        package let path: String
        package let bytes: Int64
        /// The last step of the schema.
        package let step: Int
    }

    /// Writes the database as it is at this moment to a new file, also while a process serves it.
    ///
    /// The file appears under its name only once it is complete and found sound. Refuses where it exists, and an engine
    /// that has tools of its own.
    package static func write(_ engine: any Engine, to path: String) throws -> Report {
        let source = try file(of: engine, doing: "pg_dump --format=custom")
        guard FileManager.default.fileExists(atPath: source) else { throw StoreError.unsuitable("There is no \(source).") }
        guard !FileManager.default.fileExists(atPath: path) else {
            throw StoreError.unsuitable("\(path) exists already. A backup is written to a new file.")
        }
        let partial = path + ".partial"
        try remove(partial)
        do {
            // A connection that only reads may not write to another file either.
            let connection = try SQLiteConnection(uri: source, readOnly: false)
            _ = try connection.run("VACUUM INTO \(partial)")
            let step = try BackupFile(partial).check()
            try synchronize(partial)
            try FileManager.default.moveItem(atPath: partial, toPath: path)
            return Report(path: path, bytes: try size(of: path), step: step)
        } catch {
            // The error that stopped it is the one to tell.
            try? remove(partial)
            throw error
        }
    }

    /// Puts a backup in the place of a database that no process serves. The database that was there is kept beside it
    /// as `.before-restore`.
    ///
    /// Refuses a file that is damaged, is no Waybill database or is one that this release could not serve.
    /// - Parameter migrations: all of this program.
    package static func restore(_ path: String, to engine: any Engine, migrations: [Migration]) throws -> Report {
        let target = try file(of: engine, doing: "pg_restore")
        guard FileManager.default.fileExists(atPath: path) else { throw StoreError.unsuitable("There is no \(path).") }
        let step = try BackupFile(path).check(against: migrations)
        try engine.acquire()
        defer { engine.release() }
        let partial = target + ".partial"
        try remove(partial)
        do {
            try FileManager.default.copyItem(atPath: path, toPath: partial)
            try synchronize(partial)
        } catch {
            // The error that stopped it is the one to tell.
            try? remove(partial)
            throw error
        }
        try setAside(target)
        try FileManager.default.moveItem(atPath: partial, toPath: target)
        return Report(path: target, bytes: try size(of: target), step: step)
    }

    private static func file(of engine: any Engine, doing tool: String) throws -> String {
        guard let sqlite = engine as? SQLiteEngine else {
            throw StoreError.unsuitable("\(engine.address) has better tools of its own: use \(tool).")
        }
        guard case .file(let path) = sqlite.place else {
            throw StoreError.unsuitable("A database in memory ends with its process; there is nothing to back up or restore.")
        }
        return path
    }

    /// The log of the old database goes with it: beside the new one it would be taken for its own.
    private static func setAside(_ target: String) throws {
        for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: target + suffix) {
            let kept = target + ".before-restore" + suffix
            try remove(kept)
            try FileManager.default.moveItem(atPath: target + suffix, toPath: kept)
        }
    }

    private static func remove(_ path: String) throws {
        if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
    }

    /// Returns when the file's bytes are on the disk.
    private static func synchronize(_ path: String) throws {
        guard let handle = FileHandle(forUpdatingAtPath: path) else { throw StoreError.unsuitable("\(path) cannot be written.") }
        try handle.synchronize()
        try handle.close()
    }

    private static func size(of path: String) throws -> Int64 {
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
        return size?.int64Value ?? 0
    }
}

/// A database file that nobody serves, looked at without changing it.
private struct BackupFile {
    private let path: String
    private let connection: SQLiteConnection

    init(_ path: String) throws {
        self.path = path
        do { connection = try SQLiteConnection(uri: path, readOnly: true) } catch StoreError.statement(_, let message, _) {
            throw Self.isNone(path, message)
        }
    }

    private static func isNone(_ path: String, _ message: String) -> StoreError {
        .unsuitable("\(path) is not a Waybill database: \(message)")
    }

    /// Refuses a file that is damaged or no Waybill database; answers the last step of its schema.
    func check() throws -> Int { try steps().map(\.number).max() ?? 0 }

    /// Refuses as well what a newer release contracted.
    func check(against migrations: [Migration]) throws -> Int {
        let steps = try steps()
        for step in steps where step.isBeyond(migrations) {
            throw StoreError.unsuitable(
                "\(path) was contracted by a newer release (step \(step.number)). Restore it with that one.")
        }
        return steps.map(\.number).max() ?? 0
    }

    private func steps() throws -> [AppliedStep] {
        do {
            try connection.query("PRAGMA integrity_check(1)") { row in
                let answer: String = try row.next()
                guard answer == "ok" else { throw StoreError.unsuitable("\(path) is damaged: \(answer)") }
            }
            return try AppliedStep.all(on: connection)
        } catch StoreError.statement(_, let message, _) {
            throw Self.isNone(path, message)
        }
    }
}
