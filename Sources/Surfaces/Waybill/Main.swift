import Foundation
import Kernel
import Rehearsal
import Store
import StorePostgres
import StoreSQLite

@main struct Main {
    static func main() throws {
        let args = CommandLine.arguments
        let sample = args.contains("--sample")
        let world = sample
            ? SampleWorld.make(orders: 300, days: 14, start: CivilDate(dayNumber: 20_500), seed: 1)
            : try OlistWorld.read(orders: args[1], catalogue: args[2])
        let engine: any Engine = ProcessInfo.processInfo.environment["PG"].map { PostgresEngine(url: $0) } ?? SQLiteEngine(.memory)
        let clock = ContinuousClock()
        let start = clock.now
        let rehearsal = try Rehearsal(RehearsalPlan(world: world, sites: 3, seed: 1), engine: engine) { print($0, $1) }
        let outcome = try rehearsal.run().timed(clock.now - start)
        print(try outcome.report.json())
        for finding in outcome.audit.findings.prefix(20) { print(finding) }
    }
}
