import Kernel
import Store

/// How far the closing of a period has come.
package enum BookCloseState: String, SQLValue, CaseIterable {
    /// Its movements are being carried into the balances.
    case building
    case closed

    package static let transitions: [BookCloseState: Set<BookCloseState>] = [.building: [.closed]]
}

/// A period of the physical book, closed as of a moment.
package struct BookClose: Sendable, Equatable {
    package let id: BookCloseID
    package let state: BookCloseState
    package let asOf: Instant
    /// The last movement id of the period.
    let upto: Int64
    /// Movements up to this id are in the balances.
    let carried: Int64
    /// How many movements were carried over.
    package let movements: Int64
}

/// Closes the physical book by period: what the movements of a period come to is kept as balances, so that an audit adds
/// up from the last close and not from the first day.
///
/// The balances are at any moment the sum of all movements up to one id, also while a period is being closed: each step
/// carries a stretch of ids over and says so in the same transaction, so that it can stop anywhere.
package enum Books {
    /// How old a movement is when its period is closed: long after its transaction ended, on whatever node.
    package static let rest = Duration.days(1)

    /// The end of the closed periods; no movement is written below it.
    static let closedUpTo: SQL = "COALESCE((SELECT upto FROM book_close ORDER BY id DESC LIMIT 1), 0)"

    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case tooRecent(Instant, latest: Instant)
        case closed(Instant)

        package static let codes = ["books.too_recent", "books.closed"]
        package var code: String { if case .tooRecent = self { Self.codes[0] } else { Self.codes[1] } }
        package var message: String {
            switch self {
            case .tooRecent(let asOf, let latest): "The books can be closed as of \(latest) at the latest, not \(asOf)."
            case .closed(let asOf): "The books are closed as of \(asOf) already."
            }
        }
        package var kind: RefusalKind { .conflict }
    }

    /// The newest closes first.
    package static func closes(limit: Int, in tx: Transaction) throws -> [BookClose] {
        try tx.query(
            "SELECT id, state, as_of, upto, last_movement, movements FROM book_close ORDER BY id DESC LIMIT \(limit)"
        ) {
            BookClose(
                id: try $0.next(), state: try $0.next(), asOf: try $0.next(), upto: try $0.next(), carried: try $0.next(),
                movements: try $0.next())
        }
    }

    /// Begins to close the period that ends at `asOf`; one that is being closed goes on instead.
    package static func begin(asOf: Instant, in tx: Transaction) throws -> BookClose {
        let latest = tx.now - rest
        guard asOf <= latest else { throw Refused.tooRecent(asOf, latest: latest) }
        let last = try closes(limit: 1, in: tx).first
        if let last, last.state == .building { return last }
        let upto = IDGenerator.last(before: asOf), carried = last?.upto ?? 0
        guard carried < upto else { throw Refused.closed(last?.asOf ?? asOf) }
        let close = BookClose(id: tx.id(), state: .building, asOf: asOf, upto: upto, carried: carried, movements: 0)
        try tx.run(
            """
            INSERT INTO book_close (id, state, as_of, upto, last_movement, started_at)
            VALUES (\(close.id), \(close.state), \(asOf), \(upto), \(carried), \(tx.now))
            """)
        return close
    }

    /// Carries the next `limit` movements of the period over; closes it where there are no more. Nil where nothing is
    /// being closed.
    package static func carry(limit: Int, in tx: Transaction) throws -> BookClose? {
        // Locked: whoever else closes waits, and goes on where this one ended.
        guard try tx.value("SELECT id FROM book_close WHERE state = 'building' \(.forUpdate)", as: Int64.self) != nil,
            let close = try closes(limit: 1, in: tx).first
        else { return nil }
        let ids = try tx.values(
            """
            SELECT id FROM movement WHERE id > \(close.carried) AND id <= \(close.upto) ORDER BY id LIMIT \(limit)
            """, as: Int64.self)
        if let first = ids.first, let last = ids.last { try add(first...last, in: tx) }
        let isEnd = ids.count < limit
        let next = BookClose(
            id: close.id, state: isEnd ? .closed : .building, asOf: close.asOf, upto: close.upto,
            carried: isEnd ? close.upto : ids[ids.count - 1], movements: close.movements + Int64(ids.count))
        try tx.run(
            """
            UPDATE book_close SET state = \(next.state), last_movement = \(next.carried), movements = \(next.movements),
                closed_at = \(isEnd ? tx.now : nil as Instant?) WHERE id = \(close.id) AND state = 'building'
            """, expecting: 1)
        return next
    }

    /// Adds what these movements brought to places, less what they took from them.
    private static func add(_ ids: ClosedRange<Int64>, in tx: Transaction) throws {
        let these: SQL = "id >= \(ids.lowerBound) AND id <= \(ids.upperBound)"
        try tx.run(
            """
            INSERT INTO book_balance (owner, sku, lot, place_kind, place, condition, customs, on_hand)
            SELECT owner, sku, lot, place_kind, place, condition, customs, SUM(quantity) FROM (
                SELECT owner, sku, lot, to_kind AS place_kind, to_place AS place, to_condition AS condition,
                    to_customs AS customs, quantity
                FROM movement WHERE \(these) AND to_kind IN ('location', 'unit')
                UNION ALL
                SELECT owner, sku, lot, from_kind, from_place, from_condition, from_customs, -quantity
                FROM movement WHERE \(these) AND from_kind IN ('location', 'unit')
            ) AS side
            WHERE quantity <> 0
            GROUP BY owner, sku, lot, place_kind, place, condition, customs HAVING SUM(quantity) <> 0
            ON CONFLICT (place, place_kind, owner, sku, lot, condition, customs)
            DO UPDATE SET on_hand = book_balance.on_hand + excluded.on_hand
            """)
        try tx.run("DELETE FROM book_balance WHERE on_hand = 0")
    }
}
