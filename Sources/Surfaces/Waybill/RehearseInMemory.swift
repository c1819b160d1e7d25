import Console
import Kernel
import Rehearsal
import StoreSQLite

/// A rehearsal as the console asks for it: made-up orders, in a store of its own that is gone afterwards.
enum RehearseInMemory {
    @Sendable
    static func run(_ choice: RehearsalChoice) throws -> RehearsalSummary {
        let clock = ContinuousClock(), start = clock.now
        let days = max(1, min(60, choice.orders / 20))
        let world = SampleWorld.make(orders: choice.orders, days: days, start: CivilDate(dayNumber: 20_491), seed: choice.seed)
        let plan = RehearsalPlan(
            world: world, sites: choice.sites, seed: choice.seed, troubles: choice.faults ? .faulty : Troubles(),
            partnerSites: choice.partners)
        let report = try Rehearsal(plan, engine: SQLiteEngine(.ownMemory), progress: { _, _ in }).run().report
        let wall = clock.now - start
        return RehearsalSummary(
            delivered: report.daysToDoor.delivered, kept: report.promises.keptPerMillion, medianDays: report.daysToDoor.median,
            p90Days: report.daysToDoor.p90, parcelsPerOrder: report.parcels.perOrder, shippingPerOrder: report.shipping.perOrder,
            cartonFill: report.cartonFill.meanPerMillion, exceptions: report.exceptions.reduce(0) { $0 + $1.count },
            auditFindings: report.auditFindings, byDay: report.daysToDoor.byDay, seconds: Double(wall.components.seconds)
                + Double(wall.components.attoseconds) / 1e18)
    }
}
