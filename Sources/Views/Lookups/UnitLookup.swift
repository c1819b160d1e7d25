import Kernel
import Store
import Transport

/// A unit with what it is inside of and what is inside it.
package struct UnitView: Codable, Sendable {
    package struct Part: Codable, Sendable {
        package let id: UnitID
        package let code: String
        package let kind: UnitKind
    }

    package struct Filling: Codable, Sendable {
        package let lane: LaneID
        package let destination: SiteID
        package let state: BagState
        package let weighedGrams: Grams?
        package let seal: String?

        private enum CodingKeys: String, CodingKey { case lane, destination, state, weighedGrams = "weighed_g", seal }
    }

    package let id: UnitID
    package let code: String
    package let kind: UnitKind
    /// `site`, `carrier` or `shopper`.
    package let holder: String
    /// Where it stands; nil while nobody of ours has it.
    package let atSite: SiteID?
    /// A cancelled parcel, or something with one in it.
    package let pull: Bool
    /// For a bag, pallet or container that is filled for a lane.
    package let filling: Filling?
    /// The nearest first.
    package let inside: [Part]
    /// What lies directly in it, by id; the first 500.
    package let contents: [Part]

    private enum CodingKeys: String, CodingKey {
        case id, code, kind, holder, atSite = "at_site", pull, filling, inside, contents
    }
}

extension UnitView {
    private static let shown = 500

    /// By the scanned code or the id; a site finds what stands there and what was made there.
    /// - Throws: `NotFound`.
    package static func find(_ text: String, _ scope: Scope, in tx: Transaction) throws -> UnitView {
        guard let unit = try look(text, scope, in: tx) else { throw NotFound("unit", text) }
        return unit
    }

    /// As `find`; nil where there is none for the reader.
    static func look(_ text: String, _ scope: Scope, in tx: Transaction) throws -> UnitView? {
        let code = text.hasPrefix("00") && text.utf8.count == 20 ? String(text.dropFirst(2)) : text
        let condition: SQL = UnitID(text).map { "id = \($0)" } ?? "code = \(code)"
        guard let unit = try parts(condition, in: tx).first, try owns(unit.id, scope, in: tx),
            let holder = try HandlingUnits.holder(of: unit.id, in: tx)
        else { return nil }
        let above = try UnitTree.ancestors(of: [unit.id], in: tx)[unit.id] ?? []
        let named = Dictionary(uniqueKeysWithValues: try parts("id IN \(list: above)", in: tx).map { ($0.id, $0) })
        let below = try UnitTree.children(of: [unit.id], limit: shown, in: tx).map(\.child)
        let isPulled = try tx.value("SELECT pull FROM parcel WHERE id = \(unit.id)", as: Bool.self) ?? false
        return UnitView(
            id: unit.id, code: unit.code, kind: unit.kind, holder: holder.kind,
            atSite: holder.kind == "site" ? SiteID(holder.id) : nil,
            pull: try isPulled || !UnitTree.pulled(inside: [unit.id], limit: 1, in: tx).isEmpty,
            filling: try filling(unit.id, in: tx),
            inside: above.compactMap { named[$0] }, contents: try parts("id IN \(list: below)", in: tx))
    }

    private static func parts(_ condition: SQL, in tx: Transaction) throws -> [Part] {
        try tx.query("SELECT id, code, kind FROM handling_unit WHERE \(condition) ORDER BY id") {
            try Part(id: $0.next(), code: $0.next(), kind: $0.next())
        }
    }

    private static func filling(_ unit: UnitID, in tx: Transaction) throws -> Filling? {
        try tx.first("SELECT lane, destination, state, weighed_g, seal FROM bag WHERE unit = \(unit)") {
            try Filling(lane: $0.next(), destination: $0.next(), state: $0.next(), weighedGrams: $0.next(), seal: $0.next())
        }
    }

    /// Units are shared between merchants: they belong to the sites.
    static func owns(_ unit: UnitID, _ scope: Scope, in tx: Transaction) throws -> Bool {
        switch scope {
        case .network: return true
        case .site(let site):
            let made: SiteID? = try tx.value("SELECT site FROM handling_unit WHERE id = \(unit)")
            return try made == site || !HandlingUnits.standing([unit], at: site, in: tx).isEmpty
        case .merchant, .carrier: return false
        }
    }
}
