import ArgumentParser
import Foundation
import Kernel
import Rehearsal
import Store
import StoreSQLite
import Views

/// Runs real or made-up orders through the production flows under a virtual clock.
struct Rehearse: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run orders through the whole network under a virtual clock, and report how it went.",
        discussion: """
            Reads orders, places sites and their stock where the demand is, and runs every order to its last event: sourced,
            reserved, picked, packed, labelled, collected and delivered by agents who use the same code as the server.
            The same seed gives the same digest, on every machine and engine.

            waybill rehearse --sample 300
            waybill rehearse orders/ --layout olist --catalogue catalogue/ --sites 3 --report report/
            """)

    enum Layout: String, ExpressibleByArgument, CaseIterable {
        case olist
    }

    @Argument(help: "The folder with the orders.", completion: .directory)
    var folder: String?

    @Option(help: "How the files are laid out.")
    var layout: Layout = .olist

    @Option(help: "The folder with products, sellers and cities (layout olist).", completion: .directory)
    var catalogue: String?

    @Option(help: ArgumentHelp("Make up this many orders instead of reading some.", valueName: "orders"))
    var sample: Int?

    @Option(help: "How many fulfillment centers to place, 1 to 20.")
    var sites = 3

    @Option(help: "How many of the sites a partner runs.")
    var partners = 1

    @Flag(help: "Let everything go wrong that can: missed trucks, lost and damaged bags, labels refused, wrong returns …")
    var faults = false

    @Option(help: "All that is left to chance comes from this number.")
    var seed: UInt64 = 1

    @Option(name: .customLong("from"), help: ArgumentHelp("The first day of orders to take.", valueName: "yyyy-mm-dd"))
    var first: String?

    @Option(name: .customLong("to"), help: ArgumentHelp("The last day of orders to take.", valueName: "yyyy-mm-dd"))
    var last: String?

    @Option(help: ArgumentHelp("Write report.json and report.html there.", valueName: "folder"), completion: .directory)
    var report: String?

    @Option(help: ArgumentHelp("An empty database to rehearse in: sqlite:PATH, sqlite::memory: or postgres://…", valueName: "address"))
    var store = "sqlite::memory:"

    @Flag(help: "Print the report as JSON.")
    var json = false

    func validate() throws {
        guard (1...20).contains(sites) else { throw ValidationError("--sites is 1 to 20, not \(sites).") }
        guard (folder == nil) != (sample == nil) else { throw ValidationError("Name a folder of orders, or --sample.") }
        if let sample, !(1...1_000_000).contains(sample) { throw ValidationError("--sample is 1 to 1,000,000, not \(sample).") }
        if folder != nil, catalogue == nil { throw ValidationError("Layout olist needs --catalogue.") }
        for (name, text) in [("--from", first), ("--to", last)] {
            if let text, CivilDate(text) == nil { throw ValidationError("\(name) is '\(text)', not a day such as 2017-11-24.") }
        }
    }

    func run() throws {
        let world = try world()
        guard !world.orders.isEmpty else { throw ValidationError("There is no order between these days.") }
        let bar = ProgressBar()
        let clock = ContinuousClock(), start = clock.now
        let rehearsal = try Rehearsal(
            RehearsalPlan(world: world, sites: sites, seed: seed, troubles: faults ? .faulty : Troubles(), partnerSites: partners),
            engine: engine(), progress: bar.show)
        let outcome = try rehearsal.run().timed(clock.now - start)
        bar.finish()
        if let report { try write(outcome.report, to: report) }
        print(json ? try outcome.report.json() : ReportText.text(outcome.report))
        for finding in outcome.audit.findings.prefix(50) { print("audit: \(finding.sentence)") }
        if !outcome.audit.isClean { throw ExitCode(1) }
    }

    /// Nobody else sees a rehearsal in memory.
    private func engine() throws -> any Engine {
        store == "sqlite::memory:" ? SQLiteEngine(.ownMemory) : try StoreOption.engine(store)
    }

    private func world() throws -> World {
        if let sample {
            let days = max(1, min(60, sample / 20))
            return SampleWorld.make(orders: sample, days: days, start: CivilDate(dayNumber: 20_491), seed: seed)
        }
        return try OlistWorld.read(
            orders: folder ?? "", catalogue: catalogue ?? "", from: first.flatMap { CivilDate($0) },
            until: last.flatMap { CivilDate($0) })
    }

    private func write(_ report: RehearsalReport, to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try report.json().write(toFile: folder + "/report.json", atomically: true, encoding: .utf8)
        try report.html().write(toFile: folder + "/report.html", atomically: true, encoding: .utf8)
    }
}
