import Kernel
import Store

/// The handling unit in which a return travels; it may ride in a bag or on a trip as any other.
package struct ReturnParcel: Sendable {
    package let unit: UnitID
    package let rma: RMAID
    package let merchant: MerchantID
    /// Where it is to go.
    package let site: SiteID
    /// That carries it; used where it has a label.
    package let service: ServiceID
    package let label: LabelID?
    package let weight: Grams
    package let size: Dimensions
    package let state: ReturnParcelState
    /// Which of our sites has it, inside something or not; nil while it is under way, or at an end.
    package let atSite: SiteID?

    package init(
        unit: UnitID, rma: RMAID, merchant: MerchantID, site: SiteID, service: ServiceID, label: LabelID?, weight: Grams,
        size: Dimensions
    ) {
        self.unit = unit
        self.rma = rma
        self.merchant = merchant
        self.site = site
        self.service = service
        self.label = label
        self.weight = weight
        self.size = size
        state = .withShopper
        atSite = nil
    }

    init(_ row: inout RowReader) throws {
        (unit, rma, merchant, site) = try (row.next(), row.next(), row.next(), row.next())
        (service, label, weight) = try (row.next(), row.next(), row.next())
        size = try Dimensions(length: row.next(), width: row.next(), height: row.next())
        (state, atSite) = try (row.next(), row.next())
    }
}

package enum ReturnParcels {
    /// The code on the parcel, or on the shopper's screen; names the return and is no secret.
    package static func code(of rma: RMAID) -> String { "R\(rma.description.dropFirst(4))".uppercased() }

    package static func add(_ parcels: [ReturnParcel], in tx: Transaction) throws {
        var rows = Rows([
            "unit": .int, "rma": .int, "merchant": .int, "site": .int, "service": .int, "label": .int, "grams": .int,
            "length": .int, "width": .int, "height": .int,
        ])
        for one in parcels {
            rows.add(
                one.unit, one.rma, one.merchant, one.site, one.service, one.label, one.weight, one.size.length, one.size.width,
                one.size.height)
        }
        try tx.run(
            """
            INSERT INTO return_parcel (unit, rma, merchant, site, service, label, grams, length_mm, width_mm, height_mm, state)
            SELECT v.unit, v.rma, v.merchant, v.site, v.service, v.label, v.grams, v.length, v.width, v.height, 'with_shopper'
            FROM (\(rows: rows)) AS v
            """)
    }

    package static func load(_ units: some Sequence<UnitID>, in tx: Transaction) throws -> [ReturnParcel] {
        try list("unit IN \(list: Set(units).sorted())", in: tx)
    }

    package static func of(_ returns: some Sequence<RMAID>, in tx: Transaction) throws -> [ReturnParcel] {
        try list("rma IN \(list: Set(returns).sorted())", in: tx)
    }

    private static let columns: SQL =
        "unit, rma, merchant, site, service, label, grams, length_mm, width_mm, height_mm, state, at_site"

    private static func list(_ condition: SQL, in tx: Transaction) throws -> [ReturnParcel] {
        try tx.query(
            """
            SELECT \(columns) FROM return_parcel WHERE \(condition) ORDER BY unit \(.forUpdate)
            """
        ) { try ReturnParcel(&$0) }
    }

    /// Guarded by the table of transitions: those that cannot go there stay as they are. Answers the ones that changed.
    ///
    /// - Parameter site: that has them now; for `droppedOff` and `arrived`.
    @discardableResult
    package static func change(
        _ parcels: [ReturnParcel], to state: ReturnParcelState, at site: SiteID? = nil, in tx: Transaction
    ) throws -> [ReturnParcel] {
        precondition((site != nil) == (state == .droppedOff || state == .arrived), "what a site has is at that site")
        let able = parcels.filter { ReturnParcelState.transitions[$0.state]?.contains(state) ?? false }
        guard !able.isEmpty else { return [] }
        try tx.run("UPDATE return_parcel SET state = \(state), at_site = \(site) WHERE unit IN \(list: able.map(\.unit))",
            expecting: able.count)
        return able
    }
}
