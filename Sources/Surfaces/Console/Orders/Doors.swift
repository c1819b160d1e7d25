import Kernel

/// Where the pages of things are, as far as the viewer has such pages. Made once a page.
struct Doors: Sendable {
    private let paths: [String: String]

    /// The name in the path of the page of a thing, by the prefix of its id.
    private static let names: [String: String] = [
        "ord": "order", "hu": "unit", "sku": "sku", "site": "site", "mer": "merchant", "asn": "asn", "wav": "wave", "trip": "trip",
        "rma": "return", "exc": "exception", "acc": "account", "car": "carrier", "ful": "fulfillment", "tsk": "task", "dsp": "dispute",
        "clm": "claim",
    ]

    init(_ visit: Visit) {
        var paths: [String: String] = [:], own: [String: String] = [:]
        for page in Pages.all(visit.parts) where page.method == .get && visit.signedIn.map({ page.isOpen(to: $0.role) }) ?? false {
            let parts = page.path.split(separator: "/")
            guard let last = parts.last, last.hasPrefix("{") else { continue }
            let name = String(last.dropFirst().dropLast())
            if parts.count == 2, paths[name] == nil { paths[name] = page.path }
            if parts.count == 3, parts[0] == "portal", own[name] == nil { own[name] = page.path }
        }
        // A merchant's people stay in their portal.
        self.paths = visit.signedIn?.role == .merchant ? paths.merging(own) { $1 } : paths
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
