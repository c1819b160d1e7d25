import Kernel
import Store

/// An inbound shipment announced by its merchant.
package enum ASNState: String, SQLValue, CaseIterable, Codable {
    case announced
    case receiving
    case closed
    case cancelled

    package static let transitions: [ASNState: Set<ASNState>] = [
        .announced: [.receiving, .closed, .cancelled],
        .receiving: [.receiving, .closed],
    ]
}

package struct ASNLine: Sendable {
    package let id: ASNLineID
    package let sku: SKUID
    package let expected: Quantity
    package let received: Quantity

    package init(id: ASNLineID, sku: SKUID, expected: Quantity, received: Quantity = 0) {
        self.id = id
        self.sku = sku
        self.expected = expected
        self.received = received
    }
}

package struct ASN: Sendable {
    package let id: ASNID
    package let merchant: MerchantID
    package let site: SiteID
    package let number: String
    package let state: ASNState
    package let expectedAt: Instant
    package let lines: [ASNLine]

    package init(
        id: ASNID, merchant: MerchantID, site: SiteID, number: String, state: ASNState = .announced, expectedAt: Instant,
        lines: [ASNLine]
    ) {
        self.id = id
        self.merchant = merchant
        self.site = site
        self.number = number
        self.state = state
        self.expectedAt = expectedAt
        self.lines = lines
    }
}

package enum ASNs {
    package enum Refused: Refusal, Equatable {
        case numberUsed(String)
        case notReceiving(ASNID, ASNState)

        package var code: String {
            switch self {
            case .numberUsed: "asn.number_used"
            case .notReceiving: "asn.not_receiving"
            }
        }
        package var message: String {
            switch self {
            case .numberUsed(let number): "The merchant has an ASN '\(number)' already."
            case .notReceiving(let id, let state): "\(id) is \(state.rawValue); only an announced or receiving ASN is received."
            }
        }
        package var kind: RefusalKind { .conflict }
        package var field: String? { if case .numberUsed = self { "/number" } else { nil } }
    }

    package static func add(_ asn: ASN, actor: String, in tx: Transaction) throws {
        let added = try tx.run(
            """
            INSERT INTO asn (id, merchant, site, number, state, expected_at, created_at)
            VALUES (\(asn.id), \(asn.merchant), \(asn.site), \(asn.number), \(asn.state), \(asn.expectedAt), \(tx.now))
            ON CONFLICT (merchant, number) DO NOTHING
            """)
        guard added == 1 else { throw Refused.numberUsed(asn.number) }
        var rows = Rows(["id": .int, "sku": .int, "expected": .int])
        for line in asn.lines { rows.add(line.id, line.sku, line.expected) }
        try tx.run(
            "INSERT INTO asn_line (id, asn, sku, expected) SELECT v.id, \(asn.id), v.sku, v.expected FROM (\(rows: rows)) AS v")
        tx.emit(.asn(asn, "announced", quantity: asn.lines.reduce(0) { $0 + $1.expected }, actor: actor, at: tx.now))
    }

    package static func load(_ id: ASNID, in tx: Transaction) throws -> ASN? {
        let lines = try tx.query("SELECT id, sku, expected, received FROM asn_line WHERE asn = \(id) ORDER BY id") {
            try ASNLine(id: $0.next(), sku: $0.next(), expected: $0.next(), received: $0.next())
        }
        return try tx.first(
            "SELECT id, merchant, site, number, state, expected_at FROM asn WHERE id = \(id) \(.forUpdate)"
        ) {
            try ASN(
                id: $0.next(), merchant: $0.next(), site: $0.next(), number: $0.next(), state: $0.next(),
                expectedAt: $0.next(), lines: lines)
        }
    }

    /// Counts what came. More than announced is counted as well: it is a fact.
    package static func received(_ asn: ASN, _ quantities: [(SKUID, Quantity)], actor: String, in tx: Transaction) throws {
        guard asn.state == .announced || asn.state == .receiving else { throw Refused.notReceiving(asn.id, asn.state) }
        for (sku, quantity) in quantities {
            let known = try tx.run(
                "UPDATE asn_line SET received = received + \(quantity) WHERE asn = \(asn.id) AND sku = \(sku)")
            if known == 0 {
                // Not announced at all: a line of its own, expected as it came, so that the close shows no shortage.
                try tx.run(
                    """
                    INSERT INTO asn_line (id, asn, sku, expected, received)
                    VALUES (\(tx.id(ASNLineID.self)), \(asn.id), \(sku), \(quantity), \(quantity))
                    """)
            }
        }
        try tx.run("UPDATE asn SET state = 'receiving' WHERE id = \(asn.id)", expecting: 1)
        tx.emit(.asn(asn, "received", quantity: quantities.reduce(0) { $0 + $1.1 }, actor: actor, at: tx.now))
    }

    /// It comes at another time, or brings another quantity; the caller has looked at its state and at what has come.
    package static func change(
        _ asn: ASN, expectedAt: Instant, lines: [(id: ASNLineID, expected: Quantity)], actor: String, in tx: Transaction
    ) throws {
        try tx.run("UPDATE asn SET expected_at = \(expectedAt) WHERE id = \(asn.id)", expecting: 1)
        var rows = Rows(["id": .int, "expected": .int])
        for line in lines { rows.add(line.id, line.expected) }
        try tx.run(
            """
            UPDATE asn_line SET expected = v.expected FROM (\(rows: rows)) AS v
            WHERE asn_line.id = v.id AND asn_line.received <= v.expected
            """, expecting: rows.count)
        tx.emit(.asn(asn, "changed", quantity: lines.reduce(0) { $0 + $1.expected }, actor: actor, at: tx.now))
    }

    package static func close(_ asn: ASN, actor: String, in tx: Transaction) throws {
        guard asn.state == .announced || asn.state == .receiving else { throw Refused.notReceiving(asn.id, asn.state) }
        try tx.run("UPDATE asn SET state = 'closed' WHERE id = \(asn.id)", expecting: 1)
        tx.emit(.asn(asn, "closed", quantity: asn.lines.reduce(0) { $0 + $1.received }, actor: actor, at: tx.now))
    }
}
