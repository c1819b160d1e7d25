import Kernel
import Store

package enum DebtState: String, SQLValue, CaseIterable, Codable {
    case open
    /// The goods came, or the money did.
    case recovered
    case writtenOff = "written_off"

    package static let transitions: [DebtState: Set<DebtState>] = [.open: [.recovered, .writtenOff]]
}

/// What a shopper was given for goods that never came.
package struct ReturnDebt: Sendable {
    package let id: DebtID
    package let rma: RMAID
    package let merchant: MerchantID
    package let order: OrderID
    package let units: Quantity
    package let amount: Money
    package let state: DebtState
    package let due: Instant

    package init(
        id: DebtID, rma: RMAID, merchant: MerchantID, order: OrderID, units: Quantity, amount: Money, due: Instant
    ) {
        self.id = id
        self.rma = rma
        self.merchant = merchant
        self.order = order
        self.units = units
        self.amount = amount
        self.due = due
        state = .open
    }

    init(_ row: inout RowReader) throws {
        (id, rma, merchant, order) = try (row.next(), row.next(), row.next(), row.next())
        units = try row.next()
        amount = try Money(row.next(), row.next())
        (state, due) = try (row.next(), row.next())
    }
}

package enum ReturnDebts {
    package static func open(_ debts: [ReturnDebt], occurred: Instant, in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "rma": .int, "merchant": .int, "ord": .int, "units": .int, "amount": .int, "currency": .text, "due": .int,
        ])
        for one in debts {
            rows.add(one.id, one.rma, one.merchant, one.order, one.units, one.amount.minor, one.amount.currency, one.due)
            tx.emit(.debt(one, .open, at: occurred))
        }
        try tx.run(
            """
            INSERT INTO return_debt (id, rma, merchant, order_id, units, amount_minor, currency, state, opened_at, due)
            SELECT v.id, v.rma, v.merchant, v.ord, v.units, v.amount, v.currency, 'open', \(occurred), v.due
            FROM (\(rows: rows)) AS v
            """)
    }

    private static func list(_ condition: SQL, limit: Int = 10_000, in tx: Transaction) throws -> [ReturnDebt] {
        try tx.query(
            """
            SELECT id, rma, merchant, order_id, units, amount_minor, currency, state, due FROM return_debt
            WHERE \(condition) ORDER BY id LIMIT \(limit) \(.forUpdate)
            """
        ) { try ReturnDebt(&$0) }
    }

    package static func load(_ id: DebtID, in tx: Transaction) throws -> ReturnDebt? {
        try list("id = \(id)", in: tx).first
    }

    package static func open(limit: Int, in tx: Transaction) throws -> [ReturnDebt] {
        try list("state = 'open'", limit: limit, in: tx)
    }

    package static func open(of orders: some Sequence<OrderID>, in tx: Transaction) throws -> [ReturnDebt] {
        try list("order_id IN \(list: Set(orders).sorted()) AND state = 'open'", in: tx)
    }

    package static func settle(
        _ debt: ReturnDebt, as state: DebtState, note: String, actor: String, occurred: Instant, in tx: Transaction
    ) throws {
        precondition(state != .open, "a debt is settled or it is open")
        try tx.run(
            """
            UPDATE return_debt SET state = \(state), closed_at = \(occurred), note = \(note)
            WHERE id = \(debt.id) AND state = 'open'
            """, expecting: 1)
        tx.emit(.debt(debt, state, actor: actor, at: occurred))
    }
}
