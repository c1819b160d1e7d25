import Facilities
import Inventory
import Kernel
import Merchants
import Orders
import Partners
import Store
import Transport
import Warehouse

/// A parcel as a partner sends it, with its own carrier and label.
package struct PartnerParcel: Sendable {
    package struct Item: Sendable {
        package let part: HandoffPart
        package let lotCode: String?
        package let expires: CivilDate?
        package let serials: [String]

        package init(_ part: HandoffPart, lotCode: String? = nil, expires: CivilDate? = nil, serials: [String] = []) {
            self.part = part
            self.lotCode = lotCode
            self.expires = expires
            self.serials = serials
        }
    }

    package let carrier: String
    package let number: String
    /// Nil: as heavy as its goods.
    package let weight: Grams?
    /// Nil: nobody measured it.
    package let size: Dimensions?
    package let items: [Item]

    package init(carrier: String, number: String, weight: Grams? = nil, size: Dimensions? = nil, items: [Item]) {
        self.carrier = carrier
        self.number = number
        self.weight = weight
        self.size = size
        self.items = items
    }
}

/// A partner has sent parcels: their goods enter our book in them and are with a carrier at once.
package struct ShipHandoff: Flow {
    let id: FulfillmentID
    let parcels: [PartnerParcel]
    let occurred: Instant
    let actor: String

    /// Who gives out the numbers of partners' labels.
    package static let issuer = "partner"

    package init(_ id: FulfillmentID, _ parcels: [PartnerParcel], occurred: Instant, actor: String) {
        self.id = id
        self.parcels = parcels
        self.occurred = occurred
        self.actor = actor
    }

    /// In the order of the checks, after `HandoffRefused`.
    package enum Refused: Refusal, Equatable {
        case lotMissing(String, sku: String)
        case serialsWrong(String, sku: String)
        case numberUsed(Int, String)

        package static let samples: [any Refusal] = [
            Self.lotMissing("", sku: ""), Self.serialsWrong("", sku: ""), Self.numberUsed(0, ""),
        ]
        package var code: String {
            switch self {
            case .lotMissing: "shipment.lot_missing"
            case .serialsWrong: "shipment.serials_wrong"
            case .numberUsed: "shipment.number_used"
            }
        }
        package var message: String {
            switch self {
            case .lotMissing(_, let sku): "SKU '\(sku)' is kept by lots; name the lot."
            case .serialsWrong(_, let sku): "SKU '\(sku)' needs one serial for each unit, each once."
            case .numberUsed(_, let number): "A parcel with the tracking number '\(number)' was sent before."
            }
        }
        package var kind: RefusalKind { if case .numberUsed = self { .conflict } else { .invalid } }
        package var field: String? {
            switch self {
            case .lotMissing(let place, _): place + "/lot"
            case .serialsWrong(let place, _): place + "/serials"
            case .numberUsed(let index, _): "/parcels/\(index)/tracking_number"
            }
        }
    }

    /// The parcels, in the order given.
    package func run(in tx: Transaction) throws -> [UnitID] {
        let one = try Handoff.find(id, in: tx)
        guard one.state.isOpen, one.state != .sent else { throw HandoffRefused.wrongState(id, one.state, wanted: .shipping) }
        guard let head = try Fulfillments.load([id], in: tx).first else { throw NotFound("fulfillment_order", id) }
        let facts = try Catalog.facts(of: Set(one.lines.map(\.sku)).sorted(), in: tx)
        try check(one, facts)
        try refuseUsedNumbers(in: tx)
        let at = max(occurred, one.sentAt)
        let made = try PartnerParcels(parcels, one, head, facts, at: at, in: tx)
        try made.write(actor: actor, in: tx)
        try fulfil(one, made, at: at, in: tx)
        return made.parcels.map(\.id)
    }

    private func check(_ one: Handoff, _ facts: [SKUID: SKUFacts]) throws {
        var sums: [FulfillmentLineID: Quantity] = [:]
        for (number, parcel) in parcels.enumerated() {
            for (index, item) in parcel.items.enumerated() {
                let place = "/parcels/\(number)/lines/\(index)"
                sums[item.part.line, default: 0] += item.part.quantity
                let sum = sums[item.part.line] ?? 0
                let named = try one.check([HandoffPart(line: item.part.line, quantity: sum)]) { _ in place }
                guard let sku = facts[named[0].line.sku] else { throw NotFound("sku", named[0].line.sku) }
                if sku.lotTracked, item.lotCode == nil { throw Refused.lotMissing(place, sku: sku.code) }
                let isRight = item.serials.isEmpty ? !sku.serialTracked : Int64(Set(item.serials).count) == item.part.quantity.rawValue
                guard isRight else { throw Refused.serialsWrong(place, sku: sku.code) }
            }
        }
    }

    private func refuseUsedNumbers(in tx: Transaction) throws {
        var seen = Set(try Labels.parcels(issuer: Self.issuer, numbers: parcels.map(\.number), in: tx).keys)
        for (index, parcel) in parcels.enumerated() where !seen.insert(parcel.number).inserted {
            throw Refused.numberUsed(index, parcel.number)
        }
    }

    /// The claims are consumed and the units move on to the carrier.
    private func fulfil(_ one: Handoff, _ made: PartnerParcels, at: Instant, in tx: Transaction) throws {
        var claims = try PartnerClaims(one, in: tx), consumed: [Reservation] = []
        for (line, quantity) in made.quantities { consumed += try claims.take(quantity, of: line, in: tx) }
        try Reservations.mark(consumed.map(\.id), .consumed, in: tx)
        let asOf = try StockReports.asOf(consumed.map(\.sku), at: one.site, in: tx)
        try PartnerSupply.ship(
            consumed.map { (Claim(supply: $0.supply, quantity: $0.quantity), taken: at > asOf[$0.sku] ?? .distantPast) }, in: tx)
        try HandoffFacts.add(made.facts, to: one, in: tx)
        try Fulfillments.add(picked: made.quantities, packed: made.quantities, in: tx)
        let units = consumed.map { (component: $0.component, quantity: $0.quantity) }
        for (from, to) in [(Position.reserved, Position.picked), (.picked, .packed), (.packed, .shipped)] {
            try OrderProgress.move(units, from: from, to: to, in: tx)
        }
        let sum = made.quantities.reduce(Quantity(0)) { $0 + $1.1 }
        tx.emit(.handoff(one, .shipped, quantity: sum, actor: actor, at: at))
        if sum == one.open {
            try FinishHandoff.run([id], ending: .shipped, in: tx)
            if one.state == .cancelRequested { try SettleCancel.run(one, .tooLate, cancelled: 0, in: tx) }
        } else if one.state == .accepted {
            try Handoffs.change(one, to: .shipping, in: tx)
        }
        try OrderProgress.refresh([one.order], occurred: at, in: tx)
    }
}
