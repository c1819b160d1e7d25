import Kernel
import Store

/// Work released to the floor together.
package struct Wave: Hashable, Sendable {
    package let id: WaveID
    package let site: SiteID
    /// What leaves by then was released.
    package let shipBy: Instant
    package let orders: Int
    package let tasks: Int
    package let released: Instant
    /// When it was taken back; nil where it stands.
    package let undone: Instant?

    package init(
        id: WaveID, site: SiteID, shipBy: Instant, orders: Int, tasks: Int, released: Instant, undone: Instant?
    ) {
        (self.id, self.site, self.shipBy, self.orders, self.tasks) = (id, site, shipBy, orders, tasks)
        (self.released, self.undone) = (released, undone)
    }
}

package enum Waves {
    package static func add(
        _ id: WaveID, site: SiteID, shipBy: Instant, orders: Int, tasks: Int, in tx: Transaction
    ) throws {
        try tx.run(
            """
            INSERT INTO wave (id, site, ship_by, orders, tasks, released_at)
            VALUES (\(id), \(site), \(shipBy), \(orders), \(tasks), \(tx.now))
            """)
        tx.emit(.waveReleased(id, site: site, orders: orders, at: tx.now))
    }

    package static func load(_ id: WaveID, in tx: Transaction) throws -> Wave? {
        try tx.first(
            """
            SELECT id, site, ship_by, orders, tasks, released_at, undone_at FROM wave WHERE id = \(id) \(.forUpdate)
            """
        ) {
            try Wave(
                id: $0.next(), site: $0.next(), shipBy: $0.next(), orders: $0.next(), tasks: $0.next(), released: $0.next(),
                undone: $0.next())
        }
    }

    /// It is taken back; once.
    package static func undo(_ wave: Wave, actor: String, in tx: Transaction) throws {
        try tx.run("UPDATE wave SET undone_at = \(tx.now) WHERE id = \(wave.id) AND undone_at IS NULL", expecting: 1)
        tx.emit(.waveUndone(wave.id, site: wave.site, orders: wave.orders, actor: actor, at: tx.now))
    }
}
