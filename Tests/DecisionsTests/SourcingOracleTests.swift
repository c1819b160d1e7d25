import Decisions
import Kernel
import Testing

@Suite struct SourcingOracleTests {
    @Test("the cost is that of the best of all plans", arguments: 0..<12)
    func costIsThatOfTheBestOfAllPlans(batch: Int) throws {
        for number in 0..<200 {
            var random = SeededRandom(seed: UInt64(batch * 1_000 + number))
            let sites = 1 + random.below(3), options = sites < 3 ? 1 + random.below(2) : 1
            let units = random.below(5) == 0 ? 4 : 1 + random.below(3)
            let problem = randomSourcing(&random, units: units, sites: sites, options: options)
            let plan = problem.sourced(), oracle = SourcingOracle(problem: problem)
            let best = oracle.best()
            let told = SourcingOracle.Score(filled: plan.parts.reduce(0) { $0 + $1.units }, cost: plan.cost.total)
            #expect(plan.provenOptimal)
            #expect(oracle.score(plan) == told, "seed \(batch * 1_000 + number): the plan costs what it says")
            #expect(told == best, "seed \(batch * 1_000 + number): no plan is better")
        }
    }

    @Test("without effort the plan is still possible, says it is unproven, and is no dearer than the nearest-site rule",
        arguments: 0..<4)
    func withoutEffortThePlanIsStillPossible(batch: Int) throws {
        var unproven = 0
        for number in 0..<25 {
            var random = SeededRandom(seed: UInt64(90_000 + batch * 1_000 + number))
            let problem = randomSourcing(&random, units: 6 + random.below(4), sites: 5, options: 2)
            let exact = problem.sourced(effort: 400_000), quick = problem.sourced(effort: 0)
            let oracle = SourcingOracle(problem: problem)
            let told = SourcingOracle.Score(filled: quick.parts.reduce(0) { $0 + $1.units }, cost: quick.cost.total)
            #expect(oracle.score(quick) == told)
            #expect(quick.unfilled == exact.unfilled)
            #expect(exact.cost.total <= quick.cost.total)
            if quick.provenOptimal { #expect(exact.cost.total == quick.cost.total) } else { unproven += 1 }
            for alternative in quick.considered {
                guard case .cost(let cost, _) = alternative.outcome else { continue }
                #expect(quick.cost.total <= cost)
            }
        }
        #expect(unproven > 0)
    }

    @Test("the order in which sites are given changes nothing")
    func orderOfSitesChangesNothing() {
        for seed in 0..<150 {
            var random = SeededRandom(seed: UInt64(7_000 + seed))
            let problem = randomSourcing(&random, units: 5, sites: 4, options: 2)
            var turned = problem
            turned.sites.reverse()
            #expect(turned.sourced() == problem.sourced())
        }
    }
}
