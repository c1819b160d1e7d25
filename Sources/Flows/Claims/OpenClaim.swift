import Claims
import Exceptions
import Facilities
import Inventory
import Kernel
import Merchants
import Orders
import Store
import Transport
import Warehouse

/// Asks for money for what was lost or damaged: the operator from a carrier, a shopper from their merchant, a merchant from the
/// operator. It stands among the exceptions of whose turn it is until it is sent on or decided.
package struct OpenClaim: Flow {
    let kind: ClaimKind
    let subject: String
    let merchant: MerchantID?
    let reason: ClaimReason
    let amount: Money?
    let note: String
    let actor: String

    /// - Parameters:
    ///   - subject: the id of a parcel; for a merchant's claim that of a movement or of a dispute in which units are owed.
    ///   - merchant: the only one for whose goods it may be; nil for the operator, and for a shopper.
    ///   - amount: what the parcel's goods were sold for unless said, and no more; a merchant states it.
    ///   - note: what there is to say; nothing personal.
    package init(
        _ kind: ClaimKind, for subject: String, merchant: MerchantID?, reason: ClaimReason, amount: Money?, note: String, actor: String
    ) {
        (self.kind, self.subject, self.merchant) = (kind, subject, merchant)
        (self.reason, self.amount, self.note, self.actor) = (reason, amount, note, actor)
    }

    /// In the order of the checks, before `Claims.Refused.standsAlready`.
    package enum Refused: Refusal, Equatable {
        /// That is for the operator to claim.
        case notYours(ClaimKind)
        case notHarmed(String)
        case notSent(UnitID)
        /// No carrier of ours brings it.
        case noCarrier(UnitID)
        case overWorth(asked: String, worth: String)

        package static let samples: [Refused] = [
            .notYours(.carrier), .notHarmed(""), .notSent(UnitID(0)), .noCarrier(UnitID(0)), .overWorth(asked: "", worth: ""),
        ]
        package var code: String {
            switch self {
            case .notYours: "claim.not_yours"
            case .notHarmed: "claim.not_harmed"
            case .notSent: "claim.parcel_not_sent"
            case .noCarrier: "claim.no_carrier"
            case .overWorth: "claim.over_worth"
            }
        }
        package var message: String {
            switch self {
            case .notYours(let kind): "A claim of the kind '\(kind.rawValue)' is for somebody else to open or to decide."
            case .notHarmed(let subject): "\(subject) is no loss, no damage, and nothing that is owed."
            case .notSent(let parcel): "\(parcel) has not left; nothing can have happened to it on its way."
            case .noCarrier(let parcel): "No carrier of ours brings \(parcel)."
            case .overWorth(let asked, let worth): "The goods were sold for \(worth); \(asked) are more."
            }
        }
        package var kind: RefusalKind {
            switch self {
            case .notYours: .forbidden
            case .overWorth: .invalid
            default: .conflict
            }
        }
        package var field: String? { if case .overWorth = self { "/amount" } else { nil } }
    }

    static let unsent = "claim.unsent"
    static let undecided = "claim.undecided"

    package func run(in tx: Transaction) throws -> ClaimID {
        guard merchant == nil || kind != .carrier else { throw Refused.notYours(kind) }
        guard (1...500).contains(note.count) else {
            throw InvalidInput(field: "/note", "A note has 1 to 500 characters, not \(note.count).")
        }
        guard ClaimReason.of(kind).contains(reason) else {
            throw InvalidInput(field: "/reason", "'\(reason.rawValue)' is no reason of a claim of the kind '\(kind.rawValue)'.")
        }
        if let amount, !(1...1_000_000_000_000).contains(amount.minor) {
            throw InvalidInput(field: "/amount", "\(amount) is not between the smallest unit and 1,000,000,000,000 of them.")
        }
        let claim = try kind == .merchant ? forGoods(in: tx) : forParcel(in: tx)
        try Claims.open(claim, actor: actor, in: tx)
        try Exceptions.open([exception(claim)], actor: actor, in: tx)
        return claim.id
    }

    private func forParcel(in tx: Transaction) throws -> ClaimRecord {
        guard let id = UnitID(subject), let parcel = try Parcels.load([id], in: tx).first, merchant == nil || parcel.merchant == merchant,
            let order = try OrderRecords.load([parcel.order], in: tx)[parcel.order]
        else { throw NotFound("parcel", subject) }
        guard ![.packed, .labelled, .voided].contains(parcel.state) else { throw Refused.notSent(id) }
        let carrier = try kind == .carrier ? CarrierService.all(in: tx).first { $0.id == parcel.service }?.carrier : nil
        guard kind != .carrier || carrier != nil else { throw Refused.noCarrier(id) }
        let values = try OrderRecords.value(of: UnitTree.contents(of: [id], in: tx), in: tx)
        let worth = values.first { $0.currency == order.currency } ?? Money(0, order.currency)
        let asked = amount ?? worth
        guard asked.currency == order.currency else {
            throw InvalidInput(field: "/amount", "The order is in \(order.currency.code), not in \(asked.currency.code).")
        }
        // What was sent for nothing, as a replacement is, has no price: a carrier is asked for what is said.
        guard asked.minor > 0, asked.minor <= worth.minor || worth.minor == 0 && kind == .carrier else {
            throw Refused.overWorth(asked: "\(asked)", worth: "\(worth)")
        }
        return ClaimRecord(
            id: tx.id(), kind: kind, merchant: parcel.merchant, subject: subject, order: order.id, carrier: carrier, reason: reason,
            claimed: asked, note: note, due: tx.now + .days(kind == .carrier ? 7 : 3))
    }

    private func forGoods(in tx: Transaction) throws -> ClaimRecord {
        let found: (owner: MerchantID, sku: SKUID, quantity: Quantity)? =
            if let movement = MovementID(subject) {
                try HarmedGoods.find(movement, in: tx)
            } else if let dispute = DisputeID(subject) {
                try Disputes.owed(dispute, in: tx).map { ($0.merchant, $0.sku, $0.quantity) }
            } else {
                nil
            }
        guard let found, merchant == nil || found.owner == merchant else { throw Refused.notHarmed(subject) }
        let currency = try Merchant.find(found.owner, in: tx)?.currency
        guard let amount, amount.currency == currency else {
            throw InvalidInput(field: "/amount", "State what the goods are worth, in \(currency?.code ?? "the merchant's currency").")
        }
        return ClaimRecord(
            id: tx.id(), kind: kind, merchant: found.owner, subject: subject, sku: found.sku, quantity: found.quantity, reason: reason,
            claimed: amount, note: note, due: tx.now + .days(7))
    }

    private func exception(_ claim: ClaimRecord) -> NewException {
        let turn: OwnerRole = claim.kind == .carrier ? .support : claim.kind == .shopper ? .merchant : .operator
        var one = NewException(
            Self.undecided, subject: claim.id, merchant: claim.merchant, ownerRole: turn,
            due: claim.due, stake: claim.claimed,
            detail: "\(claim.claimed) are claimed for \(claim.subject): \(claim.reason.rawValue).")
        if claim.kind == .carrier { one.kind = Self.unsent }
        return one
    }
}
