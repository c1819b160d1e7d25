import Kernel
import Store

/// A carton that a site packs into.
package struct Carton: Hashable, Sendable {
    package let id: CartonID
    package let site: SiteID
    /// Unique with its site.
    package let code: String
    /// Clear space inside.
    package let inner: Dimensions
    /// The most that the goods in it may weigh.
    package let maxLoad: Grams
    /// Mass of the empty carton with its usual filling.
    package let tare: Grams
    /// Price of one, in minor units of the operator's currency.
    package let cost: Int64
}

/// The cartons at the packing stations.
package enum Cartons {
    package static func all(in tx: Transaction) throws -> [Carton] {
        try tx.query(
            "SELECT id, site, code, length_mm, width_mm, height_mm, max_g, tare_g, cost FROM carton ORDER BY site, id"
        ) {
            try Carton(
                id: $0.next(), site: $0.next(), code: $0.next(),
                inner: Dimensions(length: $0.next(), width: $0.next(), height: $0.next()), maxLoad: $0.next(),
                tare: $0.next(), cost: $0.next())
        }
    }

    /// How many of each are left at these sites; below zero where more were used than were counted in.
    package static func onHand(at sites: some Sequence<SiteID>, in tx: Transaction) throws -> [CartonID: Int64] {
        let found = try tx.query("SELECT id, on_hand FROM carton WHERE site IN \(list: sites) ORDER BY id") {
            (try $0.next(CartonID.self), try $0.next(Int64.self))
        }
        return Dictionary(uniqueKeysWithValues: found)
    }

    /// Takes used cartons off the stock. A fact, never refused: the count may fall below zero.
    ///
    /// Leaves no event: the parcel's own names its carton.
    package static func use(_ used: [(carton: CartonID, count: Int64)], in tx: Transaction) throws {
        let totals = Dictionary(used.map { ($0.carton, $0.count) }, uniquingKeysWith: +)
        var rows = Rows(["id": .int, "count": .int])
        for (carton, count) in totals.sorted(by: { $0.key < $1.key }) { rows.add(carton, count) }
        try tx.run(
            """
            UPDATE carton SET on_hand = on_hand - v.count, used = used + v.count
            FROM (\(rows: rows)) AS v WHERE carton.id = v.id
            """)
    }
}
