import Facilities
import Inventory
import Kernel
import Merchants
import Store
import Warehouse

/// A merchant tells what comes to a site and when; it can be promised from then on.
package struct AnnounceASN: Flow {
    package struct Line: Sendable {
        package let sku: SKUID
        package let quantity: Quantity

        package init(sku: SKUID, quantity: Quantity) {
            self.sku = sku
            self.quantity = quantity
        }
    }

    let merchant: MerchantID
    let site: SiteID
    let number: String
    let expected: Instant
    let lines: [Line]
    let actor: String

    package init(
        merchant: MerchantID, site: SiteID, number: String, expected: Instant, lines: [Line], actor: String = "system"
    ) {
        self.merchant = merchant
        self.site = site
        self.number = number
        self.expected = expected
        self.lines = lines
        self.actor = actor
    }

    package func run(in tx: Transaction) throws -> ASNID {
        guard try Site.find(site, in: tx) != nil else { throw NotFound("site", site) }
        guard (1...1000).contains(lines.count) else { throw InvalidInput(field: "/lines", "An ASN has 1 to 1,000 lines.") }
        let facts = try Catalog.facts(of: lines.map(\.sku), in: tx)
        for (index, line) in lines.enumerated() {
            guard facts[line.sku]?.merchant == merchant else { throw NotFound("SKU", line.sku) }
            guard line.quantity > 0 else {
                throw InvalidInput(field: "/lines/\(index)/quantity", "A quantity is at least 1, not \(line.quantity).")
            }
        }
        var sums: [SKUID: Quantity] = [:]
        for line in lines { sums[line.sku, default: 0] += line.quantity }
        let asn = ASN(
            id: tx.id(), merchant: merchant, site: site, number: number, expectedAt: expected,
            lines: sums.sorted { $0.key < $1.key }.map { ASNLine(id: tx.id(), sku: $0.key, expected: $0.value) })
        try ASNs.add(asn, actor: actor, in: tx)
        try Inbound.announce(
            asn.lines.map { (SellableChange.Key(sku: $0.sku, site: site, owner: merchant), $0.expected) }, kind: .inbound,
            source: asn.id.raw, available: expected, in: tx)
        return asn.id
    }
}

/// What came of an ASN line, as it stands on the dock.
package struct ReceivedLine: Sendable {
    package let sku: SKUID
    package let quantity: Quantity
    package let lotCode: String?
    package let expires: CivilDate?
    /// Taken at the dock; wanted where the SKU was never measured.
    package let measured: (size: Dimensions, weight: Grams)?
    package let condition: Condition
    /// One for each unit, or none: then they are scanned when they are packed.
    package let serials: [String]

    package init(
        sku: SKUID, quantity: Quantity, lotCode: String? = nil, expires: CivilDate? = nil,
        measured: (size: Dimensions, weight: Grams)? = nil, condition: Condition = .new, serials: [String] = []
    ) {
        self.serials = serials
        self.sku = sku
        self.quantity = quantity
        self.lotCode = lotCode
        self.expires = expires
        self.measured = measured
        self.condition = condition
    }
}

/// Receives goods of an ASN at a dock. Claims on the announced supply move to the goods; putaway tasks are made.
package struct ReceiveASN: Flow {
    let asn: ASNID
    let dock: LocationID
    let lines: [ReceivedLine]
    let occurred: Instant
    let actor: String

    package init(_ asn: ASNID, at dock: LocationID, _ lines: [ReceivedLine], occurred: Instant, actor: String) {
        self.asn = asn
        self.dock = dock
        self.lines = lines
        self.occurred = occurred
        self.actor = actor
    }

    package enum Refused: Refusal, Equatable {
        case unmeasured(line: Int, sku: String)
        case lotMissing(line: Int, sku: String)
        case serialsWrong(line: Int, sku: String)
        case serialInStock(line: Int, sku: String, serial: String)

        package static let codes = [
            "receipt.unmeasured", "receipt.lot_missing", "receipt.serials_wrong", "receipt.serial_in_stock",
        ]
        package var code: String {
            switch self {
            case .unmeasured: Self.codes[0]
            case .lotMissing: Self.codes[1]
            case .serialsWrong: Self.codes[2]
            case .serialInStock: Self.codes[3]
            }
        }
        package var message: String {
            switch self {
            case .unmeasured(_, let sku): "SKU '\(sku)' was never measured: state its dimensions and weight with the first receipt."
            case .lotMissing(_, let sku): "SKU '\(sku)' is tracked by lot: state the lot."
            case .serialsWrong(_, let sku):
                "SKU '\(sku)' takes one serial of 1 to 64 characters for each unit, each once, if it is tracked by serial; else none."
            case .serialInStock(_, let sku, let serial): "Serial '\(serial)' of SKU '\(sku)' is in stock already."
            }
        }
        package var kind: RefusalKind { if case .serialInStock = self { .conflict } else { .invalid } }
        package var field: String? {
            switch self {
            case .unmeasured(let line, _): "/lines/\(line)/measured"
            case .lotMissing(let line, _): "/lines/\(line)/lot"
            case .serialsWrong(let line, _), .serialInStock(let line, _, _): "/lines/\(line)/serials"
            }
        }
    }

    /// The putaway tasks.
    package func run(in tx: Transaction) throws -> [TaskID] {
        guard let asn = try ASNs.load(asn, in: tx) else { throw NotFound("ASN", asn) }
        guard let place = try Locations.find([dock], in: tx)[dock], place.site == asn.site else {
            throw NotFound("location", dock)
        }
        try check(asn, in: tx)
        try ASNs.received(asn, lines.map { ($0.sku, $0.quantity) }, actor: actor, in: tx)
        let lots = try Lots.find(
            lines.compactMap { line in line.lotCode.map { (asn.merchant, line.sku, $0, line.expires) } }, in: tx)
        var next = lots.makeIterator()
        let lotOf = lines.map { $0.lotCode == nil ? nil : next.next() }
        try StockBook.post(zip(lines, lotOf).map { move($0, lot: $1, asn, place) }, in: tx)
        for line in lines {
            try Inbound.arrived(
                SellableChange.Key(sku: line.sku, site: asn.site, owner: asn.merchant), line.quantity,
                sellable: line.condition == .new && place.sellable ? line.quantity : 0, source: asn.id.raw, in: tx)
        }
        let tasks = zip(lines, lotOf).filter { $0.0.condition == .new }.map { line, lot in
            FloorTask(
                id: tx.id(), kind: .putaway, site: asn.site, owner: asn.merchant, sku: line.sku, lot: lot, fromKind: "location",
                from: dock.raw, toKind: "location", to: 0, quantity: line.quantity, walk: 0)
        }
        try Tasks.add(tasks, in: tx)
        return tasks.map(\.id)
    }

    private func check(_ asn: ASN, in tx: Transaction) throws {
        let measures = lines.compactMap { line in
            line.measured.map { SKUMeasure(sku: line.sku, dimensions: $0.size, weight: $0.weight, at: occurred) }
        }
        try RecordMeasures.run(measures, actor: actor, in: tx)
        let facts = try Catalog.facts(of: lines.map(\.sku), in: tx)
        for (index, line) in lines.enumerated() {
            guard let one = facts[line.sku], one.merchant == asn.merchant else { throw NotFound("SKU", line.sku) }
            guard line.quantity > 0 else {
                throw InvalidInput(field: "/lines/\(index)/quantity", "A quantity is at least 1, not \(line.quantity).")
            }
            if !one.isMeasured { throw Refused.unmeasured(line: index, sku: one.code) }
            if one.lotTracked, line.lotCode == nil { throw Refused.lotMissing(line: index, sku: one.code) }
        }
        try checkSerials(asn, facts, in: tx)
    }

    /// A serial is in stock once.
    private func checkSerials(_ asn: ASN, _ facts: [SKUID: SKUFacts], in tx: Transaction) throws {
        func keys(_ line: ReceivedLine) -> [SerialKey] {
            line.serials.map { SerialKey(owner: asn.merchant, sku: line.sku, serial: $0) }
        }
        let known = try Serials.find(lines.flatMap(keys), in: tx)
        var seen: Set<SerialKey> = []
        for (index, line) in lines.enumerated() where !line.serials.isEmpty {
            let code = facts[line.sku]?.code ?? ""
            let isRight = facts[line.sku]?.serialTracked ?? false && Int64(line.serials.count) == line.quantity.rawValue
            guard isRight, line.serials.allSatisfy(Serials.isValid), keys(line).allSatisfy({ seen.insert($0).inserted }) else {
                throw Refused.serialsWrong(line: index, sku: code)
            }
            if let there = keys(line).first(where: { known[$0].map { $0.state != .gone } ?? false }) {
                throw Refused.serialInStock(line: index, sku: code, serial: there.serial)
            }
        }
    }

    private func move(_ line: ReceivedLine, lot: LotID?, _ asn: ASN, _ place: Location) -> NewMovement {
        var move = NewMovement(
            owner: asn.merchant, sku: line.sku, lot: lot, quantity: line.quantity, site: asn.site, from: .outside(.supplier),
            to: place.place, reason: .receive, reference: asn.id.raw, actor: actor, occurred: occurred)
        move.fromCondition = line.condition
        move.toCondition = line.condition
        return move.with(serials: line.serials)
    }
}

/// Nothing more will come of an ASN: claims that counted on the rest are sourced elsewhere.
package struct CloseASN: Flow {
    let asn: ASNID
    let actor: String

    package init(_ asn: ASNID, actor: String = "system") { (self.asn, self.actor) = (asn, actor) }

    package func run(in tx: Transaction) throws {
        guard let asn = try ASNs.load(asn, in: tx) else { throw NotFound("ASN", asn) }
        try ASNs.close(asn, actor: actor, in: tx)
        for line in asn.lines {
            try Inbound.close(
                SellableChange.Key(sku: line.sku, site: asn.site, owner: asn.merchant), source: asn.id.raw, in: tx)
        }
    }
}
