import Flows
import HTTPAPI
import Identity
import Kernel
import Logging
import Store
import Views

/// One request for a page: who asks, with whose eyes, in which words, and what came with it.
package struct Visit: Sendable {
    package let parts: ConsoleParts
    /// Nil on pages that are open to everybody.
    package let signedIn: Account?
    package let texts: Texts
    package let format: Format
    /// The path as it was asked for.
    package let pathText: String
    package let path: [String: String]
    package let query: [String: String]
    package let form: FormValues
    package let logger: Logger
    /// Where the request comes from, as far as it is known.
    let address: String
    let session: APIToken?
    let theme: String?
    let said: String?

    /// Who is signed in: only pages that name roles may ask.
    package var account: Account {
        guard let signedIn else { preconditionFailure("a page that is open to everybody asked who is signed in") }
        return signedIn
    }

    /// The same caller that a key of the same holder is to the API.
    package var caller: Caller { Caller(account) }
    package var scope: Scope { caller.scope }
    /// The name under which the log keeps what this person does.
    package var actor: String { caller.actor }
    package var role: AccountRole { account.role }

    /// The log says that this person did it.
    package func perform<F: Flow>(_ flow: F) async throws -> F.Answer {
        guard signedIn != nil else { return try await parts.store.perform(flow) }
        return try await parts.store.perform(Acted(flow, by: actor))
    }

    /// As `perform`, where `check` passes in the same transaction: that the things named are the viewer's own.
    package func perform<F: Flow>(
        _ flow: F, checking check: @escaping @Sendable (Transaction) throws -> Void
    ) async throws -> F.Answer {
        try await parts.store.perform(Flows.Checked(Acted(flow, by: actor), check))
    }

    package func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws -> T {
        try await parts.store.read(body)
    }

    /// The id in the path.
    /// - Throws: `NotFound` where it is none.
    package func id<Tag>(_ name: String, _: ID<Tag>.Type = ID<Tag>.self) throws -> ID<Tag> {
        let text = path[name] ?? ""
        guard let id = ID<Tag>(text) else { throw NotFound(name, text) }
        return id
    }

    /// The id in the query; nil where there is none, or it is no such id.
    package func queryID<Tag>(_ name: String, _: ID<Tag>.Type = ID<Tag>.self) -> ID<Tag>? { query[name].flatMap { ID<Tag>($0) } }

    /// This address with some of its query changed; nil takes a name out.
    package func address(_ changes: [String: String?]) -> String {
        var all = query
        for (name, value) in changes { all[name] = value }
        let pairs = all.sorted { $0.key < $1.key }.map { "\(FormValues.encoded($0.key))=\(FormValues.encoded($0.value))" }
        return pathText + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
    }

    /// The token that a form of this session carries.
    package var formToken: String { session.map(Self.formToken) ?? "" }

    /// Bound to the session, and tells nothing of it.
    static func formToken(_ session: APIToken) -> String { APIToken("form " + session.text).hash }
}
