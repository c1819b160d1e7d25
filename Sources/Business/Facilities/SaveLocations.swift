import Kernel
import Store

/// A location as the operator states it.
package struct NewLocation: Hashable, Sendable {
    /// 1 to 40 printable ASCII characters without spaces.
    package var code: String
    /// The code of what it stands in, at the same site; nil at the top.
    package var parent: String?
    package var kind: Location.Kind
    package var walk: Int64
    /// Needs `sellable`.
    package var pickable: Bool
    package var sellable: Bool

    package init(
        code: String, parent: String? = nil, kind: Location.Kind, walk: Int64 = 0, pickable: Bool, sellable: Bool
    ) {
        self.code = code
        self.parent = parent
        self.kind = kind
        self.walk = walk
        self.pickable = pickable
        self.sellable = sellable
    }
}

/// Creates locations of a site, and brings those of the same code to what is stated now.
package enum SaveLocations {
    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case siteUnknown(SiteID)
        case codeInvalid(field: String, code: String)
        case repeated(field: String, code: String)
        case notSellable(field: String)
        case parentUnknown(field: String, code: String)
        case cycle(field: String, code: String)
    }

    /// All are saved, or none: answers them as they stand now, in the order given.
    ///
    /// Stock that lies there keeps its own copy of the flags; whoever changes them has to carry them over. Emits one
    /// `site.locations_saved`.
    package static func run(
        _ locations: [NewLocation], at site: SiteID, occurred: Instant? = nil, actor: String = "system",
        in tx: Transaction
    ) throws -> [Location] {
        guard try Site.known([site], in: tx).contains(site) else { throw Refused.siteUnknown(site) }
        try check(locations)
        try ReferenceVersion.locations.bump(in: tx)
        let known = try Locations.all(at: site, in: tx)
        let saved = try place(locations, at: site, known: known, in: tx)
        try write(saved, in: tx)
        let old = Set(known.map(\.id)), created = saved.count { !old.contains($0.id) }
        tx.emit(
            FacilitiesEvents.locationsSaved(
                site, created: created, changed: saved.count - created, occurred: occurred ?? tx.now, actor: actor))
        return saved
    }

    private static func check(_ locations: [NewLocation]) throws(Refused) {
        var codes: Set<String> = []
        for (index, new) in locations.enumerated() {
            let at = "/locations/\(index)"
            guard FacilityText.isCode(new.code) else { throw .codeInvalid(field: at + "/code", code: new.code) }
            guard codes.insert(new.code).inserted else { throw .repeated(field: at + "/code", code: new.code) }
            if new.pickable, !new.sellable { throw .notSellable(field: at + "/pickable") }
        }
    }

    /// Gives each its id and its parent's.
    private static func place(
        _ locations: [NewLocation], at site: SiteID, known: [Location], in tx: Transaction
    ) throws -> [Location] {
        var ids = Dictionary(uniqueKeysWithValues: known.map { ($0.code, $0.id) })
        for new in locations where ids[new.code] == nil { ids[new.code] = tx.id() }
        var parents = Dictionary(uniqueKeysWithValues: known.map { ($0.id, $0.parent) })
        var placed: [Location] = []
        for (index, new) in locations.enumerated() {
            let parent = new.parent.flatMap { ids[$0] }
            guard let id = ids[new.code], new.parent == nil || parent != nil else {
                throw Refused.parentUnknown(field: "/locations/\(index)/parent", code: new.parent ?? new.code)
            }
            parents[id] = parent
            placed.append(
                Location(
                    id: id, site: site, parent: parent, kind: new.kind, code: new.code, walk: new.walk,
                    pickable: new.pickable, sellable: new.sellable))
        }
        for (index, location) in placed.enumerated() where isInCycle(location.id, parents) {
            throw Refused.cycle(field: "/locations/\(index)/parent", code: location.code)
        }
        return placed
    }

    private static func isInCycle(_ id: LocationID, _ parents: [LocationID: LocationID?]) -> Bool {
        var above = parents[id] ?? nil, steps = 0
        while let next = above {
            // A way up that is longer than there are locations turns in a circle, with or without this one.
            if next == id || steps > parents.count { return true }
            above = parents[next] ?? nil
            steps += 1
        }
        return false
    }

    private static func write(_ locations: [Location], in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "site": .int, "parent": .int, "kind": .text, "code": .text, "walk": .int, "pickable": .int,
            "sellable": .int,
        ])
        for location in locations.sorted(by: { $0.id < $1.id }) {
            rows.add(
                location.id, location.site, location.parent, location.kind, location.code, location.walk,
                location.pickable, location.sellable)
        }
        try tx.run(
            """
            INSERT INTO location (id, site, parent, kind, code, walk, pickable, sellable)
            SELECT v.id, v.site, v.parent, v.kind, v.code, v.walk, v.pickable, v.sellable
            FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (id) DO UPDATE SET parent = excluded.parent, kind = excluded.kind, walk = excluded.walk,
                pickable = excluded.pickable, sellable = excluded.sellable
            """)
    }
}

extension SaveLocations.Refused {
    package var code: String {
        switch self {
        case .siteUnknown: "facilities.site_unknown"
        case .codeInvalid: "facilities.code_invalid"
        case .repeated: "facilities.location_repeated"
        case .notSellable: "facilities.pickable_not_sellable"
        case .parentUnknown: "facilities.parent_unknown"
        case .cycle: "facilities.location_cycle"
        }
    }

    package var message: String {
        switch self {
        case .siteUnknown(let site): "There is no site '\(site)'."
        case .codeInvalid(_, let code): "'\(code)' is not a code of 1 to 40 printable ASCII characters without spaces."
        case .repeated(_, let code): "The location '\(code)' stands in the request twice."
        case .notSellable: "A location that is pickable is sellable."
        case .parentUnknown(_, let code): "The site has no location '\(code)'."
        case .cycle(_, let code): "The location '\(code)' would stand within itself."
        }
    }

    package var kind: RefusalKind { if case .siteUnknown = self { .notFound } else { .invalid } }

    package var field: String? {
        switch self {
        case .siteUnknown: nil
        case .codeInvalid(let field, _), .repeated(let field, _), .notSellable(let field), .parentUnknown(let field, _),
            .cycle(let field, _):
            field
        }
    }
}
