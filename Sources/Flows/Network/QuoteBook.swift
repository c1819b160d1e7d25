import Kernel

/// The quotes that one transaction has asked for: orders of one second to one zone ask for the same.
final class QuoteBook {
    struct Question: Hashable {
        let site: SiteID
        let service: ServiceID
        /// Where the way ends: on a day there is one from a site to it.
        let injection: SiteID
        let zone: String
        let ordered: Instant
        let availableFrom: Instant?
    }

    private var answers: [Question: WayFinder.Quote?] = [:]

    func answer(_ question: Question, _ make: () -> WayFinder.Quote?) -> WayFinder.Quote? {
        if let known = answers[question] { return known }
        let made = make()
        answers[question] = .some(made)
        return made
    }
}
