import Kernel
import Orders
import Store
import Transport

/// A count of the journey that disagrees with the orders.
package struct StageDifference: Equatable, Sendable, CustomStringConvertible {
    /// A position of order units, or `parcels` and a stage.
    package let what: String
    package let counted: Int64
    package let actual: Int64

    package var description: String { "stage_count has \(counted) for \(what); the orders say \(actual)" }
}

extension StageCounts {
    /// Where the counts, with the events the follower has not counted yet, differ from the orders' own units and
    /// from the parcels. Reads all components: for the audit.
    package static func compare(in tx: Transaction) throws -> [StageDifference] {
        var tally = try StageTally.read(in: tx)
        for move in try movesNotCounted(in: tx) { tally.apply(move) }
        return try compareUnits(tally, in: tx) + compareParcels(tally, in: tx)
    }

    private static func compareUnits(_ tally: StageTally, in tx: Transaction) throws -> [StageDifference] {
        let sums = SQL(verbatim: Position.allCases.map { "COALESCE(SUM(\($0.rawValue)), 0)" }.joined(separator: ", "))
        let actual = try tx.first("SELECT \(sums) FROM order_component") { row in
            try Position.allCases.map { _ in try row.next(Int64.self) }
        }
        return zip(Position.allCases, actual ?? []).compactMap { position, actual in
            let counted = Stage.allCases.filter { $0.position == position }.reduce(0) { $0 + tally.total($1).units }
            return counted == actual ? nil : StageDifference(what: position.rawValue, counted: counted, actual: actual)
        }
    }

    private static func compareParcels(_ tally: StageTally, in tx: Transaction) throws -> [StageDifference] {
        let states = try tx.query(
            """
            SELECT state, has_left, COUNT(*) FROM (
                SELECT state, CASE WHEN left_at IS NULL THEN 0 ELSE 1 END AS has_left FROM parcel) AS parcels
            GROUP BY state, has_left ORDER BY state, has_left
            """
        ) { try (Stage($0.next(ParcelState.self), hasLeft: $0.next()), $0.next(Int64.self)) }
        return Stage.allCases.filter(\.holdsParcels).compactMap { stage in
            let actual = states.reduce(0) { $1.0 == stage ? $0 + $1.1 : $0 }
            let counted = tally.total(stage).parcels
            return counted == actual
                ? nil : StageDifference(what: "parcels \(stage.rawValue)", counted: counted, actual: actual)
        }
    }

    /// The moves of events behind the cursors and of those that are parked.
    private static func movesNotCounted(in tx: Transaction) throws -> [StageMove] {
        let rows = try tx.query(
            """
            SELECT e.type, e.site, e.quantity, e.payload FROM event e
            LEFT JOIN follower_cursor c ON c.follower = \(cursorName) AND c.partition_number = e.partition_number
            WHERE (c.tx IS NULL OR \(.beyondCursor)
                    OR e.seq IN (SELECT p.seq FROM parked_event p WHERE p.follower = \(cursorName)))
                AND e.type IN \(list: StageMoves.types.sorted())
            ORDER BY e.tx, e.seq
            """
        ) { try StageMoves.of($0.next(String.self), site: $0.next(), quantity: $0.next(), payload: $0.next()) }
        return rows.compactMap { $0 }
    }
}
