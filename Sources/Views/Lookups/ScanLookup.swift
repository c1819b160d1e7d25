import Kernel
import Merchants
import Returns
import Store
import Transport

/// What a scanned code is, and what to do with it.
package struct ScanView: Codable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        case parcel, tote, unit, location, sku
        /// The parcel of a return.
        case returned = "return"
    }

    package enum Instruction: String, Codable, CaseIterable, Sendable {
        /// Take it out: it must not leave.
        case pull
        case weigh
        /// It has no label yet.
        case wait
        case handOver = "hand_over"
        /// Of a transfer to this site: open it and say what is in it.
        case receive
        /// Of a return: to the desk that opens it.
        case desk
        /// Of a return that the shopper has: take it in.
        case takeIn = "take_in"
        /// It goes to another of our sites.
        case sort
        /// A closed bag for a trip.
        case load
        /// A bag for this site.
        case open
        case none
    }

    package let kind: Kind
    package let instruction: Instruction
    /// For the person with the scanner.
    package let message: String
    package let parcel: UnitID?
    package let tote: UnitID?
    /// A bag, pallet, container or trailer.
    package var unit: UnitID?
    package var rma: RMAID?
    package let location: LocationID?
    package let skus: [BarcodeView]?

    private enum CodingKeys: String, CodingKey { case kind, instruction, message, parcel, tote, unit, rma = "return", location, skus }
}

/// A SKU that a barcode may mean.
package struct BarcodeView: Codable, Sendable {
    package let merchant: MerchantID
    package let sku: SKUID
    package let skuCode: String
    package let name: String
    package let level: PackagingLevel.Kind
    /// Eaches in one of that level.
    package let units: Int64

    private enum CodingKeys: String, CodingKey { case merchant, sku, skuCode = "sku_code", name, level, units }

    /// The reader's SKUs with this barcode; empty where there is none.
    package static func find(_ code: String, _ scope: Scope, in tx: Transaction) throws -> [BarcodeView] {
        guard let code = Barcode.canonical(code) else { return [] }
        return try tx.query(
            """
            SELECT b.merchant, b.sku, s.code, s.name, b.level, p.units FROM barcode b JOIN sku s ON s.id = b.sku
            JOIN packaging_level p ON p.sku = b.sku AND p.level = b.level
            WHERE b.code = \(code) AND \(scope.ownsSKU("b.sku", merchant: "b.merchant")) ORDER BY b.merchant, b.sku LIMIT 100
            """
        ) {
            try BarcodeView(
                merchant: $0.next(), sku: $0.next(), skuCode: $0.next(), name: $0.next(), level: $0.next(), units: $0.next())
        }
    }
}

extension ScanView {
    /// Looks for a unit's code, a tracking number, a location's code and a SKU's barcode, in this order.
    ///
    /// - Throws: `NotFound` where it is nothing of the reader's.
    package static func find(_ code: String, _ scope: Scope, in tx: Transaction) throws -> ScanView {
        if let parcel = try parcel(code, scope, in: tx) { return parcel }
        if let back = try returned(code, scope, in: tx) { return back }
        if let tote = try tote(code, scope, in: tx) { return tote }
        if let unit = try unit(code, scope, in: tx) { return unit }
        if let location = try location(code, scope, in: tx) { return location }
        let skus = try BarcodeView.find(code, scope, in: tx)
        guard !skus.isEmpty else { throw NotFound("code", code) }
        return ScanView(
            kind: .sku, instruction: .none, message: skus.map(\.name).joined(separator: " / "), parcel: nil, tote: nil,
            location: nil, skus: skus)
    }

    private static func parcel(_ code: String, _ scope: Scope, in tx: Transaction) throws -> ScanView? {
        // The symbol of an SSCC begins with the application identifier 00.
        let codes = code.hasPrefix("00") && code.utf8.count == 20 ? [code, String(code.dropFirst(2))] : [code]
        let named: [UnitID] = try tx.values(
            """
            SELECT id FROM handling_unit WHERE code IN \(list: codes)
            UNION SELECT parcel FROM label WHERE issuer IN \(list: TrackingView.issuers) AND number = \(code) ORDER BY 1
            """)
        return try tx.first(
            """
            SELECT p.id, p.state, p.pull, p.weighed_g, CASE WHEN EXISTS (SELECT 1 FROM parcel_leg l
                WHERE l.parcel = p.id AND l.origin = p.at_site AND l.state = 'planned') THEN 1 ELSE 0 END, o.to_site, p.at_site, p.left_at
            FROM parcel p LEFT JOIN outbound_order o ON o.order_id = p.order_id
            WHERE p.id IN \(list: named) AND \(scope.ownsParcel("p")) ORDER BY p.id DESC LIMIT 1
            """
        ) {
            let (id, state, pull, weighed) = try (
                $0.next(UnitID.self), $0.next(ParcelState.self), $0.next(Bool.self), $0.next(Int64?.self)
            )
            let hasLeg = try $0.next(Bool.self)
            let (end, here, left) = try ($0.next(SiteID?.self), $0.next(SiteID?.self), $0.next(Instant?.self))
            // At the end of a trip it stands where it was sent.
            let isTransfer = end != nil && (state.isComing || left != nil && here == end)
            let (instruction, message) = isTransfer
                ? (.receive, "Receive it: it is a transfer to another site.")
                : advice(state, pull: pull, isWeighed: weighed != nil, hasLeg: hasLeg)
            return ScanView(
                kind: .parcel, instruction: instruction, message: message, parcel: id, tote: nil, location: nil, skus: nil)
        }
    }

    /// By the code of the return or the number of its label.
    private static func returned(_ code: String, _ scope: Scope, in tx: Transaction) throws -> ScanView? {
        try tx.first(
            """
            SELECT p.unit, p.rma, p.state, p.site, p.at_site FROM return_parcel p
            WHERE p.unit IN (SELECT id FROM handling_unit WHERE code = \(code)
                    UNION SELECT parcel FROM label WHERE issuer IN \(list: TrackingView.issuers) AND number = \(code))
                AND \(scope.ownsReturnParcel("p")) ORDER BY p.unit DESC LIMIT 1
            """
        ) {
            let (unit, rma, state) = try ($0.next(UnitID.self), $0.next(RMAID.self), $0.next(ReturnParcelState.self))
            let (desk, here) = try ($0.next(SiteID.self), $0.next(SiteID?.self))
            let (instruction, message) = advice(state, isHome: here == desk)
            var view = ScanView(
                kind: .returned, instruction: instruction, message: message, parcel: unit, tote: nil, location: nil, skus: nil)
            view.rma = rma
            return view
        }
    }

    private static func advice(_ state: ReturnParcelState, isHome: Bool) -> (Instruction, String) {
        switch state {
        case .withShopper: (.takeIn, "A return: take it in from the shopper.")
        case .droppedOff where !isHome: (.sort, "A return: sort it, its desk is at another of our sites.")
        case .droppedOff, .arrived: (.desk, "A return: bring it to the returns desk.")
        case .withCarrier, .inTransit, .lost: (.desk, "A return that is \(state.rawValue) by the book: bring it to the returns desk.")
        case .opened, .voided: (.none, "The parcel of a return, \(state.rawValue).")
        }
    }

    private static func advice(
        _ state: ParcelState, pull: Bool, isWeighed: Bool, hasLeg: Bool
    ) -> (Instruction, String) {
        if pull { return (.pull, "PULL: cancelled. Take it out and unpack it.") }
        switch state {
        case .labelled where isWeighed && hasLeg: return (.sort, "Sort it: it goes to another of our sites.")
        case .packed: return isWeighed ? (.wait, "Wait for the carrier's label.") : (.weigh, "Put it on the scale.")
        case .labelled: return isWeighed ? (.handOver, "Ready for the carrier.") : (.weigh, "Put it on the scale.")
        default: return (.none, "The parcel is \(state.rawValue).")
        }
    }

    private static func unit(_ code: String, _ scope: Scope, in tx: Transaction) throws -> ScanView? {
        guard let found = try UnitView.look(code, scope, in: tx) else { return nil }
        let (instruction, message) = advice(found)
        return ScanView(
            kind: .unit, instruction: instruction, message: message, parcel: nil, tote: nil, unit: found.id, location: nil,
            skus: nil)
    }

    private static func advice(_ unit: UnitView) -> (Instruction, String) {
        let name = unit.kind.rawValue
        if unit.pull { return (.pull, "PULL: a cancelled parcel is in this \(name). Take it out.") }
        guard let filling = unit.filling else { return (.none, "A \(name).") }
        if filling.state.isShut, unit.atSite == filling.destination { return (.open, "Open this \(name) here.") }
        if filling.state.isShut, unit.atSite != nil { return (.load, "Load this \(name).") }
        return (.none, "The \(name) is \(filling.state.rawValue).")
    }

    private static func tote(_ code: String, _ scope: Scope, in tx: Transaction) throws -> ScanView? {
        try tx.first(
            "SELECT id FROM handling_unit WHERE code = \(code) AND kind = 'tote' AND \(scope.owns(site: "site"))"
        ) {
            ScanView(
                kind: .tote, instruction: .none, message: "A tote.", parcel: nil, tote: try $0.next(), location: nil, skus: nil)
        }
    }

    private static func location(_ code: String, _ scope: Scope, in tx: Transaction) throws -> ScanView? {
        try tx.first(
            "SELECT id FROM location WHERE code = \(code) AND \(scope.owns(site: "site")) ORDER BY id LIMIT 1"
        ) {
            ScanView(
                kind: .location, instruction: .none, message: "A location.", parcel: nil, tote: nil, location: try $0.next(),
                skus: nil)
        }
    }
}
