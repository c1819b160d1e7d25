import ArgumentParser

/// `waybill-bench SUBJECT [PATH…]`: one JSON object a line, the summary last.
@main struct WaybillBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waybill-bench",
        abstract: "Measure a subject; what is compared runs in the same call.",
        discussion: """
            waybill-bench sourcing                 seeded orders, against the nearest-site rule
            waybill-bench packing                  seeded orders, against first-fit decreasing
            waybill-bench packing thpack1.txt …    published container loading instances
            """)

    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case packing
        case sourcing
    }

    @Argument(help: "What to measure.") var subject: Subject
    @Argument(help: "Published instances, or a seed.") var paths: [String] = []

    func run() throws {
        switch subject {
        case .packing: try PackingBench.run(paths: paths)
        case .sourcing: try SourcingBench.run(paths: paths)
        }
    }
}
