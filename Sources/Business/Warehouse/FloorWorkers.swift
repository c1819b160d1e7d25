import Kernel
import Store

/// Somebody who works on the floor of a site with a scanner in the hand.
package struct FloorWorker: Hashable, Sendable {
    /// The actor that the log names.
    package let worker: String
    package let site: SiteID
    /// What they do: `pick`, `pack` …
    package let process: String
    package let seen: Instant
    package let scans: Int64
    /// The task they walk for; nobody else is sent there while they are at work.
    package let task: TaskID?
}

/// Who is on the floor, and which task is whose.
package enum FloorWorkers {
    /// Somebody who scanned nothing for so long is not at work: what they had goes to others.
    package static let absence = Duration.minutes(30)

    /// Somebody scanned something.
    package static func seen(_ worker: String, at site: SiteID, process: String, in tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO floor_worker (site, worker, process, seen_at, scans, task)
            VALUES (\(site), \(worker), \(process), \(tx.now), 1, 0)
            ON CONFLICT (site, worker) DO UPDATE SET process = \(process), seen_at = \(tx.now), scans = floor_worker.scans + 1
            """)
    }

    /// The task this worker does next: the one they have, else the first in walking order that nobody else walks for.
    package static func claim(_ kind: TaskKind, at site: SiteID, for worker: String, in tx: Transaction) throws -> TaskID? {
        let own = try Tasks.load(
            where: """
                id IN (SELECT task FROM floor_worker WHERE site = \(site) AND worker = \(worker)) AND site = \(site)
                    AND state = 'open' AND kind = \(kind)
                """, limit: 1, in: tx)
        if let own = own.first { return own.id }
        let next = try Tasks.load(
            where: """
                site = \(site) AND state = 'open' AND kind = \(kind) AND NOT EXISTS (SELECT 1 FROM floor_worker w
                    WHERE w.site = \(site) AND w.task = task.id AND w.worker <> \(worker) AND w.seen_at > \(tx.now - absence))
                """, limit: 1, in: tx)
        guard let next = next.first else { return nil }
        try give(next.id, to: worker, at: site, in: tx)
        return next.id
    }

    /// From now on this worker walks for a task, and whoever had it does not.
    /// - Throws: `NotFound` where nobody of that name works at the site.
    package static func give(_ task: TaskID, to worker: String, at site: SiteID, in tx: Transaction) throws {
        try tx.run("UPDATE floor_worker SET task = 0 WHERE site = \(site) AND task = \(task) AND worker <> \(worker)")
        let given = try tx.run("UPDATE floor_worker SET task = \(task) WHERE site = \(site) AND worker = \(worker)")
        if given == 0 { throw NotFound("worker", worker) }
    }

    /// Nobody walks for a task any more.
    package static func free(_ task: TaskID, at site: SiteID, in tx: Transaction) throws {
        try tx.run("UPDATE floor_worker SET task = 0 WHERE site = \(site) AND task = \(task)")
    }

    /// Who was seen since, by name.
    package static func present(at site: SiteID, since: Instant, in tx: Transaction) throws -> [FloorWorker] {
        try tx.query(
            """
            SELECT worker, site, process, seen_at, scans, NULLIF(task, 0) FROM floor_worker
            WHERE site = \(site) AND seen_at > \(since) ORDER BY worker
            """
        ) {
            try FloorWorker(
                worker: $0.next(), site: $0.next(), process: $0.next(), seen: $0.next(), scans: $0.next(), task: $0.next())
        }
    }
}
