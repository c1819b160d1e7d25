import CZlib

/// RFC 1952, for files that are the same for everybody. Pages stay plain: a page holds a secret (its form token) beside what
/// was typed into the address, and the size of the two compressed together would tell one from the other.
enum Gzip {
    /// Nil where it does not become smaller.
    static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        // The library keeps the address of the stream and wants the same one again.
        return withUnsafeMutablePointer(to: &stream) { compress(bytes, $0) }
    }

    private static func compress(_ bytes: [UInt8], _ stream: UnsafeMutablePointer<z_stream>) -> [UInt8]? {
        let size = Int32(MemoryLayout<z_stream>.size)
        guard deflateInit2_(stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK else { return nil }
        defer { deflateEnd(stream) }
        var input = bytes, output = [UInt8](repeating: 0, count: bytes.count)
        let isDone = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                (stream.pointee.next_in, stream.pointee.avail_in) = (source.baseAddress, UInt32(source.count))
                (stream.pointee.next_out, stream.pointee.avail_out) = (target.baseAddress, UInt32(target.count))
                return deflate(stream, Z_FINISH) == Z_STREAM_END
            }
        }
        return isDone ? Array(output.prefix(Int(stream.pointee.total_out))) : nil
    }
}
