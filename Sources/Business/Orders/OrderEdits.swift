import Kernel
import Store

/// A line of an order as it stands.
package struct LineRecord: Sendable, Equatable {
    package let id: LineID
    package let sku: SKUID
    package let quantity: Quantity
    package let unitPrice: Int64
    package let discount: Int64
    package let shipping: Int64
    package let tax: Int64
    package let channelUnit: String?

    package init(
        id: LineID, sku: SKUID, quantity: Quantity, unitPrice: Int64, discount: Int64 = 0, shipping: Int64 = 0, tax: Int64 = 0,
        channelUnit: String? = nil
    ) {
        self.id = id
        self.sku = sku
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.discount = discount
        self.shipping = shipping
        self.tax = tax
        self.channelUnit = channelUnit
    }

    package var items: Int64 { unitPrice * quantity.rawValue }
}

package enum OrderEditKind: String, SQLValue, Codable, CaseIterable {
    case edit
    case split
    case merge
}

/// Something that changed what an order consists of.
package struct OrderEdit: Sendable {
    package let id: EditID
    package let kind: OrderEditKind
    package let order: OrderID
    package let merchant: MerchantID
    /// The order's own, after it.
    package let version: Int64
    package let channelVersion: Int64?
    /// Of a split or merge: the order that units went to or came from.
    package let other: OrderID?
    package let actor: String
    /// In minor units of the order's currency.
    package let before: Int64
    package let after: Int64
    /// What the shopper has still to pay for it, or gets back where it is negative.
    package let due: Int64
}

/// Orders whose content changes. The quantity of a line is never rewritten: an edit takes the line off, its units are
/// cancelled and its money counts no more, and puts another in its place.
package enum OrderEdits {
    /// The lines that no edit has taken off, in their order.
    package static func lines(of order: OrderID, in tx: Transaction) throws -> [LineRecord] {
        try tx.query(
            """
            SELECT id, sku, quantity, unit_price, discount_minor, shipping_minor, tax_minor, channel_unit
            FROM order_line WHERE order_id = \(order) AND taken_off IS NULL ORDER BY position, id
            """
        ) {
            try LineRecord(
                id: $0.next(), sku: $0.next(), quantity: $0.next(), unitPrice: $0.next(), discount: $0.next(),
                shipping: $0.next(), tax: $0.next(), channelUnit: $0.next())
        }
    }

    /// Takes lines off. Their units have to be cancelled by now.
    package static func takeOff(_ lines: [LineID], by edit: EditID, in tx: Transaction) throws {
        guard !lines.isEmpty else { return }
        try tx.run(
            "UPDATE order_line SET taken_off = \(edit) WHERE id IN \(list: lines) AND taken_off IS NULL", expecting: lines.count)
        try tx.run("UPDATE order_component SET taken_off = \(edit) WHERE line IN \(list: lines) AND taken_off IS NULL")
    }

    /// Other money for lines whose goods stay what they are. Their components share it as `prices` and `taxes` say.
    package static func reprice(
        _ lines: [LineRecord], components: [(id: ComponentID, price: Int64, tax: Int64)], in tx: Transaction
    ) throws {
        guard !lines.isEmpty else { return }
        var rows = Rows(["id": .int, "price": .int, "items": .int, "discount": .int, "shipping": .int, "tax": .int])
        for one in lines.sorted(by: { $0.id < $1.id }) {
            rows.add(one.id, one.unitPrice, one.items, one.discount, one.shipping, one.tax)
        }
        try tx.run(
            """
            UPDATE order_line SET unit_price = v.price, items_minor = v.items, discount_minor = v.discount,
                shipping_minor = v.shipping, tax_minor = v.tax
            FROM (\(rows: rows)) AS v WHERE order_line.id = v.id
            """, expecting: rows.count)
        var parts = Rows(["id": .int, "price": .int, "tax": .int])
        for one in components.sorted(by: { $0.id < $1.id }) { parts.add(one.id, one.price, one.tax) }
        try tx.run(
            """
            UPDATE order_component SET price_minor = v.price, tax_minor = v.tax FROM (\(rows: parts)) AS v
            WHERE order_component.id = v.id
            """, expecting: parts.count)
    }

    /// Brings the order's money in line with its lines, raises its version and keeps the edit.
    ///
    /// - Parameters:
    ///   - owed: whether a difference of the total is to be paid or given back; else it is a part of what is paid later,
    ///     or went to another order.
    ///   - carried: what was due on another order and is now due on this one.
    package static func write(
        _ id: EditID, _ kind: OrderEditKind, of order: OrderRecord, other: OrderID? = nil, channelVersion: Int64? = nil,
        owed: Bool, carried: Int64 = 0, actor: String, in tx: Transaction
    ) throws -> OrderEdit {
        let sums = try tx.query(
            """
            SELECT COALESCE(SUM(items_minor), 0), COALESCE(SUM(discount_minor), 0), COALESCE(SUM(shipping_minor), 0),
                COALESCE(SUM(tax_minor), 0)
            FROM order_line WHERE order_id = \(order.id) AND taken_off IS NULL
            """
        ) { try (items: $0.next(Int64.self), discount: $0.next(Int64.self), shipping: $0.next(Int64.self), tax: $0.next(Int64.self)) }[0]
        let total = sums.items - sums.discount + sums.shipping + sums.tax
        let edit = OrderEdit(
            id: id, kind: kind, order: order.id, merchant: order.merchant, version: order.version + 1,
            channelVersion: channelVersion, other: other, actor: actor, before: order.total, after: total,
            due: carried + (owed ? total - order.total : 0))
        try tx.run(
            """
            UPDATE orders SET items_minor = \(sums.items), discount_minor = \(sums.discount), shipping_minor = \(sums.shipping),
                tax_minor = \(sums.tax), total_minor = \(total), due_minor = due_minor + \(edit.due),
                version = \(edit.version), channel_version = COALESCE(\(channelVersion), channel_version)
            WHERE id = \(order.id) AND version = \(order.version)
            """, expecting: 1)
        try tx.run(
            """
            INSERT INTO order_edit (id, order_id, merchant, kind, version, channel_version, other, actor, total_before, total_after,
                due_minor, edited_at)
            VALUES (\(id), \(order.id), \(order.merchant), \(kind), \(edit.version), \(channelVersion), \(other), \(actor),
                \(edit.before), \(edit.after), \(edit.due), \(tx.now))
            """)
        return edit
    }

    /// What a channel numbers the content that an order has.
    package static func setChannelVersion(_ order: OrderID, _ version: Int64, in tx: Transaction) throws {
        try tx.run("UPDATE orders SET channel_version = \(version) WHERE id = \(order)", expecting: 1)
    }

    /// An order of which another has taken all over: nothing of it will leave.
    package static func end(_ order: OrderRecord, in tx: Transaction) throws {
        try tx.run(
            "UPDATE orders SET state = 'cancelled', ship_by = NULL WHERE id = \(order.id) AND state = 'open'", expecting: 1)
        tx.emit(.orderState(order.id, order.merchant, .cancelled, at: tx.now))
    }

    /// When the last of an order leaves, as its fulfillment orders say now.
    package static func dated(_ order: OrderID, in tx: Transaction) throws {
        try tx.run(
            """
            UPDATE orders SET ship_by = (SELECT MAX(f.ship_by) FROM fulfillment_order f
                WHERE f.order_id = \(order) AND f.state <> 'cancelled')
            WHERE id = \(order)
            """, expecting: 1)
    }
}

extension PaymentState {
    /// The shopper's money is there or promised: what an edit changes is owed to one side.
    package var isCovered: Bool { self == .paid || self == .authorized || self == .partlyRefunded }
}

extension NewEvent {
    package static let orderEditedType = "order.edited"
    package static let orderSplitType = "order.split"
    package static let orderMergedType = "order.merged"

    /// A part of an order is one of its own from now on; the quantity is what went. Payload: edit, into, number,
    /// total_before_minor, total_minor of the order that it was split off.
    package static func orderSplit(
        _ edit: OrderEdit, into new: OrderID, number: String, units: Quantity, at occurred: Instant
    ) -> NewEvent {
        NewEvent(
            orderSplitType, key: edit.order.description, occurred: occurred, actor: edit.actor, owner: edit.merchant,
            quantity: units.rawValue, unit: "each",
            payload: [
                "edit": .id(edit.id), "into": .id(new), "number": .string(number), "version": .int(edit.version),
                "total_before_minor": .int(edit.before), "total_minor": .int(edit.after),
            ])
    }

    /// An order took another over, or was taken over: `other` is the other one; the quantity is what came. Payload: edit,
    /// other, version, total_before_minor, total_minor, due_minor.
    package static func orderMerged(_ edit: OrderEdit, units: Quantity, at occurred: Instant) -> NewEvent {
        NewEvent(
            orderMergedType, key: edit.order.description, occurred: occurred, actor: edit.actor, owner: edit.merchant,
            quantity: units.rawValue, unit: "each",
            payload: [
                "edit": .id(edit.id), "other": edit.other.map(JSON.id) ?? .null, "version": .int(edit.version),
                "total_before_minor": .int(edit.before), "total_minor": .int(edit.after), "due_minor": .int(edit.due),
            ])
    }

    /// The content of an order changed; the quantity is what joined it. Payload: edit, version, channel_version,
    /// total_before_minor, total_minor, due_minor.
    package static func orderEdited(_ edit: OrderEdit, added: Quantity, at occurred: Instant) -> NewEvent {
        NewEvent(
            orderEditedType, key: edit.order.description, occurred: occurred, actor: edit.actor, owner: edit.merchant,
            quantity: added.rawValue, unit: "each",
            payload: [
                "edit": .id(edit.id), "version": .int(edit.version), "channel_version": edit.channelVersion.map(JSON.int) ?? .null,
                "total_before_minor": .int(edit.before), "total_minor": .int(edit.after), "due_minor": .int(edit.due),
            ])
    }
}
