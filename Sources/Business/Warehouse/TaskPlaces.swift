import Kernel
import Store

extension Tasks {
    /// What is put first stands before the walking order of the site, and keeps its order among itself.
    private static let lead: Int64 = 1_000_000_000

    /// Puts open tasks before all others of their site, or back into their turn.
    ///
    /// - Parameter key: of the event: the task or the wave.
    /// - Returns: how many changed their place.
    package static func put(
        first isFirst: Bool, _ ids: [TaskID], key: String, at site: SiteID, actor: String, in tx: Transaction
    ) throws -> Int {
        let moved = isFirst
            ? try tx.run("UPDATE task SET walk = walk - \(lead) WHERE id IN \(list: ids.sorted()) AND state = 'open' AND walk >= 0")
            : try tx.run("UPDATE task SET walk = walk + \(lead) WHERE id IN \(list: ids.sorted()) AND state = 'open' AND walk < 0")
        if moved > 0 {
            tx.emit(
                NewEvent(
                    isFirst ? "work.put_first" : "work.put_back", key: key, occurred: tx.now, actor: actor, site: site,
                    quantity: Int64(moved), unit: "task"))
        }
        return moved
    }
}
