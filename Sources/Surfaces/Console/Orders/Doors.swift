import Kernel

/// Where the pages of things are, as far as the viewer has such pages. Made once a page.
struct Doors: Sendable {
    private let paths: [String: String]

    /// The name in the path of the page of a thing, by the prefix of its id.
    private static let names: [String: String] = [
        "ord": "order", "hu": "unit", "sku": "sku", "site": "site", "mer": "merchant", "asn": "asn", "wav": "wave", "trip": "trip",
        "rma": "return", "exc": "exception", "acc": "account", "car": "carrier", "ful": "fulfillment", "tsk": "task",
    ]

    init(_ visit: Visit) {
        var paths: [String: String] = [:]
        for page in Pages.all(visit.parts) where page.method == .get && visit.signedIn.map({ page.isOpen(to: $0.role) }) ?? false {
            let parts = page.path.split(separator: "/")
            guard parts.count == 2, parts[1].hasPrefix("{") else { continue }
            let name = String(parts[1].dropFirst().dropLast())
            if paths[name] == nil { paths[name] = page.path }
        }
        self.paths = paths
    }

    /// By the outside form of an id: `ord_…` leads to the page that ends in `{order}`.
    func path(to id: some CustomStringConvertible) -> String? {
        let text = id.description
        guard let cut = text.firstIndex(of: "_"), let name = Self.names[String(text[..<cut])], let path = paths[name] else {
            return nil
        }
        return path.replacing("{\(name)}", with: FormValues.encoded(text))
    }

    /// A link where there is a page, else the text alone.
    func link(_ text: String, to id: some CustomStringConvertible) -> Markup {
        path(to: id).map { "<a href=\"\($0)\">\(text)</a>" } ?? "\(text)"
    }
}
