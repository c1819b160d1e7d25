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
            waybill-bench surge                    the order desk on SQLite: whole writes, to the disk
            waybill-bench surge --postgres URL     and on PostgreSQL, against a lock an order
            waybill-bench console-fill FOLDER      a database of a million orders for `make bench-console`
            """,
        subcommands: [Oversell.self, Packing.self, Sourcing.self, SurgeBench.self, SurgeClient.self, ConsoleFill.self])

    struct Packing: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The cartonizer.")
        @Argument(help: "Published instances.") var paths: [String] = []
        func run() throws { try PackingBench.run(paths: paths) }
    }

    struct Sourcing: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Which sites send an order.")
        @Argument(help: "A seed.") var paths: [String] = []
        func run() throws { try SourcingBench.run(paths: paths) }
    }

    struct Oversell: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Buyers race for the last units of a shop behind HTTP.")
        @Argument(help: "An adapter.") var paths: [String] = []
        func run() async throws { try await OversellBench.run(paths: paths) }
    }
}
