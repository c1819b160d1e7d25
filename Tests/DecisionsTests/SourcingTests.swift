import Decisions
import Kernel
import Testing

private let noon = Instant(micros: 1_780_000_000_000_000)

private func flat(_ price: Int64, service: Int64 = 1, accepts: [Bool] = [], days: Int = 1) -> SourcingProblem.Option {
    .init(service: ID(service), prices: [.init(upToGrams: 30_000, price: price)], accepts: accepts, shipBy: noon,
        arrival: noon + .days(days))
}

private func site(_ id: Int64, has available: [Int64], distance: Int64 = 0, _ options: SourcingProblem.Option...)
    -> SourcingProblem.Site
{
    .init(id: ID(id), distance: distance, available: available, options: options)
}

@Suite struct SourcingTests {
    let two = [SourcingProblem.Line(quantity: 1, grams: 500), SourcingProblem.Line(quantity: 2, grams: 300)]

    @Test("one parcel from a dearer site beats two from cheap ones once splitting costs")
    func oneParcelBeatsTwo() {
        var problem = SourcingProblem(
            lines: two,
            sites: [site(1, has: [1, 0], flat(200)), site(2, has: [0, 2], flat(200)), site(3, has: [1, 2], flat(450))])
        #expect(problem.sourced().parts.map(\.site.raw) == [1, 2])
        problem.splitCost = 100
        let plan = problem.sourced()
        #expect(plan.parts.map(\.site.raw) == [3])
        #expect(plan.cost == .init(shipping: 450))
        #expect(plan.considered.contains { $0.rule == .onlySite(ID(1)) && $0.outcome == .short(units: 2) })
    }

    @Test("what no site has is left unfilled, and nothing ships where the order must be whole")
    func partialOrders() {
        var problem = SourcingProblem(lines: two, sites: [site(1, has: [1, 1], flat(300))])
        #expect(problem.sourced().unfilled == [0, 1])
        #expect(problem.sourced().parts[0].quantities == [1, 1])
        problem.allowPartial = false
        let plan = problem.sourced()
        #expect(plan.parts.isEmpty && plan.unfilled == [1, 2] && plan.provenOptimal && plan.cost.total == 0)
    }

    @Test("a kit leaves from one site or not at all")
    func kitsStayWhole() {
        let kit = two.map { SourcingProblem.Line(quantity: $0.quantity, grams: $0.grams, keepTogether: 1) }
        var problem = SourcingProblem(
            lines: kit, sites: [site(1, has: [1, 1], flat(100)), site(2, has: [1, 1], flat(100))])
        #expect(problem.sourced().parts.isEmpty)
        problem.sites.append(site(3, has: [1, 2], flat(900)))
        #expect(problem.sourced().parts.map(\.site.raw) == [3])
    }

    @Test("lines that no service takes together leave one site in two parts")
    func incompatibleLines() {
        let plan = SourcingProblem(
            lines: two,
            sites: [
                site(1, has: [1, 2], flat(300, service: 1, accepts: [true, false]),
                    flat(200, service: 2, accepts: [false, true]))
            ],
            splitCost: 50
        ).sourced()
        #expect(plan.parts.map(\.service.raw) == [1, 2])
        #expect(plan.cost == .init(shipping: 500, split: 50))
        #expect(plan.considered.first?.outcome == .noService)
    }

    @Test("a late service is chosen only where being late costs less than being fast", arguments: [(100, 2), (90, 1)])
    func latenessIsWeighed(perDay: Int64, service: Int64) {
        let problem = SourcingProblem(
            lines: [.init(quantity: 1, grams: 100)],
            sites: [site(1, has: [1], flat(300, service: 1, days: 4), flat(490, service: 2, days: 1))],
            deadline: noon + .days(2), latenessPerDay: perDay)
        let plan = problem.sourced()
        #expect(plan.parts[0].service.raw == service)
        #expect(plan.cost.lateness == (service == 1 ? 2 * perDay : 0))
    }

    @Test("what is heavier than a parcel may be goes in several, and volume counts as weight")
    func severalParcels() {
        let option = SourcingProblem.Option(
            service: ID(1), prices: [.init(upToGrams: 1_000, price: 400), .init(upToGrams: 2_000, price: 600)],
            dimDivisor: 5_000, maxGrams: 2_000, shipBy: noon, arrival: noon)
        let plan = SourcingProblem(
            lines: [.init(quantity: 4, grams: 200, volume: 5_500_000)],
            sites: [.init(id: ID(1), available: [4], handlingPerParcel: 30, handlingPerUnit: 5, options: [option])],
            splitCost: 70
        ).sourced()
        #expect(plan.parts[0].billableGrams == 4_400)
        #expect(plan.parts[0].parcels == 3)
        #expect(plan.cost == .init(shipping: 1_600, handling: 110, split: 140))
    }

    @Test("three light parcels beat one heavy one where prices climb steeply")
    func lightParcelsBeatOneHeavy() {
        let option = SourcingProblem.Option(
            service: ID(1), prices: [.init(upToGrams: 100, price: 10), .init(upToGrams: 300, price: 1_000)],
            shipBy: noon, arrival: noon)
        let plan = SourcingProblem(
            lines: [.init(quantity: 3, grams: 100)], sites: [.init(id: ID(1), available: [3], options: [option])]
        ).sourced()
        #expect(plan.cost.total == 30 && plan.parcels == 3 && plan.provenOptimal)
    }

    @Test("of two equal sites the lower id ships, and of two equal services the one that arrives first")
    func tiesAreSettled() {
        let problem = SourcingProblem(
            lines: two,
            sites: [
                site(9, has: [1, 2], flat(300)),
                site(4, has: [1, 2], flat(300, service: 7, days: 3), flat(300, service: 8, days: 2)),
            ])
        let plan = problem.sourced()
        #expect(plan.parts.map(\.site.raw) == [4] && plan.parts.map(\.service.raw) == [8])
    }

    @Test("a scarce unit is left where it will be missed")
    func scarcityMovesTheOrder() {
        var near = site(1, has: [5], flat(300))
        near.scarcity = [80]
        let plan = SourcingProblem(
            lines: [.init(quantity: 1, grams: 100)], sites: [near, site(2, has: [5], flat(350))]
        ).sourced()
        #expect(plan.parts.map(\.site.raw) == [2])
    }

    @Test("the nearest-site rule is priced beside the plan")
    func nearestIsConsidered() {
        let plan = SourcingProblem(
            lines: two,
            sites: [site(1, has: [1, 0], distance: 10, flat(200)), site(2, has: [1, 2], distance: 90, flat(210))],
            splitCost: 100
        ).sourced()
        #expect(plan.considered.last == .init(rule: .nearestFirst, outcome: .cost(510, parcels: 2)))
        #expect(plan.cost.total == 210)
    }

    @Test("the reason is compact and names at most three alternatives")
    func reasonIsCompact() throws {
        let sites = (1...6).map { site($0, has: [1, 2], flat(300 + $0)) }
        let reason = try JSON(SourcingProblem(lines: two, sites: sites).sourced().reason().text)
        #expect(reason["alternatives"]?.array?.count == 3)
        #expect(reason["alternatives"]?.array?.compactMap { $0["cost"]?.int } == [301, 302, 303])
        #expect(reason["cost"]?["total"]?.int == 301)
        #expect(reason["proven"]?.bool == true)
        #expect(reason.text.utf8.count < 700)
    }

    @Test("an order of nothing has an empty plan")
    func orderOfNothing() {
        let plan = SourcingProblem(
            lines: [.init(quantity: 0, grams: 5)], sites: [site(1, has: [3], flat(100))]
        ).sourced()
        #expect(plan.parts.isEmpty && plan.unfilled == [0] && plan.provenOptimal)
    }
}
