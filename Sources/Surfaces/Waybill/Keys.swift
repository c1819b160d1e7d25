import ArgumentParser
import Flows
import Foundation
import Identity
import Kernel
import Rehearsal
import Store

/// API keys.
struct Keys: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make, list and revoke API keys.",
        discussion: "While a server has an SQLite file, use its /v1/keys instead.",
        subcommands: [Create.self, List.self, Revoke.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key; it is shown once.",
            discussion: """
                waybill keys create --name ops                       the operator: everything
                waybill keys create --name shop --merchant mer_…     one merchant's things
                waybill keys create --name floor --site site_…       one site's work
                waybill keys create --name van --carrier car_…       one carrier's parcels
                """)

        @OptionGroup var store: StoreOption
        @Option(help: "What the key is for.") var name: String
        @Option(help: "The merchant whose key it is.") var merchant: String?
        @Option(help: "The site whose key it is.") var site: String?
        @Option(help: "The carrier whose key it is.") var carrier: String?
        @Flag(help: "Print the key as JSON.") var json = false

        func run() throws {
            let stepper = try Stepper(engine: store.engine(), migrations: Assembly.migrations, now: .wallClock)
            let token = APIToken.make(Vault.systemRandom)
            let record = try stepper.perform(
                IssueKey(name: name, holder: try holder(), token: token, expires: nil, actor: "waybill keys"))
            let members: JSON = ["id": .id(record.id), "key": .string(token.text), "name": .string(name)]
            print(json ? members.text : "\(token.text)\n\(record.id) is shown this once; only its hash is kept.")
        }

        private func holder() throws -> KeyHolder {
            let named = [merchant, site, carrier].compactMap { $0 }
            guard named.count <= 1 else { throw ValidationError("A key has one holder: --merchant, --site or --carrier.") }
            if let merchant { return .merchant(try id(merchant, "merchant")) }
            if let site { return .site(try id(site, "site")) }
            if let carrier { return .carrier(try id(carrier, "carrier")) }
            return .operator
        }

        private func id<Tag>(_ text: String, _ what: String) throws -> ID<Tag> {
            guard let id = ID<Tag>(text) else { throw ValidationError("'\(text)' is not the id of a \(what) (\(Tag.prefix)_…).") }
            return id
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the keys, without what they open with.")

        @OptionGroup var store: StoreOption
        @Flag(help: "Print the keys as JSON.") var json = false

        func run() throws {
            let connection = try store.engine().connect(readOnly: true)
            defer { connection.close() }
            try Schema.requireNetwork(connection, at: store.store)
            let keys = try Snapshot.read(connection) { try Identity.Keys.list(limit: 10_000, in: $0) }
            let rows = keys.map { key -> JSON in
                [
                    "id": .id(key.id), "name": .string(key.name), "holder": .string("\(key.holder)"),
                    "revoked": .bool(key.revoked != nil),
                ]
            }
            if json { return print(JSON.array(rows).text) }
            for key in keys { print("\(key.id)  \(key.holder)  \(key.name)\(key.revoked == nil ? "" : "  revoked")") }
            if keys.isEmpty { print("There is no key yet: waybill keys create --name ops") }
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a key open nothing any more.")

        @OptionGroup var store: StoreOption
        @Argument(help: "The id of the key: key_…") var key: String

        func run() throws {
            guard let id = KeyID(key) else { throw ValidationError("'\(key)' is not the id of a key (key_…).") }
            let stepper = try Stepper(engine: store.engine(), migrations: Assembly.migrations, now: .wallClock)
            try stepper.perform(RevokeKey(id, by: nil))
            print("\(id) opens nothing any more.")
        }
    }
}
