import Kernel
import Views

/// What the templates of the control tower read; members are theirs by name.
struct TowerView: Sendable {
    let isEmpty: Bool
    let asOf: Markup
    let tiles: Markup
    let line: JourneyLine
    let map: Markup
    let troubles: Markup
    let troubleCount: String
    let hasTroubles: Bool
    let cutOffs: Markup
    let minutes: Markup
    let sites: [SitePanel]
    let news: [NewsItem]
    let hasNews: Bool
    let icons = Assets.icons.path

    init(_ picture: TowerPicture, _ format: Format) {
        let (journey, outlook) = (picture.journey, picture.outlook)
        isEmpty = !journey.hasOrders
        asOf = format.time(journey.now)
        tiles = TowerTiles(journey: journey, outlook: outlook, format: format).markup
        line = JourneyLine(journey, format.texts)
        map = NetworkMap(outlook, journey, format).markup
        troubles = TroublePanel(journey: journey, format: format).markup
        troubleCount = journey.openExceptions.grouped
        hasTroubles = journey.openExceptions > 0
        cutOffs = CutOffPanel(outlook: outlook, format: format).markup
        minutes = MinuteBars(journey: journey, format: format).markup
        sites = journey.sites.filter { $0.kind == .fulfillmentCenter }.map { SitePanel($0, format.texts) }
        news = journey.events.map { NewsItem($0, format) }
        hasNews = !news.isEmpty
    }
}

/// The journey and what lies ahead of it, of one moment.
package struct TowerPicture: Sendable {
    package var journey: Journey
    package var outlook: Outlook

    package init(journey: Journey, outlook: Outlook) { (self.journey, self.outlook) = (journey, outlook) }
}
