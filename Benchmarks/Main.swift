import ArgumentParser

/// `waybill-bench SUBJECT [PATH…]`: one JSON object a line, the summary last.
@main struct WaybillBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waybill-bench",
        abstract: "Measure a subject; what is compared runs in the same call.",
        discussion: """
            waybill-bench sourcing                 seeded orders, against the nearest-site rule and a clairvoyant
            waybill-bench oversell ADAPTER.json    buyers against a shop behind HTTP
            waybill-bench packing                  seeded orders, against first-fit decreasing
            waybill-bench packing thpack1.txt …    published container loading instances
            """)

    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case oversell
        case packing
        case sourcing
    }

    @Argument(help: "What to measure.") var subject: Subject
    @Argument(help: "Published instances, an adapter, or a seed.") var paths: [String] = []

    func run() async throws {
        switch subject {
        case .oversell: try await OversellBench.run(paths: paths)
        case .packing: try PackingBench.run(paths: paths)
        case .sourcing: try SourcingBench.run(paths: paths)
        }
    }
}
