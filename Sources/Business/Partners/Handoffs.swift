import Kernel
import Store

package enum Handoffs {
    /// Shows fulfillment orders to their partners.
    package static func add(_ all: [Handoff], in tx: Transaction) throws {
        var heads = Rows([
            "ful": .int, "merchant": .int, "ord": .int, "site": .int, "state": .text, "sent": .int, "accept": .int, "ship": .int,
            "deliver": .int,
        ])
        var lines = Rows(["id": .int, "ful": .int, "component": .int, "sku": .int, "asked": .int])
        for one in all {
            heads.add(one.id, one.merchant, one.order, one.site, one.state, one.sentAt, one.acceptBy, one.shipBy, one.deliverBy)
            for line in one.lines { lines.add(line.id, one.id, line.component, line.sku, line.asked) }
            tx.emit(.handoff(one, .sent, quantity: one.open, at: one.sentAt))
        }
        try tx.run(
            """
            INSERT INTO handoff (fulfillment_order, merchant, order_id, site, state, sent_at, accept_by, ship_by,
                deliver_by)
            SELECT v.ful, v.merchant, v.ord, v.site, v.state, v.sent, v.accept, v.ship, v.deliver FROM (\(rows: heads)) AS v
            """)
        try tx.run(
            """
            INSERT INTO handoff_line (id, fulfillment_order, component, sku, asked)
            SELECT v.id, v.ful, v.component, v.sku, v.asked FROM (\(rows: lines)) AS v
            """)
    }

    package static func load(_ ids: [FulfillmentID], in tx: Transaction) throws -> [Handoff] {
        try load(where: "fulfillment_order IN \(list: Set(ids).sorted())", in: tx)
    }

    package static func of(_ order: OrderID, in tx: Transaction) throws -> [Handoff] {
        try load(where: "order_id = \(order)", in: tx)
    }

    /// Those of a site in one of these states, oldest first.
    package static func list(
        at site: SiteID, _ states: [HandoffState], limit: Int, in tx: Transaction
    ) throws -> [Handoff] {
        try load(where: "site = \(site) AND state IN \(list: states.map(\.rawValue))", limit: limit, in: tx)
    }

    /// Those that match, with their lines, in the order of ids, locked.
    private static func load(where condition: SQL, limit: Int = 10_000, in tx: Transaction) throws -> [Handoff] {
        var found = try tx.query(
            """
            SELECT fulfillment_order, merchant, order_id, site, state, sent_at, accept_by, ship_by, deliver_by, cancel_request
            FROM handoff WHERE \(condition) ORDER BY fulfillment_order LIMIT \(limit) \(.forUpdate)
            """
        ) {
            try Handoff(
                id: $0.next(), merchant: $0.next(), order: $0.next(), site: $0.next(), state: $0.next(), sentAt: $0.next(),
                acceptBy: $0.next(), shipBy: $0.next(), deliverBy: $0.next(), cancel: $0.next(), lines: [])
        }
        guard !found.isEmpty else { return [] }
        let lines = try tx.query(
            """
            SELECT fulfillment_order, id, component, sku, asked, shipped, dropped FROM handoff_line
            WHERE fulfillment_order IN \(list: found.map(\.id)) ORDER BY fulfillment_order, id
            """
        ) {
            let head = try $0.next(FulfillmentID.self)
            return try (
                head,
                HandoffLine(
                    id: $0.next(), component: $0.next(), sku: $0.next(), asked: $0.next(), shipped: $0.next(),
                    dropped: $0.next())
            )
        }
        let byHead = Dictionary(grouping: lines, by: \.0)
        for index in found.indices { found[index].lines = (byHead[found[index].id] ?? []).map(\.1) }
        return found
    }

    /// Guarded by the table of transitions.
    /// - Throws: `HandoffRefused.wrongState`.
    package static func change(_ one: Handoff, to state: HandoffState, in tx: Transaction) throws {
        try check(one, state)
        let changed = try tx.run(
            """
            UPDATE handoff SET state = \(state), answered_at = COALESCE(answered_at, \(tx.now))
            WHERE fulfillment_order = \(one.id) AND state = \(one.state)
            """)
        guard changed == 1 else { throw StoreError.unexpected("\(one.id) changed between read and write") }
    }

    /// - Throws: `HandoffRefused.wrongState`.
    package static func check(_ one: Handoff, _ state: HandoffState) throws {
        guard HandoffState.transitions[one.state]?.contains(state) ?? false else {
            throw HandoffRefused.wrongState(one.id, one.state, wanted: state)
        }
    }

    /// Ends those whose every parcel reached its end; one in another state is left alone.
    package static func close(_ ids: [FulfillmentID], in tx: Transaction) throws {
        guard !ids.isEmpty else { return }
        try tx.run("UPDATE handoff SET state = 'closed' WHERE fulfillment_order IN \(list: ids) AND state = 'shipped'")
    }

    /// When the partner means to ship.
    package static func expect(_ id: FulfillmentID, _ at: Instant?, in tx: Transaction) throws {
        try tx.run("UPDATE handoff SET expected_at = \(at) WHERE fulfillment_order = \(id)", expecting: 1)
    }

    package static func asked(_ id: FulfillmentID, _ cancel: CancelID, in tx: Transaction) throws {
        try tx.run(
            "UPDATE handoff SET cancel_request = \(cancel), cancel_answer = NULL WHERE fulfillment_order = \(id)", expecting: 1)
    }

    package static func replied(_ id: FulfillmentID, _ reply: CancelReply, in tx: Transaction) throws {
        try tx.run("UPDATE handoff SET cancel_answer = \(reply) WHERE fulfillment_order = \(id)", expecting: 1)
    }
}
