import Inventory
import Kernel
import Orders
import Partners
import Store

/// Open units of a handoff that the partner will not send.
enum GiveUpUnits {
    typealias Part = (line: HandoffLine, quantity: Quantity, reason: String, takesStock: Bool)

    /// Books them and breaks their claims; the goods that are gone leave the partner's supply. Answers the claims, to be
    /// sourced elsewhere.
    static func breaking(
        _ parts: [Part], of one: Handoff, as kind: HandoffFactKind, occurred: Instant, in tx: Transaction
    ) throws -> [Reservation] {
        var claims = try PartnerClaims(one, in: tx), broken: [Reservation] = [], gone: [Claim] = []
        let asOf = try StockReports.asOf(parts.map(\.line.sku), at: one.site, in: tx)
        for part in parts where part.quantity > 0 {
            let taken = try claims.take(part.quantity, of: part.line.id, in: tx)
            broken += taken
            if part.takesStock, asOf[part.line.sku].map({ occurred > $0 }) ?? false {
                gone += taken.map { Claim(supply: $0.supply, quantity: $0.quantity) }
            }
        }
        try Reservations.mark(broken.map(\.id), .breaking, in: tx)
        try HandoffFacts.add(
            parts.map {
                HandoffFact($0.line, kind, $0.quantity, reason: $0.reason, takesStock: $0.takesStock, occurred: occurred)
            }, to: one, in: tx)
        try PartnerSupply.writeOff(gone, in: tx)
        return broken
    }

    /// Units of an order that is cancelled: their claims are free again.
    static func cancelled(_ claims: [Reservation], in tx: Transaction) throws {
        guard let first = claims.first else { return }
        try Reservations.release(claims, in: tx)
        try Fulfillments.add(dropped: claims.map { ($0.line, $0.quantity) }, in: tx)
        try OrderProgress.move(
            claims.map { (component: $0.component, quantity: $0.quantity) }, from: .reserved, to: .cancelled, in: tx)
        let units = claims.reduce(Quantity(0)) { $0 + $1.quantity }
        tx.emit(
            .orderMoved(first.order, first.owner, site: first.site, from: .reserved, to: .cancelled, quantity: units, at: tx.now))
        for claim in claims {
            let key = SellableChange.Key(sku: claim.sku, site: claim.site, owner: claim.owner)
            tx.emit(.supplyGrew(key, kind: .partner, by: claim.quantity, at: tx.now))
        }
        try FreeCapacity.run(Fulfillments.heads(of: claims.map(\.line), in: tx).values.sorted(), in: tx)
    }
}

/// Tells partners of claims that broke by their own count: they are not to send those units any more.
enum WithdrawFromPartners {
    /// Answers the claims that are still wanted elsewhere: all but those of handoffs that are being cancelled.
    static func run(_ broken: [Reservation], in tx: Transaction) throws -> [Reservation] {
        let heads = try Fulfillments.heads(of: broken.map(\.line), in: tx)
        let handoffs = try Handoffs.load(Set(heads.values).sorted(), in: tx).filter(\.state.isOpen)
        var unwanted: Set<ReservationID> = []
        for one in handoffs {
            let claims = broken.filter { heads[$0.line] == one.id }
            try HandoffFacts.add(
                claims.compactMap { claim in
                    one.lines.first { $0.id == claim.line }.map {
                        HandoffFact($0, .withdrawn, claim.quantity, reason: "stock_report", occurred: tx.now)
                    }
                }, to: one, in: tx)
            tx.emit(.handoff(one, .withdrawn, quantity: claims.reduce(0) { $0 + $1.quantity }, at: tx.now))
            guard one.state == .cancelRequested else { continue }
            unwanted.formUnion(claims.map(\.id))
            try GiveUpUnits.cancelled(claims, in: tx)
            try FinishHandoff.run([one.id], ending: .cancelled, in: tx)
            try OrderProgress.refresh([one.order], occurred: tx.now, in: tx)
        }
        return broken.filter { !unwanted.contains($0.id) }
    }
}
