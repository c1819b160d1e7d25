import Kernel
import Store

/// Units of a merchant that were lost or turned out damaged: a movement that took them from what can be sold, and whether somebody
/// still looks into it.
package struct HarmedUnits: Sendable {
    /// What happened, by the movement.
    package enum What: String, CaseIterable, Sendable {
        /// A carrier, or a trip between sites, lost the parcel.
        case lostOnTheWay = "lost_on_the_way"
        /// A picker did not find them in their bin.
        case notFound = "not_found"
        /// A count found fewer than the book.
        case missing
        /// They came damaged with a shipment.
        case cameDamaged = "came_damaged"
        /// A return was graded as damaged.
        case returnedDamaged = "returned_damaged"
        case damaged
    }

    package let id: MovementID
    package let sku: SKUID
    package let code: String
    package let name: String
    package let site: String
    package let quantity: Quantity
    package let what: What
    package let at: Instant
    /// Somebody looks into it.
    package let isOpen: Bool
    /// What came of looking into it; nil where nobody has, or does still.
    package let outcome: String?

    /// A page, the latest first.
    package static func page(
        of merchant: MerchantID, after id: MovementID?, limit: Int, in tx: Transaction
    ) throws -> [HarmedUnits] {
        let rows = try tx.query(
            """
            SELECT m.id, m.sku, s.code, s.name, t.name, m.quantity, m.to_kind, m.from_kind, m.reason, m.reference, m.occurred_at
            FROM movement m JOIN sku s ON s.id = m.sku JOIN site t ON t.id = m.site
            WHERE m.owner = \(merchant) AND m.id < \(id?.raw ?? .max) AND (m.to_kind = 'lost' OR m.to_condition = 'damaged')
                AND (m.to_kind = 'lost' OR m.from_condition <> 'damaged' OR m.from_kind = 'supplier')
            ORDER BY m.id DESC LIMIT \(limit)
            """
        ) { row in
            (
                id: try row.next(MovementID.self), sku: try row.next(SKUID.self), code: try row.next(String.self),
                name: try row.next(String.self), site: try row.next(String.self), quantity: try row.next(Quantity.self),
                to: try row.next(String.self), from: try row.next(String.self), reason: try row.next(String.self),
                reference: try row.next(Int64.self), at: try row.next(Instant.self)
            )
        }
        let cases = try cases(about: rows.filter { $0.to == "lost" && $0.reason == "loss" }.map(\.reference), in: tx)
        return rows.map { row in
            let about = cases[row.reference]
            return HarmedUnits(
                id: row.id, sku: row.sku, code: row.code, name: row.name, site: row.site, quantity: row.quantity,
                what: what(to: row.to, from: row.from, reason: row.reason), at: row.at, isOpen: about.map { $0.isOpen } ?? false,
                outcome: about?.outcome)
        }
    }

    private static func what(to: String, from: String, reason: String) -> What {
        if to == "lost" { return reason == "count" ? .missing : from == "location" ? .notFound : .lostOnTheWay }
        return from == "supplier" ? .cameDamaged : reason == "grade" || from == "shopper" ? .returnedDamaged : .damaged
    }

    /// The latest exception about each parcel, or pick task, that a loss names.
    private static func cases(
        about references: [Int64], in tx: Transaction
    ) throws -> [Int64: (isOpen: Bool, outcome: String?)] {
        var raw: [String: Int64] = [:]
        for one in Set(references).sorted() {
            raw[UnitID(one).description] = one
            raw[TaskID(one).description] = one
        }
        let found = try tx.query(
            """
            SELECT subject, CASE WHEN closed_at IS NULL THEN 1 ELSE 0 END, outcome FROM exception
            WHERE subject IN \(list: raw.keys.sorted()) AND kind IN ('parcel.lost', 'unit.short', 'pick.short', 'transfer.short')
            ORDER BY id
            """
        ) { (try $0.next(String.self), try $0.next(Int64.self), try $0.next(String?.self)) }
        var cases: [Int64: (isOpen: Bool, outcome: String?)] = [:]
        for (subject, isOpen, outcome) in found {
            if let reference = raw[subject] { cases[reference] = (isOpen == 1, outcome) }
        }
        return cases
    }
}
