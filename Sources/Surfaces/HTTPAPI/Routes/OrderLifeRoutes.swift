import Flows
import Identity
import Kernel
import Orders
import Views

/// What becomes of orders between their placing and their release.
struct OrderLifeRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { (editing + regrouping).tagged("Orders") }

    private var editing: [Endpoint] {
        [
            Endpoint.post("/v1/orders/{order}/edits", "Change what an order is", for: [.operator, .merchant]).named("editOrder")
                .describing(
                    """
                    What nobody works on yet is given back and promised anew, or it is refused and nothing changes. Lines are \
                    named all: one that is not named goes.
                    """
                )
                .path(OrderID.self).body(EditBody.self).missing("order").idempotent
                .refusing(Self.refusals)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    return EditReply(try await desk.perform(body.flow(call.path, by: caller, desk)))
                },
            Endpoint.post("/v1/orders/versions", "Tell the newest version of a channel's order", for: [.operator, .merchant])
                .named("recordVersion")
                .describing(
                    """
                    For channels that number their versions. One that is not known is recorded, a newer one is an edit, an older \
                    one that comes late is passed over. Nothing is refused for stock or date: the channel has sold it.
                    """
                )
                .body(VersionBody.self).missing("merchant").idempotent
                .refusing(
                    OrderRoutes.taken.filter { $0.code != "order.number_used" }
                        + Self.refusals.filter { !Self.ours.contains($0.code) })
                .handle { [desk] call, body in
                    let caller = try call.caller
                    if body.order.label != nil {
                        throw InvalidRequest([
                            Violation(pointer: "/order/label", detail: "A version comes without a label; supply it to the order.")
                        ])
                    }
                    let request = try body.order.request(.record, by: caller, desk)
                    let flow = RecordVersion(
                        request, version: body.version, payment: body.order.payment, desk: desk.orders, actor: caller.actor)
                    return EditReply(try await desk.perform(flow))
                },
        ]
    }

    private var regrouping: [Endpoint] {
        [
            Endpoint.post("/v1/orders/{order}/splits", "Make an order of its own of a part", for: [.operator, .merchant])
                .named("splitOrder").describing("For the same shopper and address, with its share of the money.")
                .path(OrderID.self).body(SplitBody.self).missing("order").idempotent.answering(.created)
                .refusing(SplitOrder.Refused.samples + Self.regrouped)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = SplitOrder(
                        call.path, merchant: caller.merchant, body.parts.map { .init($0.line, $0.quantity) }, number: body.number,
                        seen: body.version, acceptLater: body.acceptLater ?? false, desk: desk.orders, actor: caller.actor)
                    let split = try await desk.perform(flow)
                    return SplitReply(id: split.order, number: split.number, version: split.version)
                },
            Endpoint.post("/v1/orders/{order}/merges", "Make one order of several", for: [.operator, .merchant])
                .named("mergeOrders").describing("Of one shopper, open and not begun; the others end with nothing left.")
                .path(OrderID.self).body(MergeBody.self).missing("order").idempotent
                .refusing(MergeOrders.Refused.samples + Self.regrouped)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = MergeOrders(
                        into: call.path, body.orders, merchant: caller.merchant, seen: body.version,
                        acceptLater: body.acceptLater ?? false, desk: desk.orders, actor: caller.actor)
                    let merged = try await desk.perform(flow)
                    return MergeReply(
                        version: merged.version, promisedBy: merged.promisedBy, parts: merged.parts, partsBefore: merged.partsBefore)
                },
        ]
    }

    /// What is refused of a part or a whole that is promised anew.
    private static let regrouped: [any Refusal] =
        EditRefused.samples.filter { $0.code != "order.refunded_more" }.map { $0 as any Refusal } + [
            PlaceOrderRefused.stockShort(line: 0, sku: "", wanted: 0, available: 0),
            PlaceOrderRefused.noCapacity(line: 0, sku: ""), PlaceOrderRefused.noService(line: 0, sku: ""),
        ]

    /// What is said of what was placed, and not of what is sold.
    private static let ours: Set = ["order.promise_broken", "order.version_stale"]

    static let refusals: [any Refusal] =
        EditRefused.samples.map { $0 as any Refusal } + [
            ChangeAddress.Refused.handedOver(UnitID(0)), ChangeAddress.Refused.asked(UnitID(0)),
            ChangeAddress.Refused.returning(UnitID(0)), PlaceOrderRefused.noLines, PlaceOrderRefused.badQuantity(line: 0, 0),
            PlaceOrderRefused.badMoney(line: 0, field: "", 0), PlaceOrderRefused.unknownSKU(line: 0, ""),
            PlaceOrderRefused.unmeasured(line: 0, ""), PlaceOrderRefused.stockShort(line: 0, sku: "", wanted: 0, available: 0),
            PlaceOrderRefused.noCapacity(line: 0, sku: ""), PlaceOrderRefused.noService(line: 0, sku: ""),
            PlaceOrderRefused.backorderFull(line: 0, sku: "", cap: 0, waiting: 0),
        ]
}

/// How an order is to be.
struct EditBody: Codable, Sendable, Documented {
    var version: Int64?
    var lines: [OrderLineBody]?
    var recipient: RecipientBody?
    var destination: DestinationBody?
    var backorder: Bool?
    var acceptLater: Bool?

    private enum CodingKeys: String, CodingKey {
        case version, lines, recipient, destination, backorder, acceptLater = "accept_later"
    }

    static let fields: FieldNotes = [
        "version": FieldNote("The version that the caller has seen: another one is refused. Any unless said.", range: 1...Int64.max),
        "lines": FieldNote("All lines that it is to have; left out they stay.", count: 1...200),
        "recipient": "Who gets it; left out it stays.",
        "destination": "Where it goes; left out it is taken from the recipient's address, or stays.",
        "backorder": "Whether added units without goods may wait for the next supply.",
        "accept_later": "Whether it may arrive after the date first shown.",
    ]

    func flow(_ order: OrderID, by caller: Caller, _ desk: APIDesk) -> EditOrder {
        let wanted = EditOrder.Wanted(
            lines: lines?.map(\.line), destination: (destination ?? recipient.map(DestinationBody.init(of:)))?.destination,
            person: recipient?.person)
        return EditOrder(
            order, merchant: caller.merchant, wanted, seen: version, backorder: backorder ?? false,
            acceptLater: acceptLater ?? false, desk: desk.orders, actor: caller.actor)
    }
}

/// An order as its channel has it now.
struct VersionBody: Codable, Sendable, Documented {
    var version: Int64
    var order: OrderBody

    static let fields: FieldNotes = [
        "version": FieldNote(
            "Grows with each change, such as the time of its last update.", range: 0...Int64.max, example: 1_767_225_600),
        "order": "The whole of it.",
    ]
}

/// What became of the wish to change an order.
struct EditReply: Codable, Sendable, Documented {
    var id: OrderID
    var outcome: EditOrder.Outcome
    var version: Int64
    var total: Money
    var due: Money
    var promisedBy: Instant?
    var waiting: Quantity

    private enum CodingKeys: String, CodingKey {
        case id, outcome, version, total, due, promisedBy = "promised_by", waiting
    }

    static let fields: FieldNotes = [
        "version": "Of its content: one more with each edit.",
        "due": "Still to be paid for edits, or to be given back where it is negative; settled by the next word on its payment.",
        "promised_by": "The date first shown; it never changes.", "waiting": "Units that wait for goods.",
    ]

    init(_ answer: EditOrder.Answer) {
        (id, outcome, version, total, due) = (answer.order, answer.outcome, answer.version, answer.total, answer.due)
        (promisedBy, waiting) = (answer.promisedBy, answer.waiting)
    }
}

extension EditOrder.Outcome: Documented {
    package static var fields: FieldNotes {
        [
            "recorded": "The order was not known.", "edited": "It is so now.", "unchanged": "It was so already.",
            "superseded": "That version, or a newer one, was told before.",
        ]
    }
}

/// What becomes an order of its own.
struct SplitBody: Codable, Sendable, Documented {
    struct Part: Codable, Sendable, Documented {
        var line: LineID
        var quantity: Quantity?

        static let fields: FieldNotes = [
            "line": "Of the order, by its id.", "quantity": FieldNote("Pieces of it; all unless said.", range: 1...1_000_000),
        ]
    }

    var version: Int64?
    var parts: [Part]
    var number: String?
    var acceptLater: Bool?

    private enum CodingKeys: String, CodingKey { case version, parts, number, acceptLater = "accept_later" }

    static let fields: FieldNotes = [
        "version": FieldNote("The version that the caller has seen: another one is refused. Any unless said.", range: 1...Int64.max),
        "parts": FieldNote("What goes.", count: 1...200),
        "number": FieldNote("Of the new order; the order's with -2, -3 and so on unless said.", length: 1...100),
        "accept_later": "Whether what goes may arrive after the date first shown.",
    ]
}

/// The order that a part became.
struct SplitReply: Codable, Sendable, Documented {
    var id: OrderID
    var number: String
    var version: Int64
    static let fields: FieldNotes = ["version": "Of the order that it was split off."]
}

/// Which orders an order takes over.
struct MergeBody: Codable, Sendable, Documented {
    var version: Int64?
    var orders: [OrderID]
    var acceptLater: Bool?

    private enum CodingKeys: String, CodingKey { case version, orders, acceptLater = "accept_later" }

    static let fields: FieldNotes = [
        "version": FieldNote("The version of the order that stays, as the caller has seen it. Any unless said.", range: 1...Int64.max),
        "orders": FieldNote("Those that end.", count: 1...20),
        "accept_later": "Whether it may arrive after a date that was shown for a part.",
    ]
}

/// What came of it.
struct MergeReply: Codable, Sendable, Documented {
    var version: Int64
    var promisedBy: Instant?
    var parts: Int
    var partsBefore: Int

    private enum CodingKeys: String, CodingKey { case version, promisedBy = "promised_by", parts, partsBefore = "parts_before" }

    static let fields: FieldNotes = [
        "promised_by": "The date first shown for the order that stays.", "parts": "Fulfillment orders it comes to.",
        "parts_before": "Fulfillment orders that they were before.",
    ]
}
