import Kernel
import Store

/// Work released to the floor together.
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
}
