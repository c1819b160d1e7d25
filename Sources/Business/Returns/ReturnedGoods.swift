import Kernel
import Store

/// Goods that came back, as they were found, and what becomes of them.
package struct ReturnedGoods: Sendable {
    package let id: GoodsID
    /// Nil where nobody knows of which return they are.
    package let rma: RMAID?
    /// Nil where they are none of the announced ones.
    package let item: RMAItemID?
    package let owner: MerchantID
    package let site: SiteID
    package let location: LocationID
    package let sku: SKUID
    package let lot: LotID?
    package var quantity: Quantity
    package let finding: GoodsFinding
    /// As it was read off one unit.
    package var serial: String?
    package var state = GoodsState.received
    /// As the stock book has it: `new`, `opened`, `damaged`, `unknown`.
    package var condition = "unknown"
    package var grade: Grade?
    package var disposition: Disposition?

    package init(
        id: GoodsID, rma: RMAID?, item: RMAItemID?, owner: MerchantID, site: SiteID, location: LocationID, sku: SKUID,
        lot: LotID?, quantity: Quantity, finding: GoodsFinding
    ) {
        self.id = id
        self.rma = rma
        self.item = item
        self.owner = owner
        self.site = site
        self.location = location
        self.sku = sku
        self.lot = lot
        self.quantity = quantity
        self.finding = finding
    }

    /// For the book: a false unit is none of the serial it bears.
    package var serials: [String] { finding == .counterfeit ? [] : serial.map { [$0] } ?? [] }

    init(_ row: inout RowReader) throws {
        id = try row.next()
        let (rma, item): (Int64, Int64) = try (row.next(), row.next())
        self.rma = rma == 0 ? nil : RMAID(rma)
        self.item = item == 0 ? nil : RMAItemID(item)
        (owner, site, location, sku) = try (row.next(), row.next(), row.next(), row.next())
        let lot: Int64 = try row.next()
        self.lot = lot == 0 ? nil : LotID(lot)
        (quantity, finding, state) = try (row.next(), row.next(), row.next())
        (condition, grade, disposition) = try (row.next(), row.next(), row.next())
        serial = try row.next()
    }
}

package enum GoodsBook {
    package static func add(_ goods: [ReturnedGoods], occurred: Instant, in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "rma": .int, "item": .int, "owner": .int, "site": .int, "location": .int, "sku": .int, "lot": .int,
            "quantity": .int, "finding": .text, "state": .text, "condition": .text, "grade": .text, "disposition": .text,
            "serial": .text,
        ])
        for one in goods {
            rows.add(
                one.id, one.rma?.raw ?? 0, one.item?.raw ?? 0, one.owner, one.site, one.location, one.sku, one.lot?.raw ?? 0,
                one.quantity, one.finding, one.state, one.condition, one.grade, one.disposition, one.serial)
        }
        try tx.run(
            """
            INSERT INTO returned_goods (id, rma, item, owner, site, location, sku, lot, quantity, finding, state, condition,
                grade, disposition, serial, received_at)
            SELECT v.id, v.rma, v.item, v.owner, v.site, v.location, v.sku, v.lot, v.quantity, v.finding, v.state, v.condition,
                v.grade, v.disposition, v.serial, \(occurred) FROM (\(rows: rows)) AS v
            """)
    }

    package static func load(where condition: SQL, limit: Int = 10_000, in tx: Transaction) throws -> [ReturnedGoods] {
        try tx.query(
            """
            SELECT id, rma, item, owner, site, location, sku, lot, quantity, finding, state, condition, grade, disposition,
                serial
            FROM returned_goods WHERE \(condition) ORDER BY id LIMIT \(limit) \(.forUpdate)
            """
        ) { try ReturnedGoods(&$0) }
    }

    package static func load(_ ids: some Sequence<GoodsID>, in tx: Transaction) throws -> [ReturnedGoods] {
        try load(where: "id IN \(list: Set(ids).sorted())", in: tx)
    }

    package static func at(
        _ site: SiteID, in states: [GoodsState], limit: Int, tx: Transaction
    ) throws -> [ReturnedGoods] {
        try load(where: "site = \(site) AND state IN \(list: states)", limit: limit, in: tx)
    }

    /// Of these returns, those of which goods still wait for their grade.
    package static func ungraded(_ returns: [RMAID], in tx: Transaction) throws -> Set<RMAID> {
        Set(try tx.values(
            "SELECT DISTINCT rma FROM returned_goods WHERE rma IN \(list: returns) AND state = 'received' ORDER BY rma"))
    }

    /// A part of goods becomes goods of its own, as they are, so that it can be decided apart.
    package static func split(_ goods: ReturnedGoods, off part: Quantity, occurred: Instant, in tx: Transaction) throws -> ReturnedGoods {
        precondition(part > 0 && part < goods.quantity, "a part is less than the whole")
        try tx.run(
            "UPDATE returned_goods SET quantity = quantity - \(part) WHERE id = \(goods.id) AND quantity > \(part)", expecting: 1)
        var rest = ReturnedGoods(
            id: tx.id(), rma: goods.rma, item: goods.item, owner: goods.owner, site: goods.site, location: goods.location,
            sku: goods.sku, lot: goods.lot, quantity: part, finding: goods.finding)
        (rest.state, rest.condition, rest.grade, rest.disposition) = (goods.state, goods.condition, goods.grade, goods.disposition)
        try add([rest], occurred: occurred, in: tx)
        return rest
    }

    /// One decision about goods.
    package struct Decision: Sendable {
        package let goods: GoodsID
        package let from: GoodsState
        package let to: GoodsState
        package let grade: Grade
        package let disposition: Disposition
        package let condition: String
        package let proof: String?
        package let task: TaskID?

        package init(
            _ goods: ReturnedGoods, to: GoodsState, grade: Grade, disposition: Disposition, condition: String, proof: String?,
            task: TaskID?
        ) {
            precondition(GoodsState.transitions[goods.state]?.contains(to) ?? false, "goods never go from \(goods.state) to \(to)")
            self.goods = goods.id
            from = goods.state
            self.to = to
            self.grade = grade
            self.disposition = disposition
            self.condition = condition
            self.proof = proof
            self.task = task
        }
    }

    package static func decide(_ decisions: [Decision], occurred: Instant, in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "before": .text, "state": .text, "grade": .text, "disposition": .text, "condition": .text,
            "proof": .text, "task": .int,
        ])
        for one in decisions.sorted(by: { $0.goods < $1.goods }) {
            rows.add(one.goods, one.from, one.to, one.grade, one.disposition, one.condition, one.proof, one.task)
        }
        try tx.run(
            """
            UPDATE returned_goods SET state = v.state, grade = v.grade, disposition = v.disposition, condition = v.condition,
                proof = v.proof, task = v.task, decided_at = \(occurred)
            FROM (\(rows: rows)) AS v WHERE returned_goods.id = v.id AND returned_goods.state = v.before
            """, expecting: rows.count)
    }
}
