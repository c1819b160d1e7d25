import Kernel
import Orders
import Rehearsal
import Store
import TestGround
import Testing

@testable import Views

@Suite struct OrderWindowTests {
    @Test("walking the windows of a list finds every order that is asked for once, the newest first", arguments: EngineKind.all)
    func windows(_ kind: EngineKind) throws {
        try withStepper(kind, migrations: Assembly.migrations) { stepper in
            try stepper.perform(SampleWork(orders: 60, seed: 7))
            try stepper.perform(SomeDates())
            try stepper.read { tx in
                let all = try OrderPages.list(OrderFilter(), .network, after: nil, limit: 1000, in: tx)
                #expect(all.count == 60)
                for filter in Self.filters {
                    for scope in [Scope.network, .merchant(MerchantID(1)), .merchant(MerchantID(9)), .site(SiteID(501))] {
                        let wanted = all.filter { Self.isWanted($0, filter, scope, now: tx.now) }.map(\.id)
                        #expect(try Self.walk(filter, scope, in: tx) == wanted, "\(filter) \(scope)")
                    }
                }
            }
        }
    }

    private static func walk(_ filter: OrderFilter, _ scope: Scope, in tx: Transaction) throws -> [OrderID] {
        var found: [OrderID] = [], place: OrderID?
        for _ in 0..<100 {
            let page = try OrderPages.window(filter, scope, after: place, limit: 4, reach: 7, in: tx)
            found += page.rows.map(\.id)
            guard let next = page.next else { return found }
            place = next
        }
        return []
    }

    private static var filters: [OrderFilter] {
        var filters = OrderState.allCases.map { OrderFilter(state: $0) }
        filters += [OrderFilter(), OrderFilter(merchant: MerchantID(1)), OrderFilter(merchant: MerchantID(1), state: .open)]
        filters += [OrderFilter(channel: "shop"), OrderFilter(channel: "nowhere")]
        for promise in PromiseStanding.allCases {
            var filter = OrderFilter()
            filter.promise = promise
            filters.append(filter)
        }
        var paid = OrderFilter(merchant: MerchantID(1))
        paid.payment = .paid
        return filters + [paid]
    }

    private static func isWanted(_ order: OrderSummary, _ filter: OrderFilter, _ scope: Scope, now: Instant) -> Bool {
        switch scope {
        case .network: break
        case .merchant(let own): if order.merchant != own { return false }
        case .site, .carrier: return false
        }
        if let merchant = filter.merchant, order.merchant != merchant { return false }
        if let state = filter.state, order.state != state { return false }
        if let channel = filter.channel, order.channel != channel { return false }
        if let payment = filter.payment, order.payment != payment { return false }
        guard let promise = filter.promise else { return true }
        guard order.state == .open || order.state == .shipped, let promised = order.promisedBy else { return false }
        return promise == .late ? promised < now : promised >= now && (order.estimatedAt ?? promised) > promised
    }
}

/// Dates before and after now, and expectations before and after them.
private struct SomeDates: Flow {
    func run(in tx: Transaction) throws {
        let hour = Duration.hours(1).micros
        try tx.run(
            """
            UPDATE orders SET promised_by = \(tx.now.micros) + (id % 3 - 1) * \(hour),
                estimated_at = \(tx.now.micros) + (id % 5 - 2) * \(2 * hour)
            """)
    }
}
