import ArgumentParser
import Console
import Edges
import Foundation
import Kernel
import Store

/// Serves a network.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the API and the pages from a store, until the process is asked to stop.",
        discussion: """
            TLS is the matter of a proxy in front. The master key that seals personal data is read from WAYBILL_MASTER_KEY
            or from a file that is made at the first start: keep a copy of it apart from the database.

            waybill serve --store sqlite:waybill.db
            waybill serve --store postgres://waybill@db/waybill --host 0.0.0.0
            """)

    @OptionGroup var store: StoreOption
    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port to listen on.") var port = 8080
    @Option(help: ArgumentHelp("The file with the master key.", valueName: "file")) var masterKey = "waybill-master.key"
    @Option(help: ArgumentHelp("The zone whose days the built-in courier delivers by.", valueName: "iana-name"))
    var zone = "UTC"
    @Flag(help: "Send webhooks to private addresses and over plain http as well.") var allowPrivateWebhooks = false

    @Flag(help: "A proxy in front speaks TLS: cookies are sent over it only, and X-Forwarded-For is believed.")
    var behindTLS = false

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port is 0 to 65535, not \(port).") }
        guard TimeZoneRule.named(zone) != nil else { throw ValidationError("--zone '\(zone)' is no IANA time zone.") }
    }

    func run() async throws {
        let server = try Server(
            engine: store.engine(), masterKey: masterKey, zone: TimeZoneRule.named(zone) ?? .utc,
            targets: WebhookTargets(allowsPrivate: allowPrivateWebhooks), clock: { .wallClock })
        defer { server.store.close() }
        let host = host, address = server.store.engine.address
        let welcome = try await FirstOwner.link(server.store, now: .wallClock)
        try await server.run(host: host, port: port, isBehindTLS: behindTLS) { port in
            Terminal.say("Serving \(address) at http://\(host):\(port) (process \(ProcessInfo.processInfo.processIdentifier)).")
            if let welcome {
                Terminal.say("Nobody has an account yet. The owner's link, for once and for three days: http://\(host):\(port)\(welcome)")
            }
        }
    }
}

/// Words for the person at the terminal.
enum Terminal {
    static func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
}
