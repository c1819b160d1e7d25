import Flows
import Kernel
import Orders
import Views

/// We as the 3PL of another order system: it has sold the goods, and asks us to send what we hold of them.
struct FulfillmentRequestRoutes {
    let desk: APIDesk

    private static let base = "/v1/fulfillment-requests"

    var endpoints: [Endpoint] {
        [
            Endpoint.post(Self.base, "Ask for goods to be sent", for: [.operator, .merchant]).named("requestFulfillment")
                .describing("What is there is accepted at once, and the rest rejected. The number is the caller's own.")
                .body(FulfillmentRequestBody.self)
                .refusing(OrderRoutes.taken + PlaceLabelledOrder.Refused.samples).idempotent.answering(.created)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let flow = TakeFulfillmentRequest(
                        try body.order.request(.record, by: caller, desk), desk: desk.orders, actor: caller.actor)
                    return try await view(try await desk.perform(flow), caller)
                },
            Endpoint.get(Self.base + "/{request}", "Read how a request stands", for: [.operator, .merchant])
                .named("readFulfillmentRequest").path(OrderID.self).missing("fulfillment_request")
                .handle { call in try await view(call.path, try call.caller) },
            Endpoint.post(Self.base + "/{request}/cancellations", "Cancel a request", for: [.operator, .merchant])
                .named("cancelFulfillmentRequest").path(OrderID.self).body(CancellationBody.self)
                .missing("fulfillment_request").idempotent.answering(.created)
                .handle { [desk] call, body in
                    let caller = try call.caller
                    _ = try await view(call.path, caller)
                    let flow = CancelOrder(call.path, merchant: caller.merchant, reason: body.reason, actor: caller.actor)
                    return CancellationReply(try await desk.perform(flow))
                },
        ].tagged("Fulfillment requests")
    }

    private func view(_ id: OrderID, _ caller: Caller) async throws -> FulfillmentRequestView {
        let scope = caller.scope
        return try await desk.read {
            try FulfillmentRequestView.find(id, channel: TakeFulfillmentRequest.channel, scope, in: $0)
        }
    }
}

/// Goods to be sent: what was paid for them is the other system's business.
struct FulfillmentRequestBody: Codable, Sendable, Documented {
    struct Line: Codable, Sendable {
        var sku: String
        var quantity: Quantity
        var reference: String?
    }

    var merchant: MerchantID?
    var number: String
    var currency: Currency
    var recipient: RecipientBody
    var destination: DestinationBody?
    var lines: [Line]
    var deliverBy: Instant?

    private enum CodingKeys: String, CodingKey {
        case merchant, number, currency, recipient, destination, lines, deliverBy = "deliver_by"
    }

    static let fields: FieldNotes = [
        "merchant": "Named by operators; a merchant's key implies it.",
        "number": FieldNote("The caller's own: the same number is the same request.", length: 1...100, example: "PO-1001"),
        "currency": "Of the destination's papers.",
        "destination": "Where it goes; left out it is taken from the recipient's address.",
        "lines": FieldNote("What to send.", count: 1...200), "deliver_by": "What was promised already.",
    ]

    var order: OrderBody {
        OrderBody(
            merchant: merchant, channel: nil, number: number, payment: .paid, currency: currency, recipient: recipient,
            destination: destination,
            lines: lines.map { OrderLineBody(sku: $0.sku, quantity: $0.quantity, unitPrice: 0, channelUnit: $0.reference) },
            placedAt: nil, deliverBy: deliverBy, backorder: nil)
    }
}

extension FulfillmentRequestBody.Line: Documented {
    static let fields: FieldNotes = [
        "sku": FieldNote("The merchant's own number of the SKU or kit.", length: 1...64, example: "MUG-1"),
        "quantity": FieldNote("Pieces.", range: 1...10_000, example: 1),
        "reference": FieldNote("The caller's id of the line.", length: 1...100),
    ]
}
