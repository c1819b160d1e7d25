import CSQLite
import Dispatch
import Synchronization

/// Folds the log of a database file into the file on a thread beside the writer's, so that no caller waits for it.
///
/// The pages that orders change lie anywhere in their tables: the longer the log, the more changes of one page are folded in at
/// once. Where this falls behind (a reader that stays, a file that cannot be opened) the writer does it after its commit.
final class SQLiteCheckpointer: Sendable {
    /// Pages in the log from which on it is folded in: 32 MB.
    static let pages: Int32 = 8_000
    /// Pages from which on the writer does it itself.
    static let tooMany: Int32 = 64_000

    private let path: String
    private let queue = DispatchQueue(label: "waybill checkpoint")
    private let isAsked = Mutex(false)

    init(path: String) { self.path = path }

    /// Hears of each commit of the writer, whose connection keeps it.
    func watch(_ writer: OpaquePointer) {
        sqlite3_wal_hook(writer, { context, writer, name, pages in
            guard let context else { return SQLITE_OK }
            Unmanaged<SQLiteCheckpointer>.fromOpaque(context).takeUnretainedValue().heard(of: pages)
            if pages >= SQLiteCheckpointer.tooMany {
                // Busy where the other thread is at it. What a hook answers becomes the answer of a commit that stands already,
                // and would have its work done once more.
                _ = sqlite3_wal_checkpoint_v2(writer, name, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
            }
            return SQLITE_OK
        }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func heard(of pages: Int32) {
        guard pages >= Self.pages, !isAsked.withLock({ asked in
            defer { asked = true }
            return asked
        }) else { return }
        queue.async { [self] in
            isAsked.withLock { $0 = false }
            fold()
        }
    }

    /// Up to the last commit; where all of the log was folded in, the writer begins it anew. An error leaves it as it is.
    private func fold() {
        var handle: OpaquePointer?
        defer { sqlite3_close_v2(handle) }
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE, nil) == SQLITE_OK,
            // It sees the log with its first look at the file.
            sqlite3_exec(handle, "PRAGMA user_version", nil, nil, nil) == SQLITE_OK
        else { return }
        sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
    }

    /// Returns when nothing is under way.
    func close() { queue.sync {} }
}
