import Inventory
import Kernel
import Merchants
import Orders
import Store
import Warehouse

/// A shipment comes at another time, or brings more or less than was said. What was promised of it moves along: later dates by
/// whole days, so that departures stay at their time of day; what will not come breaks its claims, to be sourced elsewhere.
/// The date first shown to a shopper stays.
package struct ChangeASN: Flow {
    package struct Line: Sendable {
        /// The merchant's own number; of a line that was announced.
        package let sku: String
        /// In all, with what has come already.
        package let expected: Quantity

        package init(sku: String, expected: Quantity) {
            self.sku = sku
            self.expected = expected
        }
    }

    let asn: ASNID
    let expectedAt: Instant
    let lines: [Line]
    let actor: String

    package init(_ asn: ASNID, expectedAt: Instant, lines: [Line] = [], actor: String = "system") {
        self.asn = asn
        self.expectedAt = expectedAt
        self.lines = lines
        self.actor = actor
    }

    /// In the order of the checks; before them that the shipment is announced or receiving (`ASNs.Refused.notReceiving`).
    package enum Refused: Refusal, Equatable {
        case notAnnounced(line: Int, String)
        case belowReceived(line: Int, expected: Quantity, received: Quantity)

        package static let samples: [Refused] = [.notAnnounced(line: 0, ""), .belowReceived(line: 0, expected: 0, received: 0)]
        package var code: String { if case .notAnnounced = self { "asn.line_unknown" } else { "asn.below_received" } }
        package var message: String {
            switch self {
            case .notAnnounced(_, let sku): "No line of the shipment is of SKU '\(sku)'."
            case .belowReceived(_, let expected, let received):
                "\(received) pieces have come already; \(expected) cannot be all that is expected."
            }
        }
        package var kind: RefusalKind { if case .notAnnounced = self { .invalid } else { .conflict } }
        package var field: String? {
            switch self {
            case .notAnnounced(let line, _): "/lines/\(line)/sku"
            case .belowReceived(let line, _, _): "/lines/\(line)/expected"
            }
        }
    }

    package func run(in tx: Transaction) throws {
        guard let asn = try ASNs.load(asn, in: tx) else { throw NotFound("ASN", asn) }
        let changes = try changes(of: asn, in: tx)
        try ASNs.change(asn, expectedAt: expectedAt, lines: changes.map { ($0.line.id, $0.expected) }, actor: actor, in: tx)
        for (line, expected) in changes {
            let key = SellableChange.Key(sku: line.sku, site: asn.site, owner: asn.merchant)
            let (before, after) = (max(0, line.expected - line.received), max(0, expected - line.received))
            if after < before { try Inbound.shrink(key, by: before - after, source: asn.id.raw, in: tx) }
            if after > before {
                try Inbound.announce([(key, after - before)], kind: .inbound, source: asn.id.raw, available: expectedAt, in: tx)
            }
        }
        let delays = try Inbound.move(asn.lines.map(\.sku), at: asn.site, source: asn.id.raw, to: expectedAt, in: tx)
        try PutOff.run(delays, in: tx)
    }

    private func changes(of asn: ASN, in tx: Transaction) throws -> [(line: ASNLine, expected: Quantity)] {
        guard asn.state == .announced || asn.state == .receiving else { throw ASNs.Refused.notReceiving(asn.id, asn.state) }
        let facts = try Catalog.facts(codes: lines.map { SKUCode(asn.merchant, $0.sku) }, in: tx)
        return try lines.enumerated().map { index, line in
            guard let sku = facts[SKUCode(asn.merchant, line.sku)]?.id, let known = asn.lines.first(where: { $0.sku == sku })
            else { throw Refused.notAnnounced(line: index, line.sku) }
            guard line.expected >= known.received else {
                throw Refused.belowReceived(line: index, expected: line.expected, received: known.received)
            }
            return (known, line.expected)
        }
    }
}

/// Open fulfillment orders wait longer for their goods: by whole days, their clocks and the shopper's estimate with them.
enum PutOff {
    static func run(_ delays: [FulfillmentLineID: Duration], in tx: Transaction) throws {
        let day = Duration.days(1).micros
        let late = try Fulfillments.delay(delays.mapValues { .days(Int(($0.micros + day - 1) / day)) }, in: tx)
        guard !late.isEmpty else { return }
        try tx.closeClocks([OrderClocks.shipBy], of: late.map(\.id.raw), outcome: "slipped")
        try OrderClocks.set([], late, in: tx)
        var dates: [OrderID: Instant] = [:]
        for one in late { dates[one.order] = max(dates[one.order] ?? one.deliverBy, one.deliverBy) }
        try OrderRecords.estimate(dates.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, in: tx)
    }
}
