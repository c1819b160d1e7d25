import Kernel
import Store
import Warehouse

/// Nothing more of a site is released until somebody says that it goes on; what is on the floor is worked to its end.
package struct PauseRelease: Flow {
    let site: SiteID
    let reason: String
    let actor: String

    /// - Parameter reason: 1 to 200 characters, for those who wonder why.
    package init(_ site: SiteID, reason: String, actor: String) {
        self.site = site
        self.reason = reason
        self.actor = actor
    }

    /// False where it was paused already: the first reason stands.
    package func run(in tx: Transaction) throws -> Bool {
        guard (1...200).contains(reason.count) else {
            throw InvalidInput(field: "/reason", "A reason has 1 to 200 characters, not \(reason.count).")
        }
        return try ReleasePauses.begin(site, by: actor, reason: reason, in: tx)
    }
}

/// A site releases again.
package struct ResumeRelease: Flow {
    let site: SiteID
    let actor: String

    package init(_ site: SiteID, actor: String) {
        self.site = site
        self.actor = actor
    }

    /// False where it was not paused.
    package func run(in tx: Transaction) throws -> Bool { try ReleasePauses.end(site, by: actor, in: tx) }
}
