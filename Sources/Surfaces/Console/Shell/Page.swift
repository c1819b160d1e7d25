import HTTPTypes
import Hummingbird
import Identity
import Kernel

/// A page of the console: where it is, who may see it, where it stands in the navigation, and what it answers.
///
///     Page.get("/orders", "orders.title", for: .network.union([.merchant]), at: Place(.work, 10, "order")) { visit in
///         let rows = try await visit.read { try OrderPages.list(…, visit.scope, after: …, limit: 51, in: $0) }
///         return .view("orders", OrdersView(rows, visit))
///     }
package struct Page: Sendable {
    package enum Method: Sendable {
        case get
        case post
    }

    package let method: Method
    /// With names in braces: `/orders/{order}`.
    package let path: String
    /// The key of its title in the catalog of texts.
    package let title: String
    /// Nil: everybody, without signing in.
    package let roles: Set<AccountRole>?
    /// Where the navigation shows it; nil for pages that others lead to.
    package let place: Place?
    package let answer: @Sendable (Visit) async throws -> PageAnswer

    /// A page that is looked at.
    package static func get(
        _ path: String, _ title: String, for roles: Set<AccountRole>?, at place: Place? = nil,
        _ answer: @escaping @Sendable (Visit) async throws -> PageAnswer
    ) -> Page {
        Page(method: .get, path: path, title: title, roles: roles, place: place, answer: answer)
    }

    /// What a form posts to. A refusal that is thrown is said at its field; else it mostly answers `.to`.
    package static func post(
        _ path: String, for roles: Set<AccountRole>?, _ answer: @escaping @Sendable (Visit) async throws -> PageAnswer
    ) -> Page {
        Page(method: .post, path: path, title: "shell.form", roles: roles, place: nil, answer: answer)
    }

    package func isOpen(to role: AccountRole) -> Bool { roles?.contains(role) ?? true }

    /// Whether the navigation of this role shows it.
    package func isShown(to role: AccountRole) -> Bool {
        guard let place, isOpen(to: role) else { return false }
        return place.roles?.contains(role) ?? true
    }
}

/// Where the navigation shows a page.
package struct Place: Sendable {
    /// In the order in which they stand.
    package enum Group: String, CaseIterable, Sendable {
        case now, work, goods, network, business, settings
    }

    let group: Group
    /// Within the group, ascending.
    let order: Int
    /// A drawing of the sprite.
    let icon: String
    /// Who is led there; nil: everybody who may see the page.
    let roles: Set<AccountRole>?

    package init(_ group: Group, _ order: Int, _ icon: String, for roles: Set<AccountRole>? = nil) {
        (self.group, self.order, self.icon, self.roles) = (group, order, icon, roles)
    }
}

/// What a page answers.
package enum PageAnswer: Sendable {
    case view(View)
    /// On to another page; `said` is the key of a text that it shows once.
    case to(String, said: String? = nil)
    /// A file: saved under `name`, or shown where it is nil.
    case file([UInt8], mediaType: String, name: String?)
    /// An answer that the page built itself, such as a stream.
    case made(Response)

    /// - Parameters:
    ///   - template: by its name in `Templates`.
    ///   - model: its members are the template's by name.
    ///   - title: where it is not the page's own.
    ///   - crumbs: the pages above this one.
    ///   - actions: buttons in the head of the page.
    package static func view(
        _ template: String, _ model: any Sendable, title: String? = nil, crumbs: [Crumb] = [], actions: Markup = .blank,
        frame: View.Frame = .console, status: HTTPResponse.Status = .ok
    ) -> PageAnswer {
        .view(View(
            template: template, model: model, title: title, crumbs: crumbs, actions: actions, frame: frame, status: status))
    }

    /// A page that is components only.
    package static func content(
        _ markup: Markup, title: String? = nil, crumbs: [Crumb] = [], actions: Markup = .blank
    ) -> PageAnswer {
        .view("content", ["content": markup], title: title, crumbs: crumbs, actions: actions)
    }
}

/// A page to be drawn.
package struct View: Sendable {
    package enum Frame: Sendable {
        /// Navigation, search, head.
        case console
        /// A box in the middle: for people who are not signed in.
        case bare
        /// Nothing around it but the document: for a scanner, a wall, a shopper.
        case plain
    }

    var template: String
    var model: any Sendable
    var title: String?
    var crumbs: [Crumb]
    var actions: Markup
    var frame: Frame
    var status: HTTPResponse.Status
}

/// A page above another one.
package struct Crumb: Sendable {
    let text: String
    let path: String

    package init(_ text: String, _ path: String) { (self.text, self.path) = (text, path) }
}

extension Set<AccountRole> {
    /// Who sees the whole network.
    package static let network: Set = [.owner, .operator, .planner, .support, .reader]
    /// Who runs the network.
    package static let operators: Set = [.owner, .operator]
    /// Who works at one site.
    package static let site: Set = [.lead, .floor, .partner]
    package static let everyone = Set(AccountRole.allCases)
}
