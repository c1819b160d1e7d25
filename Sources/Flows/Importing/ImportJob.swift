import Foundation
import Kernel
import Store

/// Brings a folder of files into the books: checked whole, staged unseen, made certain by one write, then applied.
///
/// Run again under the same name, it goes on where it stopped.
package struct ImportJob: Sendable {
    let store: Store
    let scratch: any Engine
    let folder: String
    let catalogue: String?
    let layout: ImportLayout
    let name: String
    let desk: OrderDesk
    let actor: String

    /// - Parameters:
    ///   - scratch: gives every connection a new, empty database on the disk that is gone with it; an SQLite engine of a file
    ///     without name does.
    ///   - catalogue: the folder of products and sellers, for layouts that have one; nil: the same folder.
    ///   - name: 1 to 60 letters, digits, `.`, `-`, `_`.
    package init(
        store: Store, scratch: any Engine, folder: String, catalogue: String? = nil, layout: ImportLayout, name: String,
        desk: OrderDesk, actor: String = "import"
    ) {
        self.store = store
        self.scratch = scratch
        self.folder = URL(filePath: folder).standardizedFileURL.path
        self.catalogue = catalogue.map { URL(filePath: $0).standardizedFileURL.path }
        self.layout = layout
        self.name = name
        self.desk = desk
        self.actor = actor
    }

    /// Blocks this thread until all rows are applied. Throws `ImportRefused`, what `progress` throws, and `StoreError`.
    package func run(progress: @escaping ImportProgressCall = { _ in }) throws -> ImportReport {
        guard (1...60).contains(name.utf8.count), name.utf8.allSatisfy(Self.isNameByte) else { throw ImportRefused.badName(name) }
        do {
            let source = try layout.source(folder, catalogue: catalogue)
            let hash = try FolderHash.of(source.paths)
            var record = try find(hash)
            if record == nil || record?.state == .reading {
                record = try StageFiles(job: self, source: source, hash: hash).run(record, progress)
            }
            guard let record else { throw StoreError.unexpected("import \(name) vanished") }
            return try ImportRun(store: store, scratch: scratch, desk: desk, actor: actor).apply(record, progress)
        } catch let problem as ImportProblem {
            throw ImportRefused.problems([problem])
        }
    }

    /// The import of this name and these files; nil where there is none.
    private func find(_ hash: String) throws -> ImportRecord? {
        try store.readBlocking { [name] tx in
            if let known = try ImportRecords.find(name, in: tx) {
                guard known.contentHash == hash else { throw ImportRefused.nameUsed(name) }
                return known
            }
            if let other = try ImportRecords.name(ofContent: hash, in: tx) { throw ImportRefused.sameFiles(as: other) }
            return nil
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || [45, 46, 95].contains(byte)
    }
}
