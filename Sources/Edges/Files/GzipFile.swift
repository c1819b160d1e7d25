import CZlib

/// The bytes of a file, plain or gzipped, in pieces.
final class GzipFile {
    private let handle: gzFile
    private let name: String
    private(set) var bytes: [UInt8]
    private static let pieceSize = 1 << 16

    /// - Parameter name: for messages.
    init(path: String, name: String) throws(CSVError) {
        guard let handle = gzopen(path, "rb") else { throw CSVError(file: name, row: 0, reason: "cannot be opened") }
        gzbuffer(handle, UInt32(Self.pieceSize))
        self.handle = handle
        self.name = name
        bytes = [UInt8](repeating: 0, count: Self.pieceSize)
    }

    deinit { gzclose(handle) }

    /// How much of the file as it lies on the disk has been read.
    var position: Int64 { max(0, Int64(gzoffset(handle))) }

    /// Reads the next piece into `bytes`; answers its length, 0 at the end. A gzip file that breaks off is an error.
    func fill() throws(CSVError) -> Int {
        let count = gzread(handle, &bytes, UInt32(bytes.count))
        var code: Int32 = 0
        _ = gzerror(handle, &code)
        guard count >= 0, count > 0 || code == Z_OK || code == Z_STREAM_END else {
            throw CSVError(file: name, row: 0, reason: "is not whole or not gzip")
        }
        return Int(count)
    }
}
