import Kernel
import Store

/// Something that happened: which sentence tells it, with what in it.
package struct EventLine: Equatable, Sendable {
    /// What sort of news it is, for its colour.
    package enum Tone: String, Sendable {
        case order
        case work
        case parcel
        case door
        case trouble
    }

    package var position: LogPosition
    package var occurred: Instant
    /// The sentence: `picked`.
    package var says: String
    /// What its places stand for: `order`, `channel`, `kind`, `site`, `origin`, `destination`, `at_site`; absent where unknown.
    package var names: [String: String]
    package var quantity: Int64
    package var tone: Tone

    package init(
        position: LogPosition, occurred: Instant, says: String, names: [String: String], quantity: Int64 = 0, tone: Tone
    ) {
        (self.position, self.occurred, self.says, self.names) = (position, occurred, says, names)
        (self.quantity, self.tone) = (quantity, tone)
    }
}

extension EventLine {
    /// Every sentence that a line may say.
    package static var sentences: [String] { EventWords.all.sorted() }

    /// How far back it looks for events that are worth a line.
    private static let reach = 60

    /// The newest events that people want to read of, newest first.
    static func latest(_ limit: Int, sites: [SiteID: String], in tx: Transaction) throws -> [EventLine] {
        let recent = try tx.query(
            """
            SELECT tx, seq, type, key, occurred_at, site, quantity, payload FROM event ORDER BY \(.newestFirst) LIMIT \(reach)
            """
        ) {
            let position = LogPosition(tx: try $0.next(), seq: try $0.next())
            let told = try ToldEvent(
                type: $0.next(), key: $0.next(), occurred: $0.next(), site: $0.next(), quantity: $0.next(), payload: $0.next())
            return (position, told)
        }
        let orders = Set(recent.compactMap { OrderID($0.1.key) }).sorted()
        let numbers = try tx.query("SELECT id, number FROM orders WHERE id IN \(list: orders) ORDER BY id") {
            (try $0.next(OrderID.self), try $0.next(String.self))
        }
        let words = EventWords(orderNumbers: Dictionary(uniqueKeysWithValues: numbers), sites: sites)
        let lines = recent.compactMap { position, event in
            words.tell(event).map {
                EventLine(
                    position: position, occurred: event.occurred, says: $0.says, names: $0.names, quantity: event.quantity ?? 0,
                    tone: $0.tone)
            }
        }
        return Array(lines.prefix(limit))
    }
}
