/// Numbers and tables of a TrueType file; nil beyond its end.
struct FontFile: Sendable {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func u8(_ at: Int) -> Int? { bytes.indices.contains(at) ? Int(bytes[at]) : nil }

    func u16(_ at: Int) -> Int? {
        at >= 0 && at + 2 <= bytes.count ? Int(bytes[at]) << 8 | Int(bytes[at + 1]) : nil
    }

    func i8(_ at: Int) -> Int? { u8(at).map { Int(Int8(truncatingIfNeeded: $0)) } }

    func i16(_ at: Int) -> Int? { u16(at).map { Int(Int16(truncatingIfNeeded: $0)) } }

    func u32(_ at: Int) -> Int? {
        guard let high = u16(at), let low = u16(at + 2) else { return nil }
        return high << 16 | low
    }

    /// Where a table begins.
    func table(_ tag: String) -> Int? {
        guard let count = u16(4) else { return nil }
        let wanted = Array(tag.utf8)
        for record in (0..<count).map({ 12 + $0 * 16 }) where record + 16 <= bytes.count {
            if Array(bytes[record..<record + 4]) == wanted { return u32(record + 8) }
        }
        return nil
    }
}
