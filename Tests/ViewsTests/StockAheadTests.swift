import Kernel
import Testing

@testable import Views

@Suite("What stock will do")
struct StockAheadTests {
    private func ahead(
        _ parts: [StockAhead.Part], arrivals: [StockAhead.Arrival] = [], perDay: Double = 4, measured: Bool = true
    ) -> StockAhead {
        StockAhead(
            sku: SKUID(1), code: "A", name: "A", isKit: false, isMeasured: measured, parts: parts, arrivals: arrivals, perDay: perDay)
    }

    private func part(_ onHand: Int64, _ sellable: Int64, _ promised: Int64, short: Int64 = 0, stale: Bool = false) -> StockAhead.Part {
        StockAhead.Part(
            site: "S", onHand: Quantity(onHand), sellable: Quantity(sellable), promised: Quantity(promised), short: Quantity(short),
            isStale: stale)
    }

    @Test("lasts as many whole days as what may be sold now divided by what sells in a day")
    func cover() {
        #expect(ahead([part(10, 10, 1)]).coverDays == 2)
        #expect(ahead([part(10, 10, 1)], perDay: 0).coverDays == nil)
        #expect(ahead([part(10, 10, 10)]).coverDays == 0)
        #expect(ahead([part(10, 10, 0), part(9, 9, 0, stale: true)]).available == 10)
    }

    @Test("names each reason why units cannot be sold, in its order")
    func hindrances() {
        #expect(ahead([part(10, 10, 1)]).hindrances == [])
        #expect(ahead([], measured: false).hindrances == [.unmeasured, .nothingThere])
        #expect(ahead([part(10, 4, 6, short: 2)]).hindrances == [.setAside, .promised, .short])
        #expect(ahead([part(5, 5, 0, stale: true)]).hindrances == [.stale, .promised])
    }

    @Test("falls by what sells in a day, never below nothing, and rises when something comes")
    func outlook() {
        let now = Instant(micros: 1_795_267_230_000_000)
        let come = StockAhead.Arrival(site: "S", at: now + .days(3), quantity: 20)
        #expect(ahead([part(10, 10, 0)], arrivals: [come]).outlook(days: 5, from: now) == [10, 6, 2, 20, 16])
        #expect(ahead([part(10, 10, 0)]).outlook(days: 5, from: now) == [10, 6, 2, 0, 0])
    }
}
