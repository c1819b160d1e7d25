import Kernel
import Views

/// From whatever somebody has in hand to its page.
struct SearchPages {
    var pages: [Page] {
        [
            .get("/search", "search.title", for: .everyone) { visit in
                let sought = (visit.query["q"] ?? "").filter { !$0.isWhitespace }
                if let path = Self.path(ofID: sought, for: visit) { return .to(path) }
                let empty = Table.Empty(visit.texts("search.none", ["q": sought]), visit.texts["search.hint"])
                return .content(empty.markup)
            }
        ]
    }

    /// Where the page of a thing with such an id is, by the id's prefix: `ord_…` is of the page that ends in `{order}`.
    private static func path(ofID text: String, for visit: Visit) -> String? {
        guard let prefix = text.split(separator: "_").first, text.contains("_") else { return nil }
        let names: [String: String] = [
            "ord": "order", "hu": "unit", "sku": "sku", "site": "site", "mer": "merchant", "asn": "asn", "wav": "wave", "trip": "trip",
            "rma": "return", "exc": "exception", "acc": "account", "car": "carrier", "ful": "fulfillment", "tsk": "task",
        ]
        guard let name = names[String(prefix)] else { return nil }
        let page = Pages.all(visit.parts).first { page in
            page.method == .get && page.path.hasSuffix("/{\(name)}") && page.path.split(separator: "/").count == 2
                && page.isOpen(to: visit.role)
        }
        return page.map { $0.path.replacing("{\(name)}", with: text) }
    }
}
