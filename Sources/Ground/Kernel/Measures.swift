/// A whole number with a unit. Values of two units never mix; arithmetic traps on overflow.
@usableFromInline package protocol Measure: RawRepresentable, Hashable, Comparable, AdditiveArithmetic, Sendable, Codable,
    ExpressibleByIntegerLiteral, CustomStringConvertible
where RawValue == Int64 {
    init(_ raw: Int64)
}

extension Measure {
    @inlinable package init(rawValue: Int64) { self.init(rawValue) }
    @inlinable package init(integerLiteral value: Int64) { self.init(value) }
    @inlinable package static var zero: Self { Self(0) }
    @inlinable package static func + (a: Self, b: Self) -> Self { Self(a.rawValue + b.rawValue) }
    @inlinable package static func - (a: Self, b: Self) -> Self { Self(a.rawValue - b.rawValue) }
    @inlinable package static func * (a: Self, b: Int64) -> Self { Self(a.rawValue * b) }
    @inlinable package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    @usableFromInline package var description: String { String(rawValue) }
}

/// A mass in grams.
@frozen @usableFromInline package struct Grams: Measure {
    @usableFromInline package var rawValue: Int64
    @inlinable package init(_ raw: Int64) { rawValue = raw }
}

/// A length in millimetres.
@frozen @usableFromInline package struct Millimetres: Measure {
    @usableFromInline package var rawValue: Int64
    @inlinable package init(_ raw: Int64) { rawValue = raw }
}

/// A distance on the ground in metres.
@frozen @usableFromInline package struct Metres: Measure {
    @usableFromInline package var rawValue: Int64
    @inlinable package init(_ raw: Int64) { rawValue = raw }
}

/// A count of pieces of one SKU.
@frozen @usableFromInline package struct Quantity: Measure {
    @usableFromInline package var rawValue: Int64
    @inlinable package init(_ raw: Int64) { rawValue = raw }
}

/// Length, width and height of a box.
@frozen package struct Dimensions: Hashable, Sendable, Codable {
    package var length: Millimetres
    package var width: Millimetres
    package var height: Millimetres

    @inlinable package init(length: Millimetres, width: Millimetres, height: Millimetres) {
        self.length = length
        self.width = width
        self.height = height
    }

    /// Cubic millimetres.
    @inlinable package var volume: Int64 { length.rawValue * width.rawValue * height.rawValue }
}
