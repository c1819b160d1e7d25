import Store

/// A statement without its values: those of one shape have one text, which is written and prepared once.
struct SQLiteShape: Hashable {
    private let parts: [SQL.Part]
    private let loopsRows: Bool

    init(_ sql: SQL, loopsRows: Bool) {
        parts = sql.parts
        self.loopsRows = loopsRows
    }

    /// Holds no value, so that it may be kept.
    var bare: SQLiteShape { SQLiteShape(SQL(parts.map(Self.bare)), loopsRows: loopsRows) }

    private static func bare(_ part: SQL.Part) -> SQL.Part {
        switch part {
        case .bind(_, let kind): return .bind(.null, kind)
        case .list(let values, let kind):
            let width = Self.width(of: values)
            return .list(width == 0 ? [] : Array(repeating: .null, count: width), kind)
        case .rows(let rows): return .rows(rows.bare)
        case .after: return .after(.start)
        case .text, .word: return part
        }
    }

    /// Lists up to eight values are parameters, rounded up to 1, 2, 4 or 8 by naming the last one again, so that few texts
    /// stand for all lengths; 0 stands for a JSON array.
    static func width(of values: [Datum]) -> Int {
        switch values.count {
        case 1, 2: values.count
        case 3, 4: 4
        case 5...8: 8
        default: 0
        }
    }

    /// The texts of one statement are the same literals each time, which are told equal by their address.
    static func == (a: SQLiteShape, b: SQLiteShape) -> Bool {
        guard a.loopsRows == b.loopsRows, a.parts.count == b.parts.count else { return false }
        for index in a.parts.indices where !areAlike(a.parts[index], b.parts[index], a.loopsRows) { return false }
        return true
    }

    private static func areAlike(_ a: SQL.Part, _ b: SQL.Part, _ loopsRows: Bool) -> Bool {
        switch (a, b) {
        case (.text(let a), .text(let b)): a == b
        case (.bind, .bind), (.after, .after): true
        case (.list(let a, _), .list(let b, _)): width(of: a) == width(of: b)
        case (.rows(let a), .rows(let b)):
            (loopsRows || a.isOne == b.isOne) && a.columns.count == b.columns.count
                && zip(a.columns, b.columns).allSatisfy { $0.name == $1.name }
        case (.word(let a), .word(let b)): a == b
        default: false
        }
    }

    /// Over lengths only: the same for two texts now and then, which `==` tells apart.
    func hash(into hasher: inout Hasher) {
        var sum = loopsRows ? 1 : 0
        for part in parts {
            let piece =
                switch part {
                case .text(let text): text.utf8.count &* 8
                case .bind: 1
                case .list(let values, _): 16 &+ Self.width(of: values)
                case .rows(let rows): 32 &+ rows.columns.count
                case .word: 2
                case .after: 3
                }
            sum = sum &* 1_000_003 &+ piece
        }
        hasher.combine(sum)
    }
}
