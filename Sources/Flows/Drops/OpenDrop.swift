import Crypto
import Drops
import Inventory
import Kernel
import Merchants
import Store

/// Plans a drop: a timed live sale with a pool of its own, into which its goods are set aside at once.
package struct OpenDrop: Flow {
    let merchant: MerchantID
    let name: String
    let code: String
    let lines: [QuotaLine]
    let startsAt: Instant
    let endsAt: Instant
    let window: Duration
    let hold: Duration
    let limit: Quantity
    let seed: String
    let actor: String

    /// - Parameters:
    ///   - code: of its pool.
    ///   - seed: what its draws are made from; nobody may guess it before the end.
    package init(
        merchant: MerchantID, name: String, code: String, lines: [QuotaLine], startsAt: Instant, endsAt: Instant,
        window: Duration, hold: Duration, limit: Quantity, seed: String, actor: String
    ) {
        self.merchant = merchant
        self.name = name
        self.code = code
        self.lines = lines
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.window = window
        self.hold = hold
        self.limit = limit
        self.seed = seed
        self.actor = actor
    }

    /// In the order of the checks; then those of `OpenPool` and `SetAside`.
    package enum Refused: Refusal, Equatable {
        case badTimes
        case badWindow
        case badHold
        case badLimit

        package static let samples: [Refused] = [.badTimes, .badWindow, .badHold, .badLimit]
        package var code: String {
            switch self {
            case .badTimes: "drop.times_invalid"
            case .badWindow: "drop.window_invalid"
            case .badHold: "drop.hold_invalid"
            case .badLimit: "drop.limit_invalid"
            }
        }
        package var message: String {
            switch self {
            case .badTimes: "A drop ends after it starts and after now, at most 30 days later."
            case .badWindow: "A window is 100 to 60,000 milliseconds."
            case .badHold: "What a turn brings is kept for 30 to 86,400 seconds."
            case .badLimit: "One shopper takes 1 to 1,000 pieces."
            }
        }
        package var kind: RefusalKind { .invalid }
        package var field: String? {
            switch self {
            case .badTimes: "/ends_at"
            case .badWindow: "/window_ms"
            case .badHold: "/hold_seconds"
            case .badLimit: "/shopper_limit"
            }
        }
    }

    package func run(in tx: Transaction) throws -> DropID {
        guard endsAt > startsAt, endsAt > tx.now, endsAt <= startsAt + .days(30) else { throw Refused.badTimes }
        guard window >= .milliseconds(100), window <= .seconds(60) else { throw Refused.badWindow }
        guard hold >= .seconds(30), hold <= .days(1) else { throw Refused.badHold }
        guard (1...1000).contains(limit.rawValue) else { throw Refused.badLimit }
        let pool = try OpenPool(
            merchant: merchant, code: code, kind: .drop, channel: nil, thenMain: false, heldOnly: true
        ).run(in: tx)
        try SetAside(pool, lines, isReturn: false, actor: actor).run(in: tx)
        let drop = DropSale(
            id: tx.id(), merchant: merchant, name: name, pool: pool, poolCode: code, startsAt: startsAt, endsAt: endsAt,
            window: window, hold: hold, limit: limit, seed: seed, seedHash: Draw.hash(seed))
        try DropSales.add(drop, in: tx)
        return drop.id
    }
}

/// The order of those who came within one window: by the hash of the drop's seed and the shopper. Whoever is faster within
/// the window gains nothing; who knows the seed afterwards can check every place.
package enum Draw {
    package static func hash(_ text: String) -> String {
        SHA256.hash(data: Array(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Window by window; within one by the draw.
    package static func order(_ tickets: [Ticket], seed: String) -> [Ticket] {
        tickets.map { ($0.window, hash(seed + ":" + $0.shopper), $0) }
            .sorted { ($0.0, $0.1, $0.2.id) < ($1.0, $1.1, $1.2.id) }.map(\.2)
    }
}
