import Exceptions
import Flows
import Inventory
import Kernel
import Orders
import Store
import Transport

extension Rehearsal {
    /// How many days after the last order the sites go on working.
    private static let patience = 120

    /// The end of a working day: backlogs are written down, and tomorrow is planned while there is work.
    func closeDay() throws {
        try settle()
        let today = plan.world.zone.day(of: stepper.now)
        let open = try stepper.read { [made] in try Fulfillments.open(at: made.sites, in: $0) }
        for (index, site) in made.sites.enumerated() { results.backlog.append((today, index, open[site] ?? 0)) }
        let isOver = orders.nextToPlace == plan.world.orders.count && agenda.isEmpty
            && open.values.allSatisfy { $0 == 0 } && pending.updates.isEmpty && partners.values.allSatisfy(\.isIdle)
        let waiting = try stepper.read { try Shortages.count(in: $0) }
        let last = plan.world.orders.last.map { plan.world.zone.day(of: $0.placed) } ?? today
        // What is not done by then never will be; the report names it.
        let stranded = try isOver && stepper.read { try Parcels.anyWithUs(in: $0) }
        let isDone = try isOver && waiting == 0 && !stranded && returnsAreDone()
        guard !isDone, today < last + Self.patience else { return }
        addDay(today + 1)
        agenda.add(.desk, at: plan.world.zone.instant(today + 1, .midnight) + .hours(9))
        agenda.add(.returns, at: plan.world.zone.instant(today + 1, .midnight) + .hours(10))
        agenda.add(.day, at: plan.world.zone.instant(today + 1, .midnight) + .hours(20))
    }

    /// Merchants decide what nobody else can: an order that waited a week past its deadline is cancelled.
    func decide() throws {
        try supervise()
        let overdue = try stepper.read { tx in
            try Shortages.overdue(by: tx.now - .days(7), in: tx)
        }
        for order in overdue {
            let answer = try stepper.perform(CancelOrder(order, merchant: nil, reason: "no goods", actor: "merchant"))
            results.cancelledForStock += answer.answer == .refused ? 0 : 1
        }
    }
}
