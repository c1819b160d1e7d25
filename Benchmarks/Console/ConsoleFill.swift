import ArgumentParser
import Foundation
import Identity
import Kernel
import Rehearsal
import Store
import StoreSQLite

/// A database for the console's benchmark: many orders on the book, of which some went to the door and back.
struct ConsoleFill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console-fill", abstract: "Fill a database that the console is measured on.",
        discussion: """
            Rehearses some orders with everything that goes wrong on the way, so that there are parcels, trips, returns and
            exceptions, then places orders of a merchant of their own until the book holds as many as asked. Goes on where it was
            stopped.
            """)

    @Argument(help: "Where console.db and its master.key are.", completion: .directory) var folder: String
    @Option(help: "Orders on the book.") var orders = 1_000_000
    @Option(help: "How many of them are rehearsed to their end.") var journeys = 20_000

    private static let seed: UInt64 = 1

    func validate() throws {
        guard (1...100_000).contains(journeys), orders >= journeys else {
            throw ValidationError("--journeys is 1 to 100,000 and at most --orders.")
        }
    }

    func run() async throws {
        let base = URL(fileURLWithPath: folder)
        let database = base.appendingPathComponent("console.db").path, key = base.appendingPathComponent("master.key").path
        try FileManager.default.createDirectory(at: base, withIntermediateDirectories: true)
        let master = try MasterKey.rehearsal(seed: Self.seed)
        if !FileManager.default.fileExists(atPath: key) {
            try rehearse(SQLiteEngine(.file(database)))
            try (master.line + "\n").write(toFile: key, atomically: true, encoding: .utf8)
        }
        let store = try Store(engine: SQLiteEngine(.file(database)), migrations: Assembly.migrations, clock: { .wallClock })
        defer { store.close() }
        guard try Self.count(store) < orders else { return }
        let world = world
        let now = Instant.wallClock
        let ground = try SurgeGround(
            store, Vault(master), merchant: "surge-\(now.micros)", currency: world.currency, country: world.country, now: now)
        try await ground.withFollowers {
            try place(ground)
            while try ground.lag() > 0 { try await Task.sleep(for: .seconds(1)) }
        }
    }

    private var world: World {
        SampleWorld.make(orders: journeys, days: 60, start: CivilDate(dayNumber: 20_491), seed: Self.seed)
    }

    private func rehearse(_ engine: SQLiteEngine) throws {
        print("rehearsing \(journeys) orders")
        _ = try Rehearsal(RehearsalPlan(world: world, sites: 3, seed: Self.seed, troubles: .faulty), engine: engine).run()
    }

    private func place(_ ground: SurgeGround) throws {
        let bench = SurgeInProcess(ground: ground), run = "C\(Instant.wallClock.micros)"
        while true {
            let count = try Self.count(ground.store)
            print("\(count) of \(orders) orders")
            guard count < orders else { return }
            _ = try bench.measure(seconds: 10, run: "\(run)-\(count)-", isHot: false)
        }
    }

    private static func count(_ store: Store) throws -> Int {
        try store.readBlocking { try $0.value("SELECT COUNT(*) FROM orders", as: Int.self) ?? 0 }
    }
}
