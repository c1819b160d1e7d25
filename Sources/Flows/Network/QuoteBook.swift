import Kernel
import Synchronization

/// The quotes that one transaction has asked for: orders of one second to one zone ask for the same.
final class QuoteBook: Sendable {
    struct Question: Hashable {
        let site: SiteID
        let service: ServiceID
        /// Where the way ends: on a day there is one from a site to it.
        let injection: SiteID
        let zone: String
        let ordered: Instant
        let availableFrom: Instant?
    }

    private let answers = Mutex<[Question: WayFinder.Quote?]>([:])

    func answer(_ question: Question, _ make: () -> WayFinder.Quote?) -> WayFinder.Quote? {
        if let known = answers.withLock({ $0[question] }) { return known }
        let made = make()
        answers.withLock { $0[question] = .some(made) }
        return made
    }
}
