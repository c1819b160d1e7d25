import Kernel
import Store

/// That a site releases nothing for now.
package struct ReleasePause: Hashable, Sendable {
    package let site: SiteID
    package let by: String
    package let reason: String
    package let since: Instant
}

package enum ReleasePauses {
    /// Nil where the site releases.
    package static func find(_ site: SiteID, in tx: Transaction) throws -> ReleasePause? {
        try tx.first("SELECT site, paused_by, reason, paused_at FROM release_pause WHERE site = \(site)") {
            try ReleasePause(site: $0.next(), by: $0.next(), reason: $0.next(), since: $0.next())
        }
    }

    /// False where it was paused already: the first pause stands.
    package static func begin(_ site: SiteID, by actor: String, reason: String, in tx: Transaction) throws -> Bool {
        let begun = try tx.run(
            """
            INSERT INTO release_pause (site, paused_by, reason, paused_at)
            VALUES (\(site), \(actor), \(reason), \(tx.now)) ON CONFLICT (site) DO NOTHING
            """)
        if begun == 1 { tx.emit(.release("paused", site: site, actor: actor, at: tx.now)) }
        return begun == 1
    }

    /// False where it was not paused.
    package static func end(_ site: SiteID, by actor: String, in tx: Transaction) throws -> Bool {
        let ended = try tx.run("DELETE FROM release_pause WHERE site = \(site)")
        if ended == 1 { tx.emit(.release("resumed", site: site, actor: actor, at: tx.now)) }
        return ended == 1
    }
}
