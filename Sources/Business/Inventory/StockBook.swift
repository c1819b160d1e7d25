import Kernel
import Store

/// The physical book: movements, and the balances they sum up to.
package enum StockBook {
    /// Writes movements and their balances, and changes what may be promised by what they change in sellable places.
    ///
    /// Never refuses: where the book has less than was moved, the difference is found goods, written as a movement
    /// of its own before.
    /// - Parameter consuming: the claims that these movements fulfil; they leave the commitment book with the goods.
    package static func post(_ movements: [NewMovement], consuming: [Claim] = [], in tx: Transaction) throws {
        guard !movements.isEmpty else { return }
        let found = try missing(for: movements, in: tx)
        let all = found + movements
        try insert(all, in: tx)
        try changeBalances(all, in: tx)
        try SupplyBook.settle(changes(all), consuming: consuming, in: tx)
    }

    private static func insert(_ movements: [NewMovement], in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "owner": .int, "sku": .int, "lot": .int, "quantity": .int, "site": .int, "fk": .text, "fp": .int,
            "fc": .text, "cu": .text, "tk": .text, "tp": .int, "tc": .text, "reason": .text, "ref": .int, "actor": .text,
            "occurred": .int,
        ])
        var scanned: [(id: MovementID, move: NewMovement)] = []
        for move in movements {
            let id = tx.id(MovementID.self)
            if !move.serials.isEmpty { scanned.append((id, move)) }
            rows.add(
                id, move.owner, move.sku, move.lot?.raw ?? 0, move.quantity, move.site, move.from.kind,
                move.from.id, move.fromCondition, move.customs, move.to.kind, move.to.id, move.toCondition, move.reason,
                move.reference, move.actor, move.occurred)
        }
        // Closed periods take no more: an id in one means that this node's clock is days behind.
        let written = try tx.run(
            """
            INSERT INTO movement (id, owner, sku, lot, quantity, site, from_kind, from_place, from_condition, from_customs,
                to_kind, to_place, to_condition, to_customs, reason, reference, actor, occurred_at, recorded_at)
            SELECT v.id, v.owner, v.sku, v.lot, v.quantity, v.site, v.fk, v.fp, v.fc, v.cu, v.tk, v.tp, v.tc, v.cu,
                v.reason, v.ref, v.actor, v.occurred, \(tx.now)
            FROM (\(rows: rows)) AS v WHERE v.id > \(Books.closedUpTo)
            """)
        guard written == rows.count else {
            throw StoreError.unexpected("\(rows.count - written) movements at \(tx.now) fall into a closed period of the books")
        }
        try Serials.follow(scanned, in: tx)
    }

    /// Movements of found goods for what the book lacks at the places that movements leave.
    private static func missing(for movements: [NewMovement], in tx: Transaction) throws -> [NewMovement] {
        let leaving = movements.filter { $0.from.kind.holdsStock }
        guard !leaving.isEmpty else { return [] }
        var onHand = try balances(of: leaving.map(\.sku), at: leaving.map(\.from.id), in: tx)
        var found: [NewMovement] = []
        for move in movements {
            if move.from.kind.holdsStock {
                let lacks = move.quantity.rawValue - onHand[move.fromKey, default: 0]
                if lacks > 0 {
                    found.append(move.found(lacks))
                    onHand[move.fromKey, default: 0] += lacks
                }
                onHand[move.fromKey, default: 0] -= move.quantity.rawValue
            }
            if move.to.kind.holdsStock { onHand[move.toKey, default: 0] += move.quantity.rawValue }
        }
        return found
    }

    /// The balances of these SKUs at these places, locked.
    private static func balances(of skus: [SKUID], at places: [Int64], in tx: Transaction) throws -> [CellKey: Int64] {
        let rows = try tx.query(
            """
            SELECT place, place_kind, owner, sku, lot, condition, customs, on_hand FROM stock
            WHERE place IN \(list: Set(places).sorted()) AND sku IN \(list: Set(skus).sorted()) ORDER BY id \(.forUpdate)
            """
        ) {
            (
                try CellKey(
                    place: $0.next(), kind: $0.next(), owner: $0.next(), sku: $0.next(), lot: $0.next(),
                    condition: $0.next(), customs: $0.next()),
                try $0.next(Int64.self)
            )
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    private static func changeBalances(_ movements: [NewMovement], in tx: Transaction) throws {
        var change: [CellKey: Int64] = [:], places: [CellKey: (Place, SiteID)] = [:], order: [CellKey] = []
        for move in movements {
            for (key, place, sign) in [(move.fromKey, move.from, Int64(-1)), (move.toKey, move.to, 1)]
            where place.kind.holdsStock {
                if places.updateValue((place, move.site), forKey: key) == nil { order.append(key) }
                change[key, default: 0] += sign * move.quantity.rawValue
            }
        }
        var rows = Rows([
            "id": .int, "owner": .int, "sku": .int, "lot": .int, "site": .int, "kind": .text, "place": .int,
            "condition": .text, "customs": .text, "sellable": .int, "pickable": .int, "change": .int,
        ])
        // What grows stands before what shrinks only where both are one cell, which `change` has summed.
        for key in order {
            guard let amount = change[key], amount != 0, let (place, site) = places[key] else { continue }
            rows.add(
                tx.id(StockID.self), key.owner, key.sku, key.lot, site, key.kind, key.place, key.condition, key.customs,
                place.isSellable && key.condition == .new && key.customs == .free,
                place.isPickable && key.condition == .new && key.customs == .free, amount)
        }
        try apply(rows, in: tx)
        let emptied = order.filter { $0.kind == .unit && change[$0, default: 0] < 0 }.map(\.place)
        if !emptied.isEmpty {
            try tx.run("DELETE FROM stock WHERE place IN \(list: emptied) AND place_kind = 'unit' AND on_hand = 0")
        }
    }

    private static func apply(_ rows: Rows, in tx: Transaction) throws {
        // Shrinking first by UPDATE: an INSERT of a negative balance would fail its CHECK before the conflict is seen.
        try tx.run(
            """
            UPDATE stock SET on_hand = stock.on_hand + v.change FROM (\(rows: rows)) AS v
            WHERE stock.place = v.place AND stock.place_kind = v.kind AND stock.owner = v.owner AND stock.sku = v.sku
                AND stock.lot = v.lot AND stock.condition = v.condition AND stock.customs = v.customs AND v.change < 0
            """)
        try tx.run(
            """
            INSERT INTO stock (id, owner, sku, lot, site, place_kind, place, condition, customs, sellable, pickable, on_hand)
            SELECT v.id, v.owner, v.sku, v.lot, v.site, v.kind, v.place, v.condition, v.customs, v.sellable, v.pickable, v.change
            FROM (\(rows: rows)) AS v WHERE v.change > 0
            ON CONFLICT (place, place_kind, owner, sku, lot, condition, customs)
            DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand
            """)
    }

    private static func changes(_ movements: [NewMovement]) -> [SellableChange] {
        var sums: [SellableChange.Key: Int64] = [:]
        for move in movements {
            sums[.init(sku: move.sku, site: move.site, owner: move.owner), default: 0] += move.sellableChange
        }
        return sums.filter { $0.value != 0 }.map { SellableChange(key: $0.key, amount: $0.value) }.sorted { $0.key < $1.key }
    }
}

extension NewMovement {
    /// Goods that were here without the book knowing.
    func found(_ lacks: Int64) -> NewMovement {
        var found = NewMovement(
            owner: owner, sku: sku, lot: lot, quantity: Quantity(lacks), site: site, from: .outside(.found), to: from,
            reason: .count, reference: reference, actor: actor, occurred: occurred)
        found.fromCondition = fromCondition
        found.toCondition = fromCondition
        found.customs = customs
        return found
    }
}
