import CZlib
import Foundation

/// Runs `body` with a new folder that is removed afterwards.
@discardableResult
func withFolder<T>(_ body: (String) throws -> T) throws -> T {
    let path = FileManager.default.temporaryDirectory.appending(path: "waybill_import_\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let result = Result { try body(path) }
    try FileManager.default.removeItem(atPath: path)
    return try result.get()
}

/// The bytes as a gzip file.
func gzipped(_ bytes: [UInt8]) throws -> [UInt8] {
    try withFolder { folder in
        let path = folder + "/a.gz"
        let file = gzopen(path, "wb")
        gzwrite(file, bytes, UInt32(bytes.count))
        gzclose(file)
        return Array(try Data(contentsOf: URL(filePath: path)))
    }
}
