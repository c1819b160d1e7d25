import Kernel
import Store

/// A carton as the operator states it.
package struct NewCarton: Hashable, Sendable {
    package var site: SiteID
    /// 1 to 40 printable ASCII characters without spaces.
    package var code: String
    package var inner: Dimensions
    package var maxLoad: Grams
    package var tare: Grams
    /// Minor units of the operator's currency.
    package var cost: Int64
    /// What was counted; nil keeps the count, which begins at zero.
    package var onHand: Int64?

    package init(
        site: SiteID, code: String, inner: Dimensions, maxLoad: Grams, tare: Grams = 0, cost: Int64 = 0,
        onHand: Int64? = nil
    ) {
        self.site = site
        self.code = code
        self.inner = inner
        self.maxLoad = maxLoad
        self.tare = tare
        self.cost = cost
        self.onHand = onHand
    }
}

/// Creates cartons of sites, and brings those of the same code to what is stated now.
package enum SaveCartons {
    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case siteUnknown(field: String, site: SiteID)
        case codeInvalid(field: String, code: String)
        case notPositive(field: String)
        case negative(field: String, value: Int64)
        case repeated(field: String, code: String)
    }

    /// All are saved, or none: answers them in the order given. Emits `carton.saved` for each.
    package static func run(
        _ cartons: [NewCarton], occurred: Instant? = nil, actor: String = "system", in tx: Transaction
    ) throws -> [Saved<CartonID>] {
        try check(cartons, sites: Site.known(cartons.map(\.site), in: tx))
        try ReferenceVersion.network.bump(in: tx)
        let known = Dictionary(
            try Cartons.all(in: tx).map { (CartonKey(site: $0.site, code: $0.code), $0.id) }) { first, _ in first }
        let saved = cartons.map { Saved(id: known[$0.key] ?? tx.id(), isNew: known[$0.key] == nil) }
        try write(Array(zip(saved.map(\.id), cartons)), in: tx)
        for (saved, new) in zip(saved, cartons) {
            tx.emit(FacilitiesEvents.cartonSaved(saved, new, occurred: occurred ?? tx.now, actor: actor))
        }
        return saved
    }

    private static func check(_ cartons: [NewCarton], sites: Set<SiteID>) throws(Refused) {
        var seen: Set<CartonKey> = []
        for (index, new) in cartons.enumerated() {
            let at = "/cartons/\(index)"
            guard sites.contains(new.site) else { throw .siteUnknown(field: at + "/site", site: new.site) }
            guard FacilityText.isCode(new.code) else { throw .codeInvalid(field: at + "/code", code: new.code) }
            for (member, value) in [
                ("length_mm", new.inner.length.rawValue), ("width_mm", new.inner.width.rawValue),
                ("height_mm", new.inner.height.rawValue), ("max_g", new.maxLoad.rawValue),
            ] where value <= 0 {
                throw .notPositive(field: "\(at)/\(member)")
            }
            for (member, value) in [("tare_g", new.tare.rawValue), ("cost", new.cost)] where value < 0 {
                throw .negative(field: "\(at)/\(member)", value: value)
            }
            guard seen.insert(new.key).inserted else { throw .repeated(field: at + "/code", code: new.code) }
        }
    }

    private static func write(_ cartons: [(id: CartonID, new: NewCarton)], in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "site": .int, "code": .text, "length": .int, "width": .int, "height": .int, "max_g": .int,
            "tare": .int, "cost": .int,
        ])
        var counts = Rows(["id": .int, "count": .int])
        for (id, new) in cartons {
            rows.add(
                id, new.site, new.code, new.inner.length, new.inner.width, new.inner.height, new.maxLoad, new.tare,
                new.cost)
            if let count = new.onHand { counts.add(id, count) }
        }
        try tx.run(
            """
            INSERT INTO carton (id, site, code, length_mm, width_mm, height_mm, max_g, tare_g, cost, on_hand)
            SELECT v.id, v.site, v.code, v.length, v.width, v.height, v.max_g, v.tare, v.cost, 0
            FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (id) DO UPDATE SET length_mm = excluded.length_mm, width_mm = excluded.width_mm,
                height_mm = excluded.height_mm, max_g = excluded.max_g, tare_g = excluded.tare_g, cost = excluded.cost
            """)
        try tx.run("UPDATE carton SET on_hand = v.count FROM (\(rows: counts)) AS v WHERE carton.id = v.id")
    }
}

private struct CartonKey: Hashable {
    let site: SiteID
    let code: String
}

extension NewCarton {
    fileprivate var key: CartonKey { CartonKey(site: site, code: code) }
}

extension SaveCartons.Refused {
    package var code: String {
        switch self {
        case .siteUnknown: "facilities.site_unknown"
        case .codeInvalid: "facilities.code_invalid"
        case .notPositive: "facilities.not_positive"
        case .negative: "facilities.negative"
        case .repeated: "facilities.carton_repeated"
        }
    }

    package var message: String {
        switch self {
        case .siteUnknown(_, let site): "There is no site '\(site)'."
        case .codeInvalid(_, let code): "'\(code)' is not a code of 1 to 40 printable ASCII characters without spaces."
        case .notPositive: "The sides (mm) and the load (g) of a carton are above zero."
        case .negative(_, let value): "Tare and cost are not negative; \(value) is."
        case .repeated(_, let code): "The carton '\(code)' stands in the request twice for one site."
        }
    }

    package var kind: RefusalKind { if case .siteUnknown = self { .notFound } else { .invalid } }

    package var field: String? {
        switch self {
        case .siteUnknown(let field, _), .codeInvalid(let field, _), .notPositive(let field), .negative(let field, _),
            .repeated(let field, _):
            field
        }
    }
}
