import Kernel
import Views

/// From whatever somebody has in hand, typed or scanned, to its page.
struct SearchPages {
    var pages: [Page] {
        [
            .get("/search", "search.title", for: .everyone) { visit in
                let sought = (visit.query["q"] ?? "").trimmed, doors = Doors(visit)
                if let path = doors.path(to: sought.filter { !$0.isWhitespace }) { return .to(path) }
                let finder = Finder(visit.scope, visit.vaultForPeople)
                let found = try await visit.read { try finder.all(sought, in: $0) }.compactMap { thing in
                    doors.path(to: thing.id).map { (thing, path: $0) }
                }
                if found.count == 1 { return .to(found[0].path) }
                return try await Self.list(found.map(\.0), sought, doors, visit)
            }
        ]
    }

    /// What the text may mean, where it may mean several things or nothing.
    private static func list(_ found: [Found], _ sought: String, _ doors: Doors, _ visit: Visit) async throws -> PageAnswer {
        let texts = visit.texts, scope = visit.scope
        let ids = found.compactMap { thing -> OrderID? in if case .order(let id) = thing { id } else { nil } }
        let (orders, names) = try await visit.read { tx in
            let orders = try OrderPages.all(ids, scope, in: tx)
            return (orders, try Names(merchants: orders.map(\.merchant), in: tx))
        }
        let others = found.filter { thing in if case .order = thing { false } else { true } }
        let rows = others.map { Table.Row([.code($0.id), .text(texts["found.\($0.kind)"])], to: doors.path(to: $0.id)) }
        let table = Table(
            texts["search.title"], columns: [.init(texts["found.what"]), .init(texts["found.sort"])], rows: rows,
            empty: .init(texts("search.none", ["q": sought]), texts["search.hint"]))
        let list: Markup = orders.isEmpty ? .blank : OrderList(OrderWindow(rows: orders, next: nil), names, visit).markup
        return .content("\(list)\(orders.isEmpty || !rows.isEmpty ? table.markup(visit.format) : .blank)")
    }
}

extension Found {
    /// The code of what it is.
    fileprivate var kind: String {
        switch self {
        case .order: "order"
        case .parcel: "parcel"
        case .unit: "unit"
        case .return: "return"
        case .sku: "sku"
        }
    }
}
