import Flows
import Identity
import Inventory
import Kernel
import Orders
import Views

/// Orders, from placing to their story.
struct OrderRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { (taking + reading + changing).tagged("Orders") }

    /// Samples of why an order is not taken.
    static let taken: [any Refusal] = [
        PlaceOrderRefused.numberUsed(""), .noLines, .badText(field: "", limit: 0), .badQuantity(line: 0, 0),
        .badMoney(line: 0, field: "", 0), .unknownMerchant, .unknownPool(""), .unknownHold(HoldID(0)),
        .holdGone(HoldID(0), .expired), .unknownSKU(line: 0, ""), .unmeasured(line: 0, ""),
        .stockShort(line: 0, sku: "", wanted: 0, available: 0), .noCapacity(line: 0, sku: ""),
        .noService(line: 0, sku: ""),
        .backorderFull(line: 0, sku: "", cap: 0, waiting: 0),
    ].map { $0 as any Refusal } + [NotFound("merchant", "")]

    private var taking: [Endpoint] {
        [
            Endpoint.post("/v1/orders", "Place an order", for: [.operator, .merchant]).named("placeOrder")
                .describing("We decide: it is promised and its goods are reserved, or it is refused.")
                .body(OrderBody.self, by: OrderReader.order)
                .refusing(Self.taken + PlaceLabelledOrder.Refused.samples + LiveSessionRefused.joining).missing("live_session")
                .idempotent.answering(.created)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let placed = try await desk.take(try body.request(.place, by: caller, desk), body.liveSession, by: caller)
                    return PlacedReply(placed, desk.orders.vault)
                },
            Endpoint.post("/v1/orders/recorded", "Record an order that is sold already", for: [.operator, .merchant])
                .named("recordOrder")
                .describing("Never refused for stock: what cannot be reserved waits as a shortage.")
                .body(OrderBody.self, by: OrderReader.order)
                .refusing(Self.taken + PlaceLabelledOrder.Refused.samples + LiveSessionRefused.joining).missing("live_session")
                .idempotent.answering(.created)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let placed = try await desk.take(try body.request(.record, by: caller, desk), body.liveSession, by: caller)
                    return PlacedReply(placed, desk.orders.vault)
                },
            Endpoint.post("/v1/orders/batch", "Place or record many orders", for: [.operator, .merchant])
                .named("placeOrders").bodyLimit(bytes: 8 << 20)
                .body(BatchBody.self, by: OrderReader.batch).missing("merchant").idempotent
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let requests = try body.orders.map { try $0.request(body.way ?? .place, by: caller, desk) }
                    if let labelled = requests.firstIndex(where: { $0.label != nil }) {
                        let rule = "An order that comes with its label is sent by itself."
                        throw InvalidRequest([Violation(pointer: "/orders/\(labelled)/label", detail: rule)])
                    }
                    if let live = body.orders.firstIndex(where: { $0.liveSession != nil }) {
                        let rule = "An order of a live session is sent by itself, or joins it afterwards."
                        throw InvalidRequest([Violation(pointer: "/orders/\(live)/live_session", detail: rule)])
                    }
                    var items: [BatchItem] = []
                    for part in requests.chunks(of: 250) {
                        let answers = try await desk.perform(PlaceOrders(part, desk: desk.orders, actor: caller.actor))
                        items += zip(part, answers).map { BatchItem(number: $0.number, $1, desk.orders.vault) }
                    }
                    return BatchReply(items: items)
                },
        ]
    }

    private var reading: [Endpoint] {
        [
            Endpoint.get("/v1/orders", "List orders, the newest first", for: [.operator, .merchant]).named("listOrders")
                .query(OrderQuery.self)
                .list { [desk] call, page in
                    let (scope, filter, after) = (try call.caller.scope, call.query.filter, try page.after(OrderID.self))
                    let rows = try await desk.read {
                        try OrderPages.list(filter, scope, after: after, limit: page.rowsToFetch, in: $0)
                    }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.get("/v1/orders/{order}", "Read an order", for: [.operator, .merchant]).named("readOrder")
                .path(OrderID.self).missing("order")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    var order = try await desk.read { try OrderDetails.find(call.path, scope, in: $0) }
                    order.trackingPath = ShopperLink(order.id, desk.orders.vault).path
                    return order
                },
            Endpoint.get("/v1/orders/{order}/events", "Read the story of an order", for: [.operator, .merchant])
                .named("readOrderEvents").path(OrderID.self).missing("order")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return Story(items: try await desk.read { try EventFeed.story(of: call.path, scope, in: $0) })
                },
            Endpoint.get("/v1/orders/{order}/recipient", "Read who an order goes to", for: [.operator, .merchant])
                .named("readRecipient").describing("Partners read it with what is handed to them; nobody else does.")
                .path(OrderID.self).missing("order", "recipient")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return RecipientBody(
                        try await desk.read { try RecipientLookup.find(call.path, scope, desk.orders.vault, in: $0) })
                },
        ]
    }

    private var changing: [Endpoint] {
        [
            Endpoint.post("/v1/orders/{order}/cancellations", "Cancel an order", for: [.operator, .merchant])
                .named("cancelOrder").describing("Allowed at any time; the answer says how far it came.")
                .path(OrderID.self).body(CancellationBody.self).missing("order").idempotent.answering(.created)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = CancelOrder(call.path, merchant: caller.merchant, reason: body.reason, actor: caller.actor)
                    return CancellationReply(try await desk.perform(flow))
                },
            Endpoint.put("/v1/orders/{order}/address", "Send an order elsewhere", for: [.operator, .merchant])
                .named("changeAddress")
                .describing("What is with us is labelled again; the carrier of what has left is asked, and its answer follows.")
                .path(OrderID.self).body(AddressBody.self).missing("order")
                .refusing([
                    ChangeAddress.Refused.ended(OrderID(0), .delivered), ChangeAddress.Refused.handedOver(UnitID(0)),
                    ChangeAddress.Refused.asked(UnitID(0)), ChangeAddress.Refused.returning(UnitID(0)),
                ])
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = ChangeAddress(
                        call.path, merchant: caller.merchant, to: try body.place.destination, person: body.recipient?.person,
                        desk: desk.orders, actor: caller.actor)
                    let changed = try await desk.perform(flow)
                    return AddressReply(relabelled: changed.relabelled, asked: changed.asked)
                },
            Endpoint.post("/v1/orders/{order}/holds", "Keep an order from being released", for: [.operator, .merchant])
                .named("holdOrder").path(OrderID.self).body(OrderHoldBody.self).missing("order").idempotent
                .refusing(HoldOrder.Refused.samples)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    try await desk.perform(
                        HoldOrder(call.path, merchant: caller.merchant, kind: body.kind, reason: body.reason, until: body.until),
                        by: caller)
                    return Nothing()
                },
            Endpoint.delete("/v1/orders/{order}/holds/{kind}", "Let a held order go", for: [.operator, .merchant])
                .named("releaseOrder").path(OrderHoldPath.self).missing("order", "hold")
                .handle { [desk] call in
                    let caller = try call.caller
                    try await desk.perform(
                        HoldOrder(call.path.order, merchant: caller.merchant, kind: call.path.kind, reason: nil), by: caller)
                    return Nothing()
                },
            Endpoint.put("/v1/orders/{order}/payment", "Say how the payment stands", for: [.operator, .merchant])
                .named("setPayment").path(OrderID.self).body(PaymentBody.self).missing("order")
                .describing("The same again changes nothing. Money that went back does not return.")
                .refusing([SetPayment.Refused.wrongState(OrderID(0), .refunded, wanted: .paid)])
                .handle { [desk] call, body in
                    let merchant = try call.caller.merchant
                    try await desk.perform(SetPayment(call.path, merchant: merchant, body.payment, desk: desk.orders))
                    return Nothing()
                },
        ]
    }
}

struct OrderHoldPath: Decodable, Sendable {
    var order: OrderID
    var kind: String
}

/// Which orders a list is asked for.
struct OrderQuery: Decodable, Sendable, Documented {
    var merchant: MerchantID?
    var state: OrderState?
    var channel: String?
    var number: String?

    static let fields: FieldNotes = [
        "merchant": "Only of this merchant.", "number": FieldNote("Only with this number.", length: 1...100),
        "channel": FieldNote("Only of this channel.", length: 1...100),
    ]

    var filter: OrderFilter { OrderFilter(merchant: merchant, state: state, channel: channel, number: number) }
}

/// Events of one thing, oldest first.
struct Story: Codable, Sendable {
    var items: [EventView]
}

extension Array {
    /// The elements in their order, `size` at a time.
    func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}

extension APIDesk {
    /// With its label, where it comes with one; of its session, where it names one.
    fileprivate func take(_ request: OrderRequest, _ session: LiveSessionID?, by caller: Caller) async throws -> PlacedOrder {
        if let session {
            guard request.label == nil else {
                throw InvalidRequest([Violation(pointer: "/live_session", detail: "An order that comes with its label waits for nobody.")])
            }
            return try await perform(PlaceInSession(request, session, desk: orders, actor: caller.actor))
        }
        if let labelled = PlaceLabelledOrder(request, desk: orders, actor: caller.actor) { return try await perform(labelled) }
        return try await perform(PlaceOrder(request, desk: orders, actor: caller.actor))
    }
}
