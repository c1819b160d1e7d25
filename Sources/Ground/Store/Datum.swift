import Kernel

/// What a column or a bound value holds. There are only these: money, times, ids and booleans are whole numbers.
@frozen @usableFromInline package enum Datum: Hashable, Sendable {
    case null
    case int(Int64)
    case text(String)
}

/// The type of a column or bound value, also where the value is null.
@frozen @usableFromInline package enum ValueKind: Sendable {
    case int
    case text
}

/// A row of an answer, as the engine holds it; columns count from 0. Valid until the next row is asked for.
@usableFromInline package protocol RowSource: AnyObject {
    func isNull(_ column: Int) -> Bool
    func int(_ column: Int) throws -> Int64
    func text(_ column: Int) throws -> String
}

/// A type that can be bound in SQL and read from a column.
@usableFromInline package protocol SQLValue: Sendable {
    static var sqlKind: ValueKind { get }
    var sqlValue: Datum { get }
    static func read(_ row: any RowSource, _ column: Int) throws -> Self
}

/// Reads the columns of one row from left to right.
@frozen @usableFromInline package struct RowReader {
    @usableFromInline package let source: any RowSource
    @usableFromInline var column = 0

    @inlinable package init(_ source: any RowSource) { self.source = source }

    /// The next column. Throws `StoreError.unexpected` where it is null or of another type.
    @inlinable package mutating func next<T: SQLValue>(_: T.Type = T.self) throws -> T {
        defer { column += 1 }
        return try T.read(source, column)
    }
}

extension Int64: SQLValue {
    @inlinable package static var sqlKind: ValueKind { .int }
    @inlinable package var sqlValue: Datum { .int(self) }
    @inlinable package static func read(_ row: any RowSource, _ column: Int) throws -> Int64 { try row.int(column) }
}

extension Int: SQLValue {
    @inlinable package static var sqlKind: ValueKind { .int }
    @inlinable package var sqlValue: Datum { .int(Int64(self)) }
    @inlinable package static func read(_ row: any RowSource, _ column: Int) throws -> Int { Int(try row.int(column)) }
}

extension Bool: SQLValue {
    @inlinable package static var sqlKind: ValueKind { .int }
    @inlinable package var sqlValue: Datum { .int(self ? 1 : 0) }
    @inlinable package static func read(_ row: any RowSource, _ column: Int) throws -> Bool { try row.int(column) != 0 }
}

extension String: SQLValue {
    @inlinable package static var sqlKind: ValueKind { .text }
    @inlinable package var sqlValue: Datum { .text(self) }
    @inlinable package static func read(_ row: any RowSource, _ column: Int) throws -> String { try row.text(column) }
}

extension Optional: SQLValue where Wrapped: SQLValue {
    @inlinable package static var sqlKind: ValueKind { Wrapped.sqlKind }
    @inlinable package var sqlValue: Datum { self?.sqlValue ?? .null }
    @inlinable package static func read(_ row: any RowSource, _ column: Int) throws -> Wrapped? {
        row.isNull(column) ? nil : try Wrapped.read(row, column)
    }
}

extension ID: SQLValue {
    @inlinable package static var sqlKind: ValueKind { .int }
    @inlinable package var sqlValue: Datum { .int(raw) }
    @inlinable package static func read(_ row: any RowSource, _ column: Int) throws -> Self { Self(try row.int(column)) }
}

extension Instant: SQLValue {
    @inlinable package static var sqlKind: ValueKind { .int }
    @inlinable package var sqlValue: Datum { .int(micros) }
    @inlinable package static func read(_ row: any RowSource, _ column: Int) throws -> Self { Self(micros: try row.int(column)) }
}

/// Stored as days since 1970-01-01.
extension CivilDate: SQLValue {
    package static var sqlKind: ValueKind { .int }
    package var sqlValue: Datum { .int(Int64(dayNumber)) }
    package static func read(_ row: any RowSource, _ column: Int) throws -> Self {
        Self(dayNumber: Int(try row.int(column)))
    }
}

extension Currency: SQLValue {
    package static var sqlKind: ValueKind { .text }
    package var sqlValue: Datum { .text(code) }
    package static func read(_ row: any RowSource, _ column: Int) throws -> Self {
        let code = try row.text(column)
        guard let currency = Self(code) else { throw StoreError.unexpected("'\(code)' is not a currency") }
        return currency
    }
}

/// Stored as canonical text.
extension JSON: SQLValue {
    package static var sqlKind: ValueKind { .text }
    package var sqlValue: Datum { .text(text) }
    package static func read(_ row: any RowSource, _ column: Int) throws -> Self { try JSON(row.text(column)) }
}

extension SQLValue where Self: Measure {
    @inlinable package static var sqlKind: ValueKind { .int }
    @inlinable package var sqlValue: Datum { .int(rawValue) }
    @inlinable package static func read(_ row: any RowSource, _ column: Int) throws -> Self { Self(try row.int(column)) }
}

extension Grams: SQLValue {}
extension Millimetres: SQLValue {}
extension Quantity: SQLValue {}

/// State enums are stored as their words.
extension SQLValue where Self: RawRepresentable, RawValue == String {
    @inlinable package static var sqlKind: ValueKind { .text }
    @inlinable package var sqlValue: Datum { .text(rawValue) }
    @inlinable package static func read(_ row: any RowSource, _ column: Int) throws -> Self {
        let word = try row.text(column)
        guard let value = Self(rawValue: word) else { throw isNo(word, Self.self) }
        return value
    }
}

@usableFromInline func isNo(_ word: String, _ kind: Any.Type) -> any Error { StoreError.unexpected("'\(word)' is not a \(kind)") }
