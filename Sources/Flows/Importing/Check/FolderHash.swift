import Crypto
import Foundation
import Store

/// SHA-256 over the names and bytes of files, in the order given.
enum FolderHash {
    static func of(_ paths: [String]) throws -> String {
        var hash = SHA256()
        for path in paths {
            guard let file = FileHandle(forReadingAtPath: path) else {
                throw ImportProblem(file: path, row: 0, column: "", value: "", rule: "cannot be opened")
            }
            hash.update(data: Data("\(URL(filePath: path).lastPathComponent)\n\(try FileReading.size(path))\n".utf8))
            while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
            try file.close()
        }
        return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
