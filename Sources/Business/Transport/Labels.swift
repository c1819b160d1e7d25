import Kernel
import Store

package enum LabelState: String, SQLValue, CaseIterable, Codable {
    case requested
    case current
    case voided
    case failed
    /// Its time is over, and its parcel had not left.
    case expired

    package static let transitions: [LabelState: Set<LabelState>] = [
        .requested: [.current, .failed, .voided],
        .current: [.voided, .expired],
    ]
}

/// A carrier's, channel's or our own promise to move a parcel over one leg.
package struct ParcelLabel: Sendable {
    package let id: LabelID
    package let parcel: UnitID
    package let issuer: String
    /// `last_mile`, `linehaul`, `return`.
    package let leg: String
    package let service: ServiceID
    package let state: LabelState
    package let number: String?
    package let price: Int64?
    package let validUntil: Instant?
    package let url: String?
    /// Of several parcels of one order that go together: the label of the first piece; nil where a parcel goes alone.
    package let shipment: LabelID?
    /// The number of the first piece, which stands for all.
    package let master: String?
}

package enum Labels {
    package static func request(
        _ labels: [(id: LabelID, parcel: UnitID, service: ServiceID)], issuer: String, leg: String, shipment: LabelID? = nil,
        in tx: Transaction
    ) throws {
        var rows = Rows(["id": .int, "parcel": .int, "service": .int])
        for one in labels { rows.add(one.id, one.parcel, one.service) }
        try tx.run(
            """
            INSERT INTO label (id, parcel, issuer, leg, service, state, requested_at, shipment)
            SELECT v.id, v.parcel, \(issuer), \(leg), v.service, 'requested', \(tx.now), \(shipment) FROM (\(rows: rows)) AS v
            """)
    }

    /// Labels that somebody else has put on already, with their numbers.
    package static func state(
        _ labels: [(id: LabelID, parcel: UnitID, service: ServiceID, number: String)], issuer: String, leg: String,
        in tx: Transaction
    ) throws {
        var rows = Rows(["id": .int, "parcel": .int, "service": .int, "number": .text])
        for one in labels { rows.add(one.id, one.parcel, one.service, one.number) }
        try tx.run(
            """
            INSERT INTO label (id, parcel, issuer, leg, service, state, number, valid_from)
            SELECT v.id, v.parcel, \(issuer), \(leg), v.service, 'current', v.number, \(tx.now) FROM (\(rows: rows)) AS v
            """)
    }

    private static let columns: SQL = "id, parcel, issuer, leg, service, state, number, price, valid_until, url, shipment, master"

    private static func decode(_ row: inout RowReader) throws -> ParcelLabel {
        try ParcelLabel(
            id: row.next(), parcel: row.next(), issuer: row.next(), leg: row.next(), service: row.next(), state: row.next(),
            number: row.next(), price: row.next(), validUntil: row.next(), url: row.next(), shipment: row.next(),
            master: row.next())
    }

    package static func load(_ ids: [LabelID], in tx: Transaction) throws -> [ParcelLabel] {
        try tx.query("SELECT \(columns) FROM label WHERE id IN \(list: ids) ORDER BY id \(.forUpdate)", decode)
    }

    package static func of(_ parcels: [UnitID], in tx: Transaction) throws -> [ParcelLabel] {
        try tx.query("SELECT \(columns) FROM label WHERE parcel IN \(list: parcels) ORDER BY parcel, id", decode)
    }

    /// What stands of these shipments, requested or current, in the order of ids.
    package static func standing(in shipments: some Sequence<LabelID>, in tx: Transaction) throws -> [ParcelLabel] {
        try tx.query(
            """
            SELECT \(columns) FROM label WHERE shipment IN \(list: Set(shipments).sorted()) AND state IN ('requested', 'current')
            ORDER BY id
            """, decode)
    }

    /// The parcels with these tracking numbers of one issuer.
    package static func parcels(issuer: String, numbers: [String], in tx: Transaction) throws -> [String: UnitID] {
        let rows = try tx.query(
            "SELECT number, parcel FROM label WHERE issuer = \(issuer) AND number IN \(list: numbers) ORDER BY id"
        ) { try ($0.next(String.self), $0.next(UnitID.self)) }
        return Dictionary(rows, uniquingKeysWith: { _, last in last })
    }

    /// The numbers of parcels that are with a carrier, oldest first.
    package static func underWay(limit: Int, in tx: Transaction) throws -> [String] {
        try tx.values(
            """
            SELECT l.number FROM parcel p JOIN label l ON l.parcel = p.id
            WHERE l.state = 'current' AND p.state IN
                ('handed_over', 'out_for_delivery', 'attempted', 'available_for_pickup', 'returning')
            ORDER BY p.id LIMIT \(limit)
            """)
    }

    package static func issued(
        _ id: LabelID, number: String, price: Int64?, currency: Currency?, validUntil: Instant?, master: String? = nil,
        in tx: Transaction
    ) throws {
        try tx.run(
            """
            UPDATE label SET state = 'current', number = \(number), price = \(price), currency = \(currency),
                valid_from = \(tx.now), valid_until = \(validUntil), master = \(master)
            WHERE id = \(id) AND state = 'requested'
            """, expecting: 1)
    }

    /// A label that somebody else issued stands now.
    package static func supplied(
        _ id: LabelID, number: String, merchant: MerchantID, carrier: String, url: String?, validUntil: Instant?,
        in tx: Transaction
    ) throws {
        try tx.run(
            """
            UPDATE label SET state = 'current', number = \(number), merchant = \(merchant), carrier = \(carrier), url = \(url),
                valid_from = \(tx.now), valid_until = \(validUntil)
            WHERE id = \(id) AND state = 'requested'
            """, expecting: 1)
    }

    /// Whether a number of an issuer is taken by a merchant already.
    package static func isUsed(_ number: String, issuer: String, merchant: MerchantID, in tx: Transaction) throws -> Bool {
        try tx.value(
            "SELECT 1 FROM label WHERE issuer = \(issuer) AND number = \(number) AND merchant = \(merchant)", as: Int.self) != nil
    }

    /// Guarded by the table of transitions; answers how many changed.
    @discardableResult
    package static func change(_ ids: [LabelID], to state: LabelState, reason: String, in tx: Transaction) throws -> Int {
        let from = LabelState.transitions.filter { $0.value.contains(state) }.map(\.key.rawValue).sorted()
        return try tx.run(
            """
            UPDATE label SET state = \(state), reason = \(reason) WHERE id IN \(list: ids) AND state IN \(list: from)
            """)
    }

    package static func failed(_ id: LabelID, reason: String, in tx: Transaction) throws {
        try tx.run("UPDATE label SET state = 'failed', reason = \(reason) WHERE id = \(id) AND state = 'requested'")
    }

    /// Voids what stands on these parcels; answers the labels the issuer has to be told of.
    package static func void(of parcels: [UnitID], reason: String, in tx: Transaction) throws -> [ParcelLabel] {
        let open = try of(parcels, in: tx).filter { $0.state == .current || $0.state == .requested }
        try tx.run("UPDATE label SET state = 'voided', reason = \(reason) WHERE id IN \(list: open.map(\.id))")
        return open.filter { $0.state == .current }
    }
}
