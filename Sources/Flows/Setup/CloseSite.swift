import Facilities
import Kernel
import Store

/// A site does not work on a day, or works after all. Promises made from now on know; what is promised already stays.
package struct CloseSite: Flow {
    let site: SiteID
    let day: CivilDate
    /// Nil: it is open after all.
    let reason: String?
    let actor: String

    package init(_ site: SiteID, on day: CivilDate, reason: String?, actor: String) {
        (self.site, self.day, self.reason, self.actor) = (site, day, reason, actor)
    }

    package func run(in tx: Transaction) throws {
        let closed = reason.map { [SiteClosure(site: site, day: day, reason: $0)] } ?? []
        try SetClosures.run(closed, reopened: reason == nil ? [SiteDay(site: site, day: day)] : [], actor: actor, in: tx)
    }
}
