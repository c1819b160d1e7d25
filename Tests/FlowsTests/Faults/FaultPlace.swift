import Foundation
import Kernel
import Store
import StorePostgres
import StoreSQLite
import TestGround

/// Where the database of a desk lies, and what can befall it there.
protocol FaultPlace: AnyObject {
    var engine: any Engine { get }
    /// Of those that the place knows.
    var faults: [Fault] { get }
    func remove() throws
}

enum Fault: CaseIterable {
    case lostReply
    case duplicate
    case crashBefore
    case crashAfter
    case tornWrite
    case busy
    case diskFull
    case cut
    case clockJump
}

/// A database file. A crash leaves what the disk has at that moment: a copy of its files.
final class FaultFile: FaultPlace {
    private(set) var engine: any Engine
    let faults: [Fault] = [.lostReply, .duplicate, .crashBefore, .crashAfter, .tornWrite, .busy, .diskFull, .clockJump]
    private let folder: URL
    private var count = 0

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("waybill-faults-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        engine = SQLiteEngine(.file(folder.appendingPathComponent("0.db").path))
    }

    private func file(_ number: Int, _ suffix: String = "") -> URL { folder.appendingPathComponent("\(number).db\(suffix)") }

    /// The write-ahead log as the disk has it.
    func log() throws -> Data {
        let wal = file(count, "-wal")
        return FileManager.default.fileExists(atPath: wal.path) ? try Data(contentsOf: wal) : Data()
    }

    /// Copies what the disk has to where `restart` will find it.
    struct Copy: Sendable {
        let from: URL
        let to: URL

        /// - Parameter log: the write-ahead log as a torn write left it; nil for what it is.
        func make(log: Data? = nil) throws {
            let files = FileManager.default, wal = URL(fileURLWithPath: to.path + "-wal")
            for file in [to, wal] where files.fileExists(atPath: file.path) { try files.removeItem(at: file) }
            try files.copyItem(at: from, to: to)
            let old = URL(fileURLWithPath: from.path + "-wal")
            try (log ?? (files.fileExists(atPath: old.path) ? Data(contentsOf: old) : Data())).write(to: wal)
        }
    }

    var copy: Copy { Copy(from: file(count), to: file(count + 1)) }

    /// Goes on with the copy; the files of the process that is gone are removed by `clean`.
    func restart() -> any Engine {
        count += 1
        engine = SQLiteEngine(.file(file(count).path))
        return engine
    }

    func clean() throws {
        for suffix in ["", "-wal", "-shm", ".lock"] where FileManager.default.fileExists(atPath: file(count - 1, suffix).path) {
            try FileManager.default.removeItem(at: file(count - 1, suffix))
        }
    }

    /// Another process holds the write lock for a moment.
    func lock(for seconds: Double) throws {
        let engine = engine, held = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            let other = try? engine.connect(readOnly: false)
            try? other?.begin(readOnly: false)
            held.signal()
            Thread.sleep(forTimeInterval: seconds)
            try? other?.rollback()
            other?.close()
        }
        held.wait()
    }

    /// Moves the log into the file, so that it stays short and no commit of the desk does it.
    func checkpoint() throws {
        let other = try engine.connect(readOnly: false)
        try other.query("PRAGMA wal_checkpoint(TRUNCATE)") { _ in }
        other.close()
    }

    func remove() throws { try FileManager.default.removeItem(at: folder) }
}

/// A database on a server, behind a proxy that cuts the connection at COMMIT.
final class FaultServer: FaultPlace {
    let engine: any Engine
    let proxy: CuttingProxy
    let faults: [Fault] = [.lostReply, .duplicate, .cut, .clockJump]

    init(url: String) throws {
        proxy = try CuttingProxy(to: url)
        engine = PostgresEngine(url: proxy.url)
    }

    func remove() { proxy.close() }
}
