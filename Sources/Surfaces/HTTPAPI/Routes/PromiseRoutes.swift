import Flows
import Kernel
import Orders
import Views

/// Promises without an order.
struct PromiseRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] {
        [
            Endpoint.post("/v1/promises", "Ask what an order would be promised", for: [.operator, .merchant])
                .named("quotePromise").describing("Nothing is reserved and nothing is kept.")
                .body(PromiseBody.self).refusing(OrderRoutes.taken)
                .handle { [desk] call, body in
                    let quote = QuotePromise(try body.request(by: try call.caller, desk), desk: desk.orders)
                    return PromiseReply(try await desk.read { try quote.run(in: $0) })
                }
        ].tagged("Promises")
    }
}

/// What would be ordered, and to where.
struct PromiseBody: Codable, Sendable, Documented {
    struct Line: Codable, Sendable, Documented {
        var sku: String
        var quantity: Quantity

        static let fields: FieldNotes = [
            "sku": FieldNote("The merchant's own number of the SKU or kit.", length: 1...64, example: "MUG-1"),
            "quantity": FieldNote("Pieces.", range: 1...10_000, example: 1),
        ]
    }

    var merchant: MerchantID?
    var destination: DestinationBody
    var lines: [Line]
    var backorder: Bool?

    static let fields: FieldNotes = [
        "merchant": "Named by operators; a merchant's key implies it.",
        "lines": FieldNote("What would be bought.", count: 1...200),
        "backorder": "Whether units without goods may wait for the next supply.",
    ]

    func request(by caller: Caller, _ desk: APIDesk) throws -> OrderRequest {
        guard let currency = Currency("EUR") else { throw NotFound("currency", "EUR") }
        return OrderRequest(
            merchant: try caller.merchant(named: merchant), number: "quote", currency: currency, person: nil,
            destination: destination.destination,
            lines: lines.map { OrderRequest.Line(sku: $0.sku, quantity: $0.quantity, unitPrice: 0) },
            placedAt: desk.store.clock(), backorder: backorder ?? false)
    }
}

struct PromiseReply: Codable, Sendable {
    /// What one site would send; cost in minor units of the operator's currency.
    struct Part: Codable, Sendable {
        var site: SiteID
        var service: ServiceID
        var units: Quantity
        var shipBy: Instant
        var deliverBy: Instant

        private enum CodingKeys: String, CodingKey {
            case site, service, units, shipBy = "ship_by", deliverBy = "deliver_by"
        }
    }

    var promisedBy: Instant?
    var shipBy: Instant?
    var available: Quantity
    var waiting: Quantity
    var parts: [Part]

    private enum CodingKeys: String, CodingKey {
        case promisedBy = "promised_by", shipBy = "ship_by", available, waiting, parts
    }

    init(_ answer: QuotePromise.Answer) {
        promisedBy = answer.promisedBy
        shipBy = answer.shipBy
        available = answer.reserved
        waiting = answer.waiting
        parts = answer.parts.map {
            Part(site: $0.site, service: $0.service, units: $0.units, shipBy: $0.shipBy, deliverBy: $0.deliverBy)
        }
    }
}

extension PromiseReply: Documented {
    static let fields: FieldNotes = [
        "promised_by": "None where units would have to wait.", "available": "Units that have goods.",
        "waiting": "Units that would wait for goods.", "parts": "What each site would send.",
    ]
}
