import Kernel
import Mustache
import Views

/// The first page: the journey drawn, with what stands and moves in it now.
///
/// One set of templates draws both the page and its later states: the page asks for itself again and puts in what
/// has changed.
package struct JourneyPage: Sendable {
    private let library: MustacheLibrary

    /// - Throws: where a template of the program itself does not parse.
    package init() throws {
        library = MustacheLibrary(templates: try Templates.all.mapValues { try MustacheTemplate(string: $0) })
    }

    /// The whole page.
    /// - Parameter nonce: of the content security policy it is sent with.
    package func page(_ journey: Journey, nonce: String) -> String { render("page", PageContext(journey, nonce: nonce)) }

    /// What of the page changes, for a page that is open already.
    package func live(_ journey: Journey) -> String { render("board", PageContext(journey, nonce: "")) }

    /// Why the page is not shown.
    package func closed(title: String, reason: String, nonce: String) -> String {
        render("closed", ["title": title, "reason": reason, "nonce": nonce])
    }

    private func render(_ template: String, _ context: Any) -> String {
        guard let text = library.render(context, withTemplate: template) else {
            preconditionFailure("there is no template '\(template)'")
        }
        return text
    }
}

/// What the templates read; members are theirs by name.
private struct PageContext {
    let nonce: String
    let isEmpty: Bool
    let now: String
    let clock: String
    let line: JourneyLine
    let pulse: Pulse
    let sites: [SitePanel]
    let hasSites: Bool
    /// The sites that goods only pass through, by name.
    let stops: String
    let hasStops: Bool
    let news: [NewsItem]
    let hasNews: Bool
    let openExceptions: String
    let hasExceptions: Bool
    let exceptions: [TroubleItem]

    init(_ journey: Journey, nonce: String) {
        self.nonce = nonce
        isEmpty = !journey.hasOrders
        now = journey.now.description
        clock = TimeZoneRule.utc.time(of: journey.now).description + " UTC"
        line = JourneyLine(journey)
        pulse = Pulse(journey)
        sites = journey.sites.filter { $0.kind == .fulfillmentCenter }.map { SitePanel($0, now: journey.now) }
        hasSites = !sites.isEmpty
        stops = journey.sites.filter { $0.kind != .fulfillmentCenter }.map(\.name).joined(separator: ", ")
        hasStops = !stops.isEmpty
        news = journey.events.map(NewsItem.init)
        hasNews = !news.isEmpty
        openExceptions = journey.openExceptions.grouped
        hasExceptions = journey.openExceptions > 0
        exceptions = journey.exceptions.map { TroubleItem($0, now: journey.now) }
    }
}
