import CSQLite
import Foundation
import Kernel
import Store
import Synchronization

/// The embedded engine: one file that belongs to one serving process, or a database in memory.
package final class SQLiteEngine: Engine {
    package enum Place: Sendable, Equatable {
        case file(String)
        case memory
        /// In memory and of one connection, with which it ends: it commits without writing a page.
        case ownMemory
    }

    package let place: Place
    package let name = "sqlite"
    package let readers: Int
    package let isShared = false
    private let uri: String
    private let lock = Mutex<FileLock?>(nil)
    /// Keeps a database in memory alive between connections.
    private let keeper = Mutex<SQLiteConnection?>(nil)

    package init(_ place: Place) {
        self.place = place
        switch place {
        case .file(let path):
            uri = path
            readers = 3
        case .memory:
            uri = "file:/waybill-\(UUID().uuidString)\(SQLiteConnection.memory)"
            readers = 0
        case .ownMemory:
            uri = SQLiteConnection.ownMemory
            readers = 0
        }
    }

    package var address: String {
        switch place {
        case .file(let path): "sqlite:\(path)"
        case .memory, .ownMemory: "sqlite::memory:"
        }
    }

    package func connect(readOnly: Bool) throws -> any Connection {
        if case .memory = place {
            try keeper.withLock { if $0 == nil { $0 = try SQLiteConnection(uri: uri, readOnly: false) } }
        }
        return try SQLiteConnection(uri: uri, readOnly: readOnly && readers > 0)
    }

    /// Holds the file for this process. Throws `StoreError.unsuitable` naming the process that has it.
    package func acquire() throws {
        guard case .file(let path) = place else { return }
        try lock.withLock { held in if held == nil { held = try FileLock(path: path + ".lock", database: path) } }
    }

    package func release() {
        lock.withLock { $0 = nil }
        keeper.withLock { $0 = nil }
    }
}

/// An advisory lock on a file beside the database, freed by the kernel when the process ends in any way.
private struct FileLock: ~Copyable {
    private let descriptor: Int32

    init(path: String, database: String) throws {
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else {
            throw StoreError.unsuitable("\(path) cannot be opened: \(String(cString: strerror(errno)))")
        }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let owner = Self.firstLine(of: opened)
            close(opened)
            throw StoreError.unsuitable(
                "\(database) is being served by process \(owner). Stop it, or reach it through its API.")
        }
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(opened, 0) == 0, write(opened, text, text.count) == text.count else {
            let reason = String(cString: strerror(errno))
            close(opened)
            throw StoreError.unsuitable("\(path) cannot be written: \(reason)")
        }
        descriptor = opened
    }

    /// The owner may be about to write its number.
    private static func firstLine(of descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let line = bytes.prefix(max(0, count)).prefix { $0 != UInt8(ascii: "\n") }
        return line.isEmpty ? "unknown" : String(decoding: line, as: UTF8.self)
    }

    deinit { close(descriptor) }
}
