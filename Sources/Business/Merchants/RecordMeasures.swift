import Kernel
import Store

/// Size and weight of a level of a SKU, taken with our own tape and scale.
package struct SKUMeasure: Hashable, Sendable {
    package let sku: SKUID
    package let level: PackagingLevel.Kind
    package let dimensions: Dimensions
    package let weight: Grams
    package let at: Instant

    package init(
        sku: SKUID, level: PackagingLevel.Kind = .each, dimensions: Dimensions, weight: Grams, at: Instant
    ) {
        self.sku = sku
        self.level = level
        self.dimensions = dimensions
        self.weight = weight
        self.at = at
    }
}

/// Writes down what was measured, as at the first receipt of a SKU.
package enum RecordMeasures {
    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case notPositive(field: String)
        case noSuchLevel(field: String, sku: SKUID, level: PackagingLevel.Kind)
    }

    /// Replaces the merchant's word and older measures of ours; a measure as old as ours or older changes nothing.
    ///
    /// Of several for one level the newest counts. Emits `sku.measured` for each level that changed; answers how many.
    @discardableResult
    package static func run(_ measures: [SKUMeasure], actor: String = "system", in tx: Transaction) throws -> Int {
        for (index, measure) in measures.enumerated() where !measure.isPositive {
            throw Refused.notPositive(field: "/measures/\(index)")
        }
        let known = try levels(of: measures.map(\.sku), in: tx)
        var newest: [LevelKey: SKUMeasure] = [:]
        for (index, measure) in measures.enumerated() {
            guard let level = known[measure.key] else {
                throw Refused.noSuchLevel(field: "/measures/\(index)", sku: measure.sku, level: measure.level)
            }
            let latest = newest[measure.key]?.at ?? level.measured
            if latest.map({ $0 < measure.at }) ?? true { newest[measure.key] = measure }
        }
        let changed = newest.values.sorted { ($0.sku, $0.level) < ($1.sku, $1.level) }
        try CatalogVersion.bump(Set(changed.compactMap { known[$0.key]?.owner }).sorted(), in: tx)
        try write(changed, in: tx)
        for measure in changed {
            guard let owner = known[measure.key]?.owner else { continue }
            tx.emit(MerchantsEvents.skuMeasured(measure, owner: owner, actor: actor))
        }
        return changed.count
    }

    private static func levels(
        of skus: [SKUID], in tx: Transaction
    ) throws -> [LevelKey: (owner: MerchantID, measured: Instant?)] {
        let found = try tx.query(
            """
            SELECT p.sku, p.level, s.merchant, p.measured_at FROM packaging_level p JOIN sku s ON s.id = p.sku
            WHERE p.sku IN \(list: skus) ORDER BY p.sku, p.level \(.forUpdate)
            """
        ) { (LevelKey(sku: try $0.next(), kind: try $0.next()), (try $0.next(MerchantID.self), try $0.next(Instant?.self))) }
        return Dictionary(uniqueKeysWithValues: found)
    }

    private static func write(_ measures: [SKUMeasure], in tx: Transaction) throws {
        var rows = Rows([
            "sku": .int, "level": .text, "length": .int, "width": .int, "height": .int, "weight": .int, "at": .int,
        ])
        for measure in measures {
            let size = measure.dimensions
            rows.add(measure.sku, measure.level, size.length, size.width, size.height, measure.weight, measure.at)
        }
        try tx.run(
            """
            UPDATE packaging_level SET length_mm = v.length, width_mm = v.width, height_mm = v.height,
                weight_g = v.weight, measured_at = v.at
            FROM (\(rows: rows)) AS v WHERE packaging_level.sku = v.sku AND packaging_level.level = v.level
            """)
    }
}

extension SKUMeasure {
    var key: LevelKey { LevelKey(sku: sku, kind: level) }
    var isPositive: Bool { dimensions.isPositive && weight > .zero }
}

extension Dimensions {
    var isPositive: Bool { length > .zero && width > .zero && height > .zero }
}

extension RecordMeasures.Refused {
    package var code: String {
        switch self {
        case .notPositive: "merchants.measure_not_positive"
        case .noSuchLevel: "merchants.no_such_level"
        }
    }

    package var message: String {
        switch self {
        case .notPositive: "Length, width, height (mm) and weight (g) of a measure are above zero."
        case .noSuchLevel(_, let sku, let level): "\(sku) has no packaging level '\(level.rawValue)'."
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .notPositive: .invalid
        case .noSuchLevel: .notFound
        }
    }

    package var field: String? {
        switch self {
        case .notPositive(let field), .noSuchLevel(let field, _, _): field
        }
    }
}
