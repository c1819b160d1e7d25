/// A type of the standard library that is one value on the wire.
protocol WireScalar: Decodable {
    static var schema: Schema { get }
    static var dummy: Self { get }
    /// Nil where `value` is something else.
    init?(wire value: WireValue)
}

extension String: WireScalar {
    static var schema: Schema { .text }
    static var dummy: String { "" }
    init?(wire value: WireValue) {
        switch value {
        case .string(let text), .bare(let text): self = text
        default: return nil
        }
    }
}

extension Bool: WireScalar {
    static var schema: Schema { .boolean }
    static var dummy: Bool { false }
    init?(wire value: WireValue) {
        switch value {
        case .bool(let value): self = value
        case .bare("true"): self = true
        case .bare("false"): self = false
        default: return nil
        }
    }
}

extension Double: WireScalar {
    static var schema: Schema { .number }
    static var dummy: Double { 0 }
    init?(wire value: WireValue) {
        switch value {
        case .number(let text), .bare(let text):
            guard let number = Double(text), number.isFinite else { return nil }
            self = number
        default: return nil
        }
    }
}

extension WireScalar where Self: FixedWidthInteger {
    static var schema: Schema {
        .integer(in: Int64(clamping: Self.min)...Int64(clamping: Self.max))
    }
    static var dummy: Self { 0 }
    init?(wire value: WireValue) {
        switch value {
        case .number(let text), .bare(let text):
            guard let number = Self(text) else { return nil }
            self = number
        default: return nil
        }
    }
}

extension Int: WireScalar {}
extension Int64: WireScalar {}
extension Int32: WireScalar {}
extension Int16: WireScalar {}
extension UInt8: WireScalar {}
extension UInt16: WireScalar {}
extension UInt32: WireScalar {}
