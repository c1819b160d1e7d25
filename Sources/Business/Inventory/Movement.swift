import Kernel
import Store

/// What sort of place goods can be in. Stock stands in locations and units; the others are where it comes from
/// and goes to, so that every movement has two ends.
package enum PlaceKind: String, SQLValue {
    case location
    case unit
    case supplier
    /// The stock of a partner, which only its reports know.
    case partner
    case shopper
    case found
    case lost
    case disposed

    /// Whether the physical book keeps a balance for it.
    package var holdsStock: Bool { self == .location || self == .unit }
}

/// A place goods can be in, with what the site says of it.
package struct Place: Hashable, Sendable {
    package let kind: PlaceKind
    package let id: Int64
    /// Goods here may be promised.
    package let isSellable: Bool
    /// Goods here may be allocated to a pick.
    package let isPickable: Bool

    package static func location(_ id: LocationID, sellable: Bool, pickable: Bool) -> Place {
        Place(kind: .location, id: id.raw, isSellable: sellable, isPickable: pickable)
    }

    package static func unit(_ id: UnitID) -> Place { Place(kind: .unit, id: id.raw, isSellable: false, isPickable: false) }

    /// A place outside the book: `supplier`, `partner`, `shopper`, `found`, `lost`, `disposed`.
    package static func outside(_ kind: PlaceKind) -> Place {
        precondition(!kind.holdsStock, "a \(kind) has an id")
        return Place(kind: kind, id: 0, isSellable: false, isPickable: false)
    }
}

/// `new` is sellable; the others stand for goods that need a decision.
package enum Condition: String, SQLValue, CaseIterable, Codable {
    case new
    case opened
    case damaged
    case expired
    case unknown
}

package enum CustomsStatus: String, SQLValue, CaseIterable {
    case free
    case bonded
    case freeZone = "free_zone"
    case inTransit = "in_transit"
}

/// Why goods moved.
package enum MovementReason: String, SQLValue, CaseIterable {
    case receive
    case putaway
    case pick
    case unpick
    case pack
    case unpack
    case deliver
    case comeBack = "come_back"
    case count
    case damage
    case loss
    case relocate
    case grade
    case dispose
    case opening
    /// Into our book, in the parcel in which a partner sends it.
    case partnerShipped = "partner_shipped"
}

/// Goods that went from one place to another: a fact, written once and never refused.
package struct NewMovement: Sendable {
    package let owner: MerchantID
    package let sku: SKUID
    /// Nil: the SKU has no lots.
    package let lot: LotID?
    package let quantity: Quantity
    package let site: SiteID
    package let from: Place
    package let to: Place
    package var fromCondition = Condition.new
    package var toCondition = Condition.new
    package var customs = CustomsStatus.free
    /// One for each unit, where they were scanned; else none.
    package var serials: [String] = []
    package let reason: MovementReason
    /// The raw id of the task, parcel, ASN line or count that it belongs to.
    package let reference: Int64
    package let actor: String
    package let occurred: Instant

    package init(
        owner: MerchantID, sku: SKUID, lot: LotID? = nil, quantity: Quantity, site: SiteID, from: Place, to: Place,
        reason: MovementReason, reference: Int64, actor: String = "system", occurred: Instant
    ) {
        self.owner = owner
        self.sku = sku
        self.lot = lot
        self.quantity = quantity
        self.site = site
        self.from = from
        self.to = to
        self.reason = reason
        self.reference = reference
        self.actor = actor
        self.occurred = occurred
    }
}

extension NewMovement {
    /// The same with the serials that were scanned.
    package func with(serials: [String]) -> NewMovement {
        precondition(serials.isEmpty || Int64(serials.count) == quantity.rawValue, "a unit has one serial")
        var same = self
        same.serials = serials
        return same
    }
}

/// One balance of the physical book: what of one SKU is in one place in one condition.
struct CellKey: Hashable, Sendable {
    let place: Int64
    let kind: PlaceKind
    let owner: MerchantID
    let sku: SKUID
    let lot: Int64
    let condition: Condition
    let customs: CustomsStatus
}

extension NewMovement {
    var fromKey: CellKey { key(from, fromCondition) }
    var toKey: CellKey { key(to, toCondition) }

    private func key(_ place: Place, _ condition: Condition) -> CellKey {
        CellKey(
            place: place.id, kind: place.kind, owner: owner, sku: sku, lot: lot?.raw ?? 0, condition: condition,
            customs: customs)
    }

    /// What it adds to and takes from the sellable goods of its site.
    var sellableChange: Int64 {
        let leaves = from.isSellable && fromCondition == .new && customs == .free
        let enters = to.isSellable && toCondition == .new && customs == .free
        return (enters ? quantity.rawValue : 0) - (leaves ? quantity.rawValue : 0)
    }
}

/// Goods that a movement took from what can be sold, as lost or as damaged.
package enum HarmedGoods {
    /// Nil where there is no such movement, or it harmed nothing.
    package static func find(_ id: MovementID, in tx: Transaction) throws -> (owner: MerchantID, sku: SKUID, quantity: Quantity)? {
        try tx.first(
            """
            SELECT owner, sku, quantity FROM movement WHERE id = \(id) AND (to_kind = 'lost' OR to_condition = 'damaged')
                AND (to_kind = 'lost' OR from_condition <> 'damaged' OR from_kind = 'supplier')
            """
        ) { (owner: try $0.next(), sku: try $0.next(), quantity: try $0.next()) }
    }
}
