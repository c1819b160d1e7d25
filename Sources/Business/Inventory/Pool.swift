import Kernel
import Store

/// Whom a pool is for.
package enum PoolKind: String, SQLValue, CaseIterable, Codable {
    case channel
    case drop
    case creator
    case other
}

package enum PoolState: String, SQLValue, CaseIterable, Codable {
    case open
    case closed

    package static let transitions: [PoolState: Set<PoolState>] = [.open: [.closed]]
}

/// A part of a merchant's supplies that is set aside: the same physical goods, promised only to those it is for.
package struct Pool: Sendable {
    /// What is in no pool.
    package static let main = "main"

    package let id: PoolID
    package let merchant: MerchantID
    package let code: String
    package let kind: PoolKind
    /// Whose orders draw from it without naming it.
    package let channel: String?
    /// A guarantee, not a limit: with nothing left in it, its orders take from `main`.
    package let thenMain: Bool
    /// Its goods are promised to holds only: nobody passes those who stand in line for it.
    package let heldOnly: Bool
    package let state: PoolState

    package init(
        id: PoolID, merchant: MerchantID, code: String, kind: PoolKind, channel: String? = nil, thenMain: Bool = false,
        heldOnly: Bool = false, state: PoolState = .open
    ) {
        self.id = id
        self.merchant = merchant
        self.code = code
        self.kind = kind
        self.channel = channel
        self.thenMain = thenMain
        self.heldOnly = heldOnly
        self.state = state
    }

    /// The pools that an order without a hold takes from by itself, in their order.
    package var drawn: [String] { (heldOnly ? [] : [code]) + (thenMain ? [Self.main] : []) }
}

package enum Pools {
    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case badCode(String)
        case codeUsed(String)
        case channelTaken(String)
        case closed(String)
        case short(sku: String, wanted: Quantity, available: Quantity)
        case badQuantity(Quantity)

        package static let samples: [Refused] = [
            .badCode(""), .codeUsed(""), .channelTaken(""), .closed(""), .short(sku: "", wanted: 0, available: 0), .badQuantity(0),
        ]
        package var code: String {
            switch self {
            case .badCode: "pool.code_invalid"
            case .codeUsed: "pool.code_used"
            case .channelTaken: "pool.channel_taken"
            case .closed: "pool.closed"
            case .short: "pool.short"
            case .badQuantity: "pool.quantity_invalid"
            }
        }
        package var message: String {
            switch self {
            case .badCode(let code):
                "A pool's code has 1 to 64 characters and is neither 'main' nor a condition of goods; '\(code)' is not such a code."
            case .codeUsed(let code): "The merchant has a pool '\(code)' already."
            case .channelTaken(let channel): "Another open pool is the one of channel '\(channel)'."
            case .closed(let code): "Pool '\(code)' is closed."
            case .short(let sku, let wanted, let available):
                "\(wanted) of SKU '\(sku)' wanted, \(available) are there to be moved and promised to nobody."
            case .badQuantity(let quantity): "A quantity is 1 to 100,000,000, not \(quantity)."
            }
        }
        package var kind: RefusalKind {
            switch self {
            case .badCode, .badQuantity: .invalid
            case .codeUsed, .channelTaken, .closed, .short: .conflict
            }
        }
        package var field: String? {
            switch self {
            case .badCode, .codeUsed: "/code"
            case .channelTaken: "/channel"
            case .closed: nil
            case .short, .badQuantity: "/lines"
            }
        }
    }

    private static let columns: SQL = "id, merchant, code, kind, channel, then_main, held_only, state"

    private static func decode(_ row: inout RowReader) throws -> Pool {
        try Pool(
            id: row.next(), merchant: row.next(), code: row.next(), kind: row.next(), channel: row.next(),
            thenMain: row.next(), heldOnly: row.next(), state: row.next())
    }

    package static func open(_ pool: Pool, in tx: Transaction) throws {
        let names = Condition.allCases.map(\.rawValue) + [Pool.main]
        guard (1...64).contains(pool.code.count), !names.contains(pool.code) else { throw Refused.badCode(pool.code) }
        if let channel = pool.channel {
            let taken: Int64? = try tx.value(
                "SELECT id FROM pool WHERE merchant = \(pool.merchant) AND channel = \(channel) AND state = 'open'")
            guard taken == nil else { throw Refused.channelTaken(channel) }
        }
        let added = try tx.run(
            """
            INSERT INTO pool (\(columns), created_at)
            VALUES (\(pool.id), \(pool.merchant), \(pool.code), \(pool.kind), \(pool.channel), \(pool.thenMain), \(pool.heldOnly),
                'open', \(tx.now))
            ON CONFLICT DO NOTHING
            """)
        guard added == 1 else { throw Refused.codeUsed(pool.code) }
    }

    /// Locked. Nil where there is none.
    package static func find(_ id: PoolID, in tx: Transaction) throws -> Pool? {
        try tx.first("SELECT \(columns) FROM pool WHERE id = \(id) \(.forUpdate)", decode)
    }

    /// The open pools that orders of these merchants and channels may draw from: named, or by their channel.
    package static func drawn(
        by merchants: some Sequence<MerchantID>, channels: some Sequence<String>, codes: some Sequence<String>, in tx: Transaction
    ) throws -> [Pool] {
        try tx.query(
            """
            SELECT \(columns) FROM pool WHERE merchant IN \(list: Set(merchants).sorted()) AND state = 'open'
                AND (channel IN \(list: Set(channels).sorted()) OR code IN \(list: Set(codes).sorted())) ORDER BY id
            """, decode)
    }

    /// The closed pools that some of these supplies are in.
    static func closed(of supplies: [SupplyID], in tx: Transaction) throws -> [Pool] {
        let columns: SQL = "p.id, p.merchant, p.code, p.kind, p.channel, p.then_main, p.held_only, p.state"
        return try tx.query(
            """
            SELECT \(columns) FROM pool p WHERE p.state = 'closed' AND EXISTS (SELECT 1 FROM supply s
                WHERE s.id IN \(list: supplies) AND s.owner = p.merchant AND s.pool = p.code) ORDER BY p.id
            """, decode)
    }

    package static func close(_ pool: Pool, in tx: Transaction) throws {
        guard PoolState.transitions[pool.state]?.contains(.closed) == true else { throw Refused.closed(pool.code) }
        try tx.run("UPDATE pool SET state = 'closed', closed_at = \(tx.now) WHERE id = \(pool.id) AND state = 'open'", expecting: 1)
    }
}
