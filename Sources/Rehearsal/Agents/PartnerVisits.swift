import Flows
import Kernel
import Partners
import Store

extension Rehearsal {
    /// What a partner does at its site.
    enum Visit {
        case report
        case answer
        case ship
        case track
    }

    /// How many sites we run; they are the first.
    var ownSites: Int { made.sites.count - partners.count }

    /// The day of a partner: it counts in the morning, looks for orders four times, sends in the afternoon, and passes on
    /// what its carrier says whenever it looks.
    func addVisits(_ site: Int, on day: CivilDate) {
        let start = plan.world.zone.instant(day, .midnight)
        agenda.add(.partner(site: site, .report), at: start + .hours(7))
        for hour in [9, 11, 13, 15] { agenda.add(.partner(site: site, .answer), at: start + .hours(hour)) }
        agenda.add(.partner(site: site, .ship), at: start + .hours(16))
        agenda.add(.partner(site: site, .track), at: start + .hours(18))
    }

    func visit(_ site: Int, _ visit: Visit) throws {
        try settle()
        guard var partner = partners[site], !isDown else { return }
        switch visit {
        case .report: try partner.report(on: stepper)
        case .answer: try partner.answer(on: stepper)
        case .ship: try partner.ship(on: stepper)
        case .track: break
        }
        try partner.track(on: stepper)
        partners[site] = partner
    }

    /// Nobody is there on the days the plan names.
    private var isDown: Bool {
        let zone = plan.world.zone, rates = plan.troubles.partner
        guard let first = plan.world.orders.first?.placed else { return false }
        let day = zone.day(of: stepper.now) - zone.day(of: first)
        return day >= rates.downFrom && day < rates.downFrom + rates.downDays
    }

    /// Agrees with the partners on the goods they will have, gives them the first ones, and hears their first report.
    func openPartners() throws {
        let world = plan.world
        for (site, _) in partners.sorted(by: { $0.key < $1.key }) {
            let opening = stock.opening.filter { $0.site == site }
            let merchants = Set(
                opening.map { world.items[$0.item].merchant } + stock.deliveries.filter { $0.site == site }.map(\.merchant))
            let flows = merchants.sorted().map { merchant in
                SaveAgreement(
                    Agreement(
                        id: AgreementID(0), site: made.sites[site], merchant: catalog.merchants[merchant], acceptMinutes: 20 * 60,
                        cancelMinutes: 24 * 60, reportMinutes: 30 * 24 * 60, currency: world.currency, lateAcceptance: 100,
                        lateShipment: 300, lateReport: 500, rejectedUnit: 50, shortUnit: 150),
                    network: assembly.network)
            }
            for answer in stepper.perform(flows) { _ = try answer.get() }
            for one in opening {
                partners[site]?.put(one.quantity, of: catalog.skus[one.item], catalog.merchants[world.items[one.item].merchant])
            }
            try partners[site]?.report(on: stepper)
        }
    }
}
