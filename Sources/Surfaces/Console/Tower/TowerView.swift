import Kernel
import Views

/// What the templates of the control tower read; members are theirs by name.
struct TowerView: Sendable {
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
    let icons = Assets.icons.path

    init(_ journey: Journey, _ format: Format) {
        isEmpty = !journey.hasOrders
        now = journey.now.description
        clock = format.moment(journey.now)
        line = JourneyLine(journey)
        pulse = Pulse(journey)
        sites = journey.sites.filter { $0.kind == .fulfillmentCenter }.map { SitePanel($0, now: journey.now) }
        hasSites = !sites.isEmpty
        stops = journey.sites.filter { $0.kind != .fulfillmentCenter }.map(\.name).joined(separator: ", ")
        hasStops = !stops.isEmpty
        news = journey.events.map { NewsItem($0, format) }
        hasNews = !news.isEmpty
        openExceptions = journey.openExceptions.grouped
        hasExceptions = journey.openExceptions > 0
        exceptions = journey.exceptions.map { TroubleItem($0, now: journey.now) }
    }
}
