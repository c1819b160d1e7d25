import Kernel
import Store

/// Something changed by hand in the sample books, and the row that its check must name.
struct AuditFault: Sendable {
    let check: String
    /// What the keys of the check's findings begin with.
    let key: String
    let statements: [SQL]

    init(_ check: String, _ key: some CustomStringConvertible, _ statements: SQL...) {
        self.check = check
        self.key = key.description
        self.statements = statements
    }
}

extension AuditFault {
    /// At least one for every check.
    static let all = stock + commitments + orders + floor + parcels + partners + returns + sourcing + capacity + log

    private static let stock = [
        AuditFault("stock.on_hand", StockID(501), "UPDATE stock SET on_hand = on_hand - 1 WHERE id = 501"),
        AuditFault("stock.on_hand", "(no row) \(SKUID(11))", "DELETE FROM stock WHERE id = 506"),
        AuditFault(
            "stock.on_hand", StockID(599),
            """
            INSERT INTO stock (id, owner, sku, site, place_kind, place, sellable, pickable, on_hand)
            VALUES (599, 1, 99, 21, 'location', 33, 0, 0, 7)
            """),
        AuditFault("stock.on_hand", StockID(502), "UPDATE book_balance SET on_hand = 9 WHERE place = 32"),
        AuditFault("stock.allocated", StockID(501), "UPDATE stock SET allocated = 2 WHERE id = 501"),
        AuditFault("stock.allocated", StockID(504), "UPDATE stock SET allocated = 1 WHERE id = 504"),
        AuditFault("stock.flags", StockID(503), "UPDATE stock SET sellable = 1 WHERE id = 503"),
        AuditFault("stock.flags", StockID(502), "UPDATE location SET pickable = 1 WHERE id = 32"),
        AuditFault("stock.flags", StockID(504), "UPDATE stock SET customs = 'bonded' WHERE id = 504"),
        AuditFault("serial.movement", "\(SKUID(11)) S1", "UPDATE serial SET state = 'gone' WHERE serial = 'S1'"),
        AuditFault("serial.parcel", "\(SKUID(11)) S1", "UPDATE parcel_item SET serial = NULL WHERE id = 907"),
        AuditFault(
            "serial.stock", "\(SKUID(12)) of \(MerchantID(1)) at \(SiteID(22))",
            """
            INSERT INTO serial (owner, sku, serial, state, site, movement, since) VALUES (1, 12, 'S9', 'in_stock', 22, 1018, 0)
            """),
        AuditFault("stock.place", StockID(503), "UPDATE location SET site = 22 WHERE id = 33"),
        AuditFault("stock.place", StockID(505), "DELETE FROM handling_unit WHERE id = 61"),
    ]

    private static let commitments = [
        AuditFault("supply.on_hand", SupplyID(602), "UPDATE supply SET sellable = 6 WHERE id = 602"),
        AuditFault("supply.on_hand", "(no row) \(SKUID(12))", "DELETE FROM supply WHERE id = 603"),
        AuditFault("supply.reserved", SupplyID(601), "UPDATE supply SET reserved = 5 WHERE id = 601"),
        AuditFault("supply.reserved", SupplyID(604), "UPDATE reservation SET state = 'released' WHERE id = 702"),
        AuditFault("supply.held", SupplyID(601), "UPDATE supply SET held = 0 WHERE id = 601"),
        AuditFault("supply.held", SupplyID(601), "UPDATE hold SET state = 'active' WHERE id = 652"),
        AuditFault("supply.short", SupplyID(601), "UPDATE supply SET short = 1 WHERE id = 601"),
        AuditFault("supply.short", SupplyID(604), "UPDATE supply SET reserved = 16 WHERE id = 604"),
        AuditFault("supply.inbound", "of \(SKUID(11)) in \(ASNLineID(911))", "UPDATE asn_line SET received = 6 WHERE id = 911"),
        AuditFault("supply.inbound", "of \(SKUID(12)) in \(ASNLineID(912))", "UPDATE asn SET state = 'announced' WHERE id = 92"),
        AuditFault("supply.source", SupplyID(604), "UPDATE asn SET site = 22 WHERE id = 91"),
        AuditFault(
            "supply.transfer", "\(OrderID(206)) \(SKUID(11))",
            """
            INSERT INTO outbound_order (order_id, merchant, purpose, from_site, to_site, created_at)
            VALUES (206, 1, 'transfer', 21, 22, 0)
            """),
        AuditFault("reservation.links", ReservationID(702), "UPDATE reservation SET component = 402 WHERE id = 702"),
        AuditFault("reservation.links", ReservationID(701), "UPDATE reservation SET supply = 603 WHERE id = 701"),
        AuditFault("reservation.allocated", ReservationID(703), "UPDATE allocation SET state = 'picked' WHERE id = 751"),
        AuditFault("hold.links", HoldID(651), "UPDATE hold SET owner = 2 WHERE id = 651"),
        AuditFault("hold.links", HoldID(652), "UPDATE hold_claim SET active = 1 WHERE hold = 652"),
        AuditFault("pool.balance", "\(SKUID(11)) of", "UPDATE pool_move SET quantity = 4 WHERE id = 691"),
        AuditFault("ticket.hold", TicketID(695), "UPDATE ticket SET hold = 652 WHERE id = 695"),
        AuditFault("pool.closed", SupplyID(602), "UPDATE pool SET state = 'closed' WHERE id = 681"),
        AuditFault("allocation.links", AllocationID(751), "UPDATE allocation SET reservation = 701 WHERE id = 751"),
        AuditFault("allocation.links", AllocationID(751), "UPDATE allocation SET stock = 504 WHERE id = 751"),
        AuditFault("allocation.links", AllocationID(751), "UPDATE allocation SET quantity = 2 WHERE id = 751"),
    ]

    private static let orders = [
        AuditFault("order.state", OrderID(206), "UPDATE orders SET state = 'open' WHERE id = 206"),
        AuditFault("order.state", OrderID(209), "UPDATE orders SET state = 'lost' WHERE id = 209"),
        AuditFault("order.money", OrderID(201), "UPDATE orders SET tax_minor = 9, total_minor = 374 WHERE id = 201"),
        AuditFault("order.money", OrderID(207), "UPDATE order_line SET discount_minor = 49 WHERE id = 307"),
        AuditFault("order.money", OrderID(208), "UPDATE orders SET total_minor = 101 WHERE id = 208"),
        AuditFault("order_line.money", LineID(307), "UPDATE order_component SET price_minor = 51 WHERE id = 417"),
        AuditFault("order_line.money", LineID(301), "UPDATE order_component SET tax_minor = 0 WHERE id = 401"),
        AuditFault("order_component.ordered", ComponentID(407), "UPDATE order_component SET per_line = 3 WHERE id = 407"),
        AuditFault("order_component.ordered", ComponentID(402), "UPDATE order_component SET line = 303 WHERE id = 402"),
        AuditFault("order_component.positions", ComponentID(401), "UPDATE order_component SET picked = 1 WHERE id = 401"),
        AuditFault("order_line.taken_off", ComponentID(401), "UPDATE order_component SET taken_off = 9 WHERE id = 401"),
        AuditFault("order.version", OrderID(202), "UPDATE orders SET version = 3 WHERE id = 202"),
        AuditFault(
            "live_session.held", OrderID(203),
            "INSERT INTO order_hold (id, order_id, kind, reason, placed_at) VALUES (9001, 203, 'live_session', '', 0)"),
        AuditFault("order.due", OrderID(201), "UPDATE orders SET due_minor = 5 WHERE id = 201"),
        AuditFault("order_component.waiting", ComponentID(401), "UPDATE shortage SET quantity = 3 WHERE id = 771"),
        AuditFault("order_component.waiting", ComponentID(403), "UPDATE shortage SET closed_at = NULL WHERE id = 772"),
        AuditFault(
            "order_component.reserved", ComponentID(402), "UPDATE order_component SET reserved = 2, picked = 1 WHERE id = 402"),
        AuditFault("order_component.reserved", ComponentID(411), "UPDATE reservation SET state = 'breaking' WHERE id = 705"),
        AuditFault(
            "order_component.disposed", ComponentID(411), "UPDATE order_component SET disposed = 1, cancelled = 0 WHERE id = 411"),
        AuditFault("order_component.picked", ComponentID(403), "UPDATE fulfillment_line SET picked = 1 WHERE id = 803"),
        AuditFault(
            "order_component.parcels", ComponentID(404), "UPDATE order_component SET packed = 0, shipped = 1 WHERE id = 404"),
        AuditFault("order_component.parcels", ComponentID(417), "UPDATE parcel_item SET quantity = 2 WHERE id = 905"),
        AuditFault("order_component.parcels", ComponentID(410), "UPDATE parcel SET state = 'packed' WHERE id = 77"),
        AuditFault("order_component.parcels", ComponentID(408), "UPDATE parcel SET state = 'returned' WHERE id = 75"),
    ]

    private static let floor = [
        AuditFault("fulfillment_line.claims", FulfillmentLineID(801), "UPDATE fulfillment_line SET quantity = 3 WHERE id = 801"),
        AuditFault("fulfillment_line.claims", FulfillmentLineID(811), "UPDATE reservation SET state = 'active' WHERE id = 705"),
        AuditFault("fulfillment_line.picked", FulfillmentLineID(803), "UPDATE task SET done = 3 WHERE id = 852"),
        AuditFault("fulfillment_order.totes", FulfillmentID(253), "UPDATE stock SET on_hand = 1 WHERE id = 505"),
        AuditFault("fulfillment_order.totes", FulfillmentID(253), "UPDATE task SET to_place = 65 WHERE id = 852"),
        AuditFault("fulfillment_line.packed", FulfillmentLineID(805), "UPDATE fulfillment_line SET packed = 0 WHERE id = 805"),
        AuditFault("fulfillment_line.packed", FulfillmentLineID(804), "UPDATE parcel SET state = 'voided' WHERE id = 71"),
        AuditFault("fulfillment_order.state", FulfillmentID(253), "UPDATE fulfillment_line SET quantity = 3 WHERE id = 803"),
        AuditFault(
            "fulfillment_order.state", FulfillmentID(255), "UPDATE fulfillment_order SET state = 'shipped' WHERE id = 255"),
        AuditFault("fulfillment_order.state", FulfillmentID(256), "UPDATE fulfillment_order SET state = 'closed' WHERE id = 256"),
        AuditFault("task.open", TaskID(851), "UPDATE fulfillment_order SET state = 'open' WHERE id = 252"),
        AuditFault("task.open", TaskID(851), "UPDATE task SET quantity = 2 WHERE id = 851"),
        AuditFault("task.open", TaskID(851), "UPDATE allocation SET state = 'short' WHERE id = 751"),
    ]

    private static let parcels = [
        AuditFault("parcel.stock", UnitID(72), "UPDATE parcel_item SET quantity = 2 WHERE id = 902"),
        AuditFault("parcel.stock", UnitID(74), "UPDATE stock SET place = 74 WHERE id = 505"),
        AuditFault("parcel.stock", UnitID(77), "UPDATE task SET state = 'done' WHERE id = 870"),
        AuditFault("parcel.stock", UnitID(76), "DELETE FROM stock WHERE id = 509"),
        AuditFault("parcel_item.links", UnitID(904), "UPDATE parcel_item SET component = 406 WHERE id = 904"),
        AuditFault("parcel.custody", UnitID(73), "UPDATE custody SET holder_kind = 'shopper' WHERE unit = 73 AND sequence = 1"),
        AuditFault("parcel.custody", UnitID(71), "DELETE FROM custody WHERE unit = 71"),
        AuditFault("parcel.label", UnitID(72), "UPDATE label SET state = 'voided' WHERE id = 952"),
        AuditFault("parcel.label", UnitID(71), "UPDATE label SET state = 'current', number = 'T71' WHERE id = 951"),
        AuditFault("parcel.label", UnitID(77), "UPDATE label SET state = 'current' WHERE id = 957"),
        AuditFault("label.shipment", LabelID(952), "UPDATE label SET master = 'T1' WHERE id = 952"),
        AuditFault("label.current", UnitID(72), "UPDATE label SET state = 'current' WHERE id = 958"),
        AuditFault(
            "custody.chain", UnitID(74), "UPDATE custody SET until_at = 8 WHERE unit = 74 AND sequence = 0"),
        AuditFault(
            "custody.sequence", "\(UnitID(76)) custody 2",
            "DELETE FROM custody WHERE unit = 76 AND sequence = 1",
            "UPDATE custody SET until_at = 30 WHERE unit = 76 AND sequence = 0"),
        AuditFault(
            "custody.sequence", "\(UnitID(72)) containment 3",
            "UPDATE containment SET sequence = 3 WHERE child = 72 AND parent = 65"),
        AuditFault(
            "custody.chain", UnitID(75), "UPDATE custody SET until_at = 40 WHERE unit = 75 AND sequence = 1"),
        AuditFault(
            "custody.chain", UnitID(73), "UPDATE custody SET until_at = NULL WHERE unit = 73 AND sequence = 0"),
        AuditFault("handling_unit.custody", UnitID(65), "DELETE FROM custody WHERE unit = 65"),
        AuditFault("custody.chain", UnitID(72), "UPDATE containment SET until_at = 9 WHERE child = 72 AND parent = 61"),
        AuditFault("handling_unit.custody", UnitID(72), "UPDATE containment SET until_at = 9 WHERE child = 72 AND parent = 65"),
        AuditFault(
            "containment.life", "\(UnitID(73)) in \(UnitID(65))", "UPDATE handling_unit SET created_at = 7 WHERE id = 65"),
        AuditFault(
            // Both of the two are inside themselves.
            "containment.cycle", "hu_",
            "INSERT INTO containment (child, sequence, parent, from_at) VALUES (65, 0, 72, 8)"),
        AuditFault("trip.trailer", TripID(96), "UPDATE trip SET state = 'arrived' WHERE id = 96"),
        AuditFault(
            "trip.emptied", TripID(97),
            "INSERT INTO containment (child, sequence, parent, from_at) VALUES (61, 0, 68, 8)"),
        AuditFault(
            "bag.unit", UnitID(71),
            "INSERT INTO bag (unit, site, lane, destination, state, opened_at) VALUES (71, 21, 1, 22, 'open', 0)"),
        AuditFault("parcel.place", UnitID(73), "UPDATE parcel SET left_at = NULL WHERE id = 73"),
        AuditFault("parcel.place", UnitID(71), "UPDATE parcel SET at_site = NULL WHERE id = 71"),
        // Two stand there.
        AuditFault("parcel.next_step", "hu_", "DELETE FROM lane WHERE id = 82"),
        AuditFault("parcel.under_way", UnitID(73), "UPDATE parcel SET state = 'in_transit' WHERE id = 73"),
        AuditFault("parcel.custody", UnitID(71), "UPDATE parcel SET at_site = 22, left_at = 9 WHERE id = 71"),
        AuditFault("containment.units", "\(UnitID(73)) in \(UnitID(66))", "UPDATE containment SET parent = 66 WHERE child = 73"),
        AuditFault("containment.units", "\(UnitID(73)) in \(UnitID(73))", "UPDATE containment SET parent = 73 WHERE child = 73"),
    ]

    private static let partners = [
        AuditFault("handoff_line.facts", FulfillmentLineID(806), "DELETE FROM handoff_fact WHERE id = 971"),
        AuditFault("handoff_line.units", FulfillmentLineID(806), "UPDATE handoff_line SET asked = 2 WHERE id = 806"),
        AuditFault("handoff.state", FulfillmentID(256), "UPDATE handoff SET state = 'accepted' WHERE fulfillment_order = 256"),
        AuditFault("supply.partner", "\(SKUID(11)) at \(SiteID(21))", "UPDATE supply SET sellable = 4 WHERE id = 605"),
        AuditFault("partner_penalty.agreement", PenaltyID(981), "UPDATE partner_penalty SET amount = 301 WHERE id = 981"),
    ]

    private static let sourcing = [
        AuditFault(
            "claim.exception", ClaimID(7),
            """
            INSERT INTO claim (id, kind, merchant, subject, order_id, reason, claimed_minor, currency, note, state, due_at, opened_at)
            VALUES (7, 'shopper', 1, 'hu_1', 1, 'lost', 5, 'EUR', 'n', 'open', 0, 0)
            """),
        AuditFault(
            "claim.clock", ClaimID(7),
            """
            INSERT INTO claim (id, kind, merchant, subject, order_id, carrier, reason, claimed_minor, currency, note, state, reference,
                due_at, opened_at)
            VALUES (7, 'carrier', 1, 'hu_1', 1, 1, 'lost', 5, 'EUR', 'n', 'sent', 'r', 9000000000000000, 0)
            """),
        AuditFault(
            "inbound_dispute.exception", DisputeID(7),
            """
            INSERT INTO inbound_dispute (id, asn, merchant, site, sku, claimed, received, note, state, opened_at)
            VALUES (7, 1, 1, 1, 1, 2, 1, 'n', 'open', 0)
            """),
        AuditFault(
            "stock_value.dates", "\(SKUID(11)) at \(SiteID(21))",
            "INSERT INTO stock_value (sku, site, value, from_at, until_at) VALUES (11, 21, 5, 10, 30)",
            "INSERT INTO stock_value (sku, site, value, from_at, until_at) VALUES (11, 21, 6, 20, 40)"),
        AuditFault(
            "sourcing_decision.order", SourcingDecisionID(7),
            "INSERT INTO sourcing_decision (id, order_id, merchant, decided_at, reason) VALUES (7, 1, 1, 0, '{}')"),
    ]

    private static let capacity = [
        AuditFault(
            "capacity_slot.booked", "pick at \(SiteID(21))",
            """
            INSERT INTO capacity_slot (site, process, service, starts, ends, capacity, booked, lost, beyond)
            VALUES (21, 'pick', 0, 0, 10, 5, 1, 0, 0)
            """),
        AuditFault(
            "capacity_booking.units", "pick for \(FulfillmentID(251))",
            """
            INSERT INTO capacity_booking (fulfillment_order, order_id, merchant, site, process, service, starts, units)
            VALUES (251, 201, 1, 21, 'pick', 0, 0, 1)
            """),
    ]

    private static let returns = [
        AuditFault("rma_item.ends", RMAItemID(221), "UPDATE rma_item SET announced = 2 WHERE id = 221"),
        AuditFault("rma_item.ends", RMAItemID(222), "UPDATE rma_item SET kept = 1 WHERE id = 222"),
        AuditFault("rma_item.goods", RMAItemID(221), "UPDATE returned_goods SET quantity = 2 WHERE id = 231"),
        AuditFault(
            "return_parcel.custody", UnitID(71),
            """
            INSERT INTO return_parcel (unit, rma, merchant, site, service, grams, length_mm, width_mm, height_mm, at_site, state)
            VALUES (71, 99, 1, 22, 1, 1, 1, 1, 1, 22, 'arrived')
            """),
        AuditFault("rma_item.goods", RMAItemID(221), "DELETE FROM returned_goods WHERE id = 231"),
        AuditFault(
            "rma_item.parcel", "\(ComponentID(407)) in \(UnitID(74))",
            "UPDATE rma_item SET announced = 3, withdrawn = 0 WHERE id = 222"),
        AuditFault(
            "order_component.refunded", ComponentID(417), "UPDATE order_component SET refunded = 0 WHERE id = 417"),
        AuditFault("order_component.refunded", ComponentID(417), "UPDATE refund_item SET quantity = 2 WHERE refund = 241"),
        AuditFault("order.refunded", OrderID(207), "UPDATE orders SET refunded_minor = 51 WHERE id = 207"),
        AuditFault("order.refunded", OrderID(207), "UPDATE orders SET total_minor = 40 WHERE id = 207"),
        AuditFault("refund.cause", RefundID(241), "UPDATE refund SET rma = NULL WHERE id = 241"),
        AuditFault(
            "returned_goods.stock", "\(SKUID(12)) unknown in \(LocationID(34))", "DELETE FROM stock WHERE id = 511"),
        AuditFault("order_component.parcels", ComponentID(417), "UPDATE rma_item SET received = 0 WHERE id = 221"),
    ]

    private static let log = [
        AuditFault(
            "follower_cursor.position", "steps partition 1", "UPDATE follower_cursor SET seq = 4 WHERE partition_number = 1"),
        AuditFault(
            "follower_cursor.position", "steps partition 0",
            "DELETE FROM event",
            "UPDATE follower_cursor SET tx = -1, seq = -1 WHERE partition_number = 1"),
        AuditFault("follower.lag", "steps", "UPDATE follower_cursor SET seq = 1 WHERE partition_number = 1"),
        AuditFault("parked_event", "steps ord_b event 2", parkedEvent(seq: 2)),
        AuditFault("parked_event.event", "steps ord_b event 4", parkedEvent(seq: 4)),
        AuditFault("clock.overdue", ClockID(31), "UPDATE clock SET due = 1795247000000000 WHERE id = 31"),
        AuditFault(
            "webhook_delivery.call", DeliveryID(51),
            """
            INSERT INTO webhook_delivery (id, webhook, tx, seq, type, state, next_attempt_at, created_at)
            VALUES (51, 50, 0, 4, 'order.placed', 'pending', 0, 0)
            """),
        AuditFault("outbox.stuck", OutboxID(42), "UPDATE outbox SET state = 'dead', reason = 'no' WHERE id = 42"),
        AuditFault("outbox.stuck", OutboxID(41), "UPDATE outbox SET state = 'unknown' WHERE id = 41"),
        AuditFault("outbox.stuck", OutboxID(41), "UPDATE outbox SET due = 1795247000000000 WHERE id = 41"),
    ]

    private static func parkedEvent(seq: Int64) -> SQL {
        """
        INSERT INTO parked_event (follower, seq, tx, partition_number, key, reason, attempts, next_attempt_at, parked_at)
        VALUES ('steps', \(seq), 0, 1, 'ord_b', 'failed', 1, 0, 0)
        """
    }
}
