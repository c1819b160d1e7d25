import Facilities
import Kernel
import Store

/// Changes some shifts or departures of a site, or takes them off, and leaves what else is stated of it. One that begins at the same
/// time of the same day, for the same work, is replaced.
package struct ChangeShifts: Flow {
    let site: SiteID
    let shifts: [SiteCapacity]
    let takesOff: Bool
    let actor: String

    package init(_ shifts: [SiteCapacity], at site: SiteID, takesOff: Bool = false, actor: String) {
        (self.shifts, self.site, self.takesOff, self.actor) = (shifts, site, takesOff, actor)
    }

    /// Answers the slots that are over.
    package func run(in tx: Transaction) throws -> [OverbookedSlot] {
        let stated = try SiteCapacity.all(in: tx)[site] ?? []
        let rest = stated.filter { one in !shifts.contains { Self.isSame($0, one) } }
        return try StateCapacities(takesOff ? rest : rest + shifts, at: site, actor: actor).run(in: tx)
    }

    private static func isSame(_ a: SiteCapacity, _ b: SiteCapacity) -> Bool {
        a.process == b.process && a.service == b.service && a.weekday == b.weekday && a.opens == b.opens && a.validity == b.validity
    }
}
