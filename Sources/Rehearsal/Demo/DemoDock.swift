import Facilities
import Flows
import Inventory
import Kernel
import Merchants
import Store
import Warehouse

/// The docks of the demo: merchants announce what runs low, and what is due is taken in, now and then a piece short or damaged.
struct DemoDock {
    private let network: RunningNetwork
    private var random: SeededRandom
    /// Merchants send so much of a SKU of which fewer than so many are left.
    private static let (full, low): (Quantity, Quantity) = (30, 12)

    init(_ network: RunningNetwork, random: SeededRandom) { (self.network, self.random) = (network, random) }

    private var store: Store { network.store }
    private var now: Instant { store.clock() }

    /// Shipments that are on their way when the demo begins, spread over its first days.
    static func announceFirst(of merchant: MerchantID, _ index: Int, _ skus: [SKUID], to sites: [SiteID], in tx: Transaction) throws {
        for (number, hours) in [7, 22, 31, 50, 74, 98].enumerated() {
            let lines = (0..<3).map { skus[(number * 3 + $0) % skus.count] }.map { AnnounceASN.Line(sku: $0, quantity: 24) }
            _ = try AnnounceASN(
                merchant: merchant, site: sites[(number + index) % sites.count], number: "PO-\(index + 1)0\(number + 1)",
                expected: tx.now + .hours(Int64(hours + index * 3)), lines: lines, actor: "demo"
            ).run(in: tx)
        }
    }

    /// Announces what runs low and is not coming yet.
    mutating func announce(at site: SiteID) throws {
        let low = try store.readBlocking { tx in
            let coming = try tx.values(
                """
                SELECT DISTINCT l.sku FROM asn a JOIN asn_line l ON l.asn = a.id
                WHERE a.site = \(site) AND a.state IN ('announced', 'receiving') ORDER BY l.sku
                """, as: SKUID.self)
            return try Supply.low(at: site, below: Self.low, in: tx).filter { !coming.contains($0.sku) }
        }
        for (owner, supplies) in Dictionary(grouping: low, by: \.owner).sorted(by: { $0.key < $1.key }) {
            _ = try store.performBlocking(
                AnnounceASN(
                    merchant: owner, site: site, number: "IN-\(now.micros / 1000)-\(site.raw % 1000)",
                    expected: now + .hours(Int64(2 + random.below(10))),
                    lines: supplies.map { .init(sku: $0.sku, quantity: Self.full) }, actor: "demo merchant"))
        }
    }

    /// Takes in what is due.
    mutating func receive(at site: SiteID) throws {
        let now = now
        let (due, dock) = try store.readBlocking { tx in
            let ids = try tx.values(
                """
                SELECT id FROM asn WHERE site = \(site) AND state IN ('announced', 'receiving') AND expected_at <= \(now)
                ORDER BY id LIMIT 20
                """, as: ASNID.self)
            return (try ids.compactMap { try ASNs.load($0, in: tx) }, try Locations.find(["DOCK"], at: site, in: tx)["DOCK"])
        }
        guard let dock else { throw NotFound("location", "DOCK") }
        for asn in due {
            let lines = asn.lines.filter { $0.received < $0.expected }.flatMap { came($0.sku, $0.expected - $0.received) }
            // What the dock may not take in as it is, such as goods with lots, is left to people.
            do {
                if !lines.isEmpty { _ = try store.performBlocking(ReceiveASN(asn.id, at: dock.id, lines, occurred: now, actor: "dock")) }
                try store.performBlocking(CloseASN(asn.id))
            } catch is any Refusal { continue }
        }
    }

    private mutating func came(_ sku: SKUID, _ sent: Quantity) -> [ReceivedLine] {
        let isShort = sent > 2 && random.chance(partsPerMillion: 80_000), isHarmed = sent > 2 && random.chance(partsPerMillion: 50_000)
        let whole = sent - (isShort ? 2 : 0) - (isHarmed ? 1 : 0)
        let harmed = isHarmed ? [ReceivedLine(sku: sku, quantity: 1, condition: .damaged)] : []
        return [ReceivedLine(sku: sku, quantity: whole)] + harmed
    }
}
