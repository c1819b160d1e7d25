import ArgumentParser
import Foundation
import Kernel
import Store
import StorePostgres
import StoreSQLite

/// The order desk under a surge. Every order is the full write, to the disk, with the followers running.
struct SurgeBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "surge", abstract: "The order desk under a surge, on SQLite and where a URL is given on PostgreSQL.",
        discussion: """
            Orders of three lines over 10,000 SKUs at three sites: order, lines, sealed recipient, fulfillment orders,
            commitments, events, clocks, stored sourcing; the number is the idempotency key. Clients are another process.
            Nothing is pinned to a core unless you do so (taskset).
            """)

    @Option(help: "Seconds of each measurement.") var seconds = 4.0
    @Option(help: ArgumentHelp("An empty PostgreSQL database.", valueName: "url")) var postgres: String?
    @Option(help: ArgumentHelp("Where the SQLite file is made and removed.", valueName: "folder")) var folder: String?
    @Option(help: ArgumentHelp("Instead: cost of an order at these sizes of the book.", valueName: "orders"))
    var growth: [Int] = []
    @Option(help: ArgumentHelp("Only these of: thin, batch, bulk, single, locks.", valueName: "part")) var only: [String] = []
    @Flag(help: "Print the JSON object alone.") var json = false

    func run() async throws {
        var report = SurgeReport(isQuiet: json)
        let base = folder.map { URL(fileURLWithPath: $0) } ?? FileManager.default.temporaryDirectory
        let place = base.appendingPathComponent("waybill-surge-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        if postgres == nil || only.isEmpty || only.contains("sqlite") {
            try await measureSQLite(SQLiteEngine(.file(place.appendingPathComponent("surge.db").path)), place, &report)
        }
        if let postgres { try await measurePostgres(PostgresEngine(url: postgres), &report) }
        report.finish()
    }

    private func wants(_ part: String) -> Bool { only.isEmpty || only.contains(part) || (only == ["sqlite"]) }

    private func measureSQLite(_ engine: SQLiteEngine, _ place: URL, _ report: inout SurgeReport) async throws {
        if wants("thin") {
            var thin = try SurgeThin(SQLiteEngine(.file(place.appendingPathComponent("thin.db").path)))
            report.add("thin", "sqlite", "thin schema, in process", try thin.measure(seconds: seconds / 2))
        }
        let ground = try SurgeGround(engine, now: .wallClock)
        defer { ground.store.close() }
        if !growth.isEmpty { return try await SurgeGrowth(ground: ground).measure(growth, &report) }
        let before = try Self.bytes(place)
        try await batches(ground, "sqlite", &report)
        try await bulk(ground, "sqlite", &report)
        try await single(ground, &report)
        let orders = try ground.store.readBlocking { try $0.value("SELECT COUNT(*) FROM orders", as: Int.self) ?? 0 }
        report.bytesPerOrder = orders > 0 ? Double(try Self.bytes(place) - before) / Double(orders) : 0
    }

    private func measurePostgres(_ engine: PostgresEngine, _ report: inout SurgeReport) async throws {
        if wants("thin") {
            var thin = try SurgeThin(engine)
            report.add("postgresThin", "postgres", "thin schema, in process", try thin.measure(seconds: seconds / 2))
        }
        let ground = try SurgeGround(engine, now: .wallClock)
        defer { ground.store.close() }
        try await batches(ground, "postgres", &report)
        try await bulk(ground, "postgres", &report)
        guard wants("locks") else { return }
        for isHot in [false, true] {
            let rate = try SurgeLocks(ground: ground).measure(seconds: seconds, run: "L\(isHot)", isHot: isHot)
            report.add(isHot ? "locksHot" : "locks", "postgres", "a lock an order, 16 connections\(isHot ? ", hot SKU" : "")", rate)
        }
    }

    private func batches(_ ground: SurgeGround, _ engine: String, _ report: inout SurgeReport) async throws {
        guard wants("batch") else { return }
        for isHot in [false, true] {
            let rate = try await ground.withFollowers {
                try SurgeInProcess(ground: ground).measure(seconds: seconds, run: "P\(isHot)", isHot: isHot)
            }
            report.add("\(engine)\(isHot ? "Hot" : "Batch")", engine, "in process, 4 × 250\(isHot ? ", hot SKU" : "")", rate)
        }
    }

    private func bulk(_ ground: SurgeGround, _ engine: String, _ report: inout SurgeReport) async throws {
        guard wants("bulk") else { return }
        let seconds = seconds
        let rate = try await ground.withFollowers {
            try await ground.withServer {
                try SurgeClients(ground: ground, port: $0, seconds: seconds)
                    .measure("B", ["--orders", "250", "--connections", "4"], bulk: true)
            }
        }
        report.add("\(engine)Bulk", engine, "bulk over HTTP, 4 × 250", rate)
    }

    private func single(_ ground: SurgeGround, _ report: inout SurgeReport) async throws {
        guard wants("single") else { return }
        let seconds = seconds
        let rates = try await ground.withFollowers {
            try await ground.withServer { port in
                let clients = SurgeClients(ground: ground, port: port, seconds: seconds)
                let echo = try clients.measure("E", ["--path", "/bench/echo"])
                let single = try clients.measure("S", [])
                let half = try clients.measure("H", ["--rate", "\(Int(single.perSecond / 2))"])
                let readers = try clients.start("R", ["--read", "--connections", "100", "--rate", "100"])
                let read = try clients.measure("Q", ["--rate", "\(Int(single.perSecond / 2))"])
                try readers.finish()
                return [echo, single, half, read]
            }
        }
        report.add("echo", "sqlite", "echo of one order, 64 connections", rates[0])
        report.add("single", "sqlite", "single POST, 64 connections", rates[1])
        report.add("half", "sqlite", "single POST at half of that", rates[2])
        report.add("read", "sqlite", "the same while 100 readers page", rates[3])
    }

    private static func bytes(_ place: URL) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: place.path).filter { $0.hasPrefix("surge.db") && !$0.hasSuffix("-wal") }
            .reduce(0) { sum, name in
                let attributes = try FileManager.default.attributesOfItem(atPath: place.appendingPathComponent(name).path)
                return sum + ((attributes[.size] as? NSNumber)?.intValue ?? 0)
            }
    }
}

/// The clients of one measurement, in a process of their own.
struct SurgeClients {
    let ground: SurgeGround
    let port: Int
    let seconds: Double

    func measure(_ run: String, _ options: [String], bulk: Bool = false) throws -> SurgeRate {
        let usage = SurgeUsage()
        let answer = try start(run, (bulk ? ["--path", "/v1/orders/batch"] : []) + options).finish()
        let cpu = usage.cpuMicros
        func number(_ key: String) -> Int64 { answer[key]?.int ?? 0 }
        return SurgeRate(
            orders: Int(number("taken")), seconds: Double(number("micros")) / 1e6, cpuMicros: cpu,
            p50Micros: number("p50Micros"), p99Micros: number("p99Micros"), refused: number("refused"), lag: try ground.lag())
    }

    func start(_ run: String, _ options: [String]) throws -> Running {
        let process = Process(), output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments =
            ["surge-client", "--port", "\(port)", "--key", ground.token, "--seconds", "\(seconds)", "--run", run] + options
        process.standardOutput = output
        try process.run()
        return Running(process: process, output: output)
    }

    struct Running {
        let process: Process
        let output: Pipe

        /// What the clients say at their end.
        @discardableResult
        func finish() throws -> JSON {
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            guard process.terminationStatus == 0, let answer = try? JSON(text.split(separator: "\n").last.map(String.init) ?? "")
            else { throw SurgeFailed(reason: "the clients failed: \(text)") }
            return answer
        }
    }
}
