import ArgumentParser
import Console
import Edges
import Facilities
import Flows
import Foundation
import Identity
import Kernel
import Rehearsal
import Store

/// A network in motion.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start a sample network in motion, and print where to look and a key to try.",
        discussion: """
            Three fulfillment centers, two hubs, a courier, three merchants. People of the demo order, pick, pack and deliver;
            your own orders ride along. Its clock runs faster than the wall. A second start goes on where the first ended.
            """)

    @Option(help: ArgumentHelp("The folder that keeps the demo.", valueName: "folder")) var folder = "var"
    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port to listen on.") var port = 8080
    @Option(help: "Seconds of the demo in one second.") var pace = 600
    @Flag(help: "No people: only what you do happens.") var quiet = false

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port is 0 to 65535, not \(port).") }
        guard (1...3600).contains(pace) else { throw ValidationError("--pace is 1 to 3600, not \(pace).") }
    }

    func run() async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let engine = try StoreOption.engine("sqlite:\(folder)/demo.db")
        let start = try prepare(engine)
        let server = try Server(
            engine: engine, masterKey: "\(folder)/master.key", zone: TimeZoneRule.named("Europe/Berlin") ?? .utc,
            targets: WebhookTargets(allowsPrivate: true), clock: DemoClock(start: start, pace: pace).now)
        defer { server.store.close() }
        let key = try await operatorKey(server.store)
        try await DemoAccounts.prepare(server.store, now: .wallClock)
        let crew = quiet ? nil : DemoCrew(server.network, logger: server.logger)
        defer { crew?.stop() }
        let (host, folder, pace) = (host, folder, pace)
        try await server.run(host: host, port: port, isDemo: true) { port in
            Terminal.say(
                """

                  Waybill is running: a sample network in motion, kept in \(folder)/demo.db.

                  Look     http://\(host):\(port)/                 the console: enter as anybody, at a click
                           http://\(host):\(port)/openapi.json     the API
                  Try      curl -H 'Authorization: Bearer \(key)' http://\(host):\(port)/v1/orders
                  Clock    a day of the demo passes in \(86_400 / pace) seconds
                  Stop     Ctrl-C; the next start goes on from here

                """)
        }
    }

    /// Makes the sample network in an empty database; answers where the demo's time goes on.
    private func prepare(_ engine: any Engine) throws -> Instant {
        let stepper = try Stepper(engine: engine, migrations: Assembly.migrations, now: .wallClock)
        let last = try stepper.read { try EventLog.latest(in: $0) }
        if let last { return max(last, .wallClock) }
        try stepper.perform(DemoNetwork())
        return .wallClock
    }

    /// The key in the folder, or a new one that is kept there for the next start.
    private func operatorKey(_ store: Store) async throws -> String {
        let path = "\(folder)/operator.key"
        if let known = try? String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines) {
            let hash = APIToken(known).hash
            if try await store.read({ try Identity.Keys.find(hash, in: $0) }) != nil { return known }
        }
        let token = APIToken.make(Vault.systemRandom)
        _ = try await store.perform(
            IssueKey(name: "demo", holder: .operator, token: token, expires: nil, actor: "waybill demo"))
        _ = FileManager.default.createFile(
            atPath: path, contents: Data(token.text.utf8), attributes: [.posixPermissions: 0o600])
        return token.text
    }
}
