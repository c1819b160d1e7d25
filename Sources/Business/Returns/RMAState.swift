import Store

/// Where a return is.
package enum RMAState: String, SQLValue, CaseIterable, Codable {
    /// Waits for a person's decision.
    case requested
    /// The shopper may send the goods; with keep-the-item, keeps them.
    case authorised
    /// Somebody has scanned it on its way.
    case inTransit = "in_transit"
    /// On the returns desk of a site.
    case received
    /// All that came is graded.
    case inspected
    case closed
    case cancelled
    case expired
    case denied

    package static let transitions: [RMAState: Set<RMAState>] = [
        .requested: [.authorised, .denied, .cancelled],
        .authorised: [.inTransit, .received, .closed, .cancelled, .expired],
        .inTransit: [.received, .closed],
        .received: [.inspected],
        .inspected: [.closed],
    ]

    /// Goods may still come under it.
    package var awaitsGoods: Bool { self == .authorised || self == .inTransit }
}

/// Why a return exists.
package enum ReturnKind: String, SQLValue, CaseIterable, Codable {
    /// The shopper asked.
    case request
    /// Goods came that nobody had announced.
    case blind
    /// A parcel that was never delivered came back.
    case returnToOrigin = "rto"
}

/// How the shopper hands the goods in.
package enum ReturnMethod: String, SQLValue, CaseIterable, Codable {
    /// With a carrier, under a label we pay for.
    case label
    /// At one of our sites, under a code shown on a screen.
    case dropOff = "drop_off"
    /// Not at all: it is kept, or it is here already.
    case none
}

/// Where the parcel of a return is.
package enum ReturnParcelState: String, SQLValue, CaseIterable, Codable {
    case withShopper = "with_shopper"
    /// At one of our sites, on its way to the desk.
    case droppedOff = "dropped_off"
    /// Between two of our sites.
    case inTransit = "in_transit"
    case withCarrier = "with_carrier"
    /// At the site of its desk.
    case arrived
    case opened
    case lost
    case voided

    package static let transitions: [ReturnParcelState: Set<ReturnParcelState>] = [
        .withShopper: [.droppedOff, .withCarrier, .arrived, .opened, .voided, .lost],
        .droppedOff: [.withCarrier, .inTransit, .arrived, .opened, .lost],
        .inTransit: [.droppedOff, .arrived, .opened, .lost],
        .withCarrier: [.droppedOff, .arrived, .opened, .lost],
        .arrived: [.opened, .lost],
        .lost: [.droppedOff, .arrived, .opened],
    ]
}

/// What a person at the desk makes of goods.
package enum Grade: String, SQLValue, CaseIterable, Codable {
    /// Like new, sealed.
    case new = "A"
    /// Opened, works, complete.
    case opened = "B"
    case damaged = "C"
    /// Of no use to anybody.
    case unusable = "D"
}

/// What goods turned out to be against what was announced.
package enum GoodsFinding: String, SQLValue, CaseIterable, Codable {
    case asAnnounced = "as_announced"
    /// Another SKU in the place of an announced one.
    case wrong
    /// More than was announced.
    case extra
    case counterfeit
    /// Nobody knows of which order it is.
    case unknown
}

/// What has become of goods that came back.
package enum GoodsState: String, SQLValue, CaseIterable, Codable {
    /// In the returns location, ungraded.
    case received
    case refurbishing
    /// In the returns location until the merchant or a buyer has it fetched.
    case aside
    /// Free to be put away and sold again.
    case restocked
    /// Left the building, with a proof.
    case gone

    package static let transitions: [GoodsState: Set<GoodsState>] = [
        .received: [.restocked, .refurbishing, .aside, .gone],
        .refurbishing: [.restocked, .aside, .gone],
        .aside: [.gone],
    ]

    package init(_ disposition: Disposition) {
        switch disposition {
        case .restock: self = .restocked
        case .refurbish: self = .refurbishing
        case .returnToMerchant, .liquidate: self = .aside
        case .dispose: self = .gone
        }
    }
}
