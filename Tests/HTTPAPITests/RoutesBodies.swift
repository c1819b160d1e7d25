import Kernel

@testable import HTTPAPI

extension PlainClient {
    /// Sends JSON and expects a status; answers the body as JSON, null where there is none.
    func call(_ method: String, _ path: String, _ body: JSON? = nil, expecting status: Int? = nil) async throws -> JSON {
        let reply = try await send(method, path, [:], body.map { Array($0.text.utf8) })
        if let status, reply.status != status { throw Failed(description: "\(method) \(path): \(reply.status) \(reply.body)") }
        return reply.body.isEmpty ? .null : try reply.json
    }
}

extension JSON {
    /// The text at a path of names, which has to be there.
    func text(_ path: String...) throws -> String {
        guard let text = path.reduce(Optional(self), { $0?[$1] })?.string else {
            throw PlainClient.Failed(description: "no text at \(path) of \(self.text)")
        }
        return text
    }

    /// The list at a name; empty where it is not there.
    func list(_ name: String) -> [JSON] { self[name]?.array ?? [] }
}

/// Bodies that tests send.
enum RoutesBodies {
    static func order(
        _ number: String, sku: String = "MUG-1", quantity: Int64 = 1, merchant: String? = nil, holds: [JSON] = [],
        payment: String = "paid"
    ) -> JSON {
        var members: [String: JSON] = [
            "number": .string(number), "currency": "EUR", "payment": .string(payment),
            "recipient": [
                "name": "Ada Muster", "street": ["Lange Straße 1"], "city": "Berlin", "postal_code": "10115", "country": "DE",
                "phone": "+49 30 1234567",
            ],
            "destination": ["country": "DE", "city": "Berlin", "postal_area": "101", "place": berlin],
            "lines": [["sku": .string(sku), "quantity": .int(quantity), "unit_price_minor": 1290, "tax_minor": 206]],
        ]
        if let merchant { members["merchant"] = .string(merchant) }
        if !holds.isEmpty { members["holds"] = .array(holds) }
        return .object(members)
    }

    /// A request of another order system.
    static func fulfillment(_ number: String, quantity: Int64 = 1) -> JSON {
        [
            "number": .string(number), "currency": "EUR",
            "recipient": [
                "name": "Ada Muster", "street": ["Lange Straße 1"], "city": "Berlin", "postal_code": "10115", "country": "DE",
            ],
            "destination": ["country": "DE", "city": "Berlin", "postal_area": "101", "place": berlin],
            "lines": [["sku": "MUG-1", "quantity": .int(quantity)]],
        ]
    }

    static let berlin: JSON = ["latitude": 52_500_000, "longitude": 13_400_000]

    static let promise: JSON = [
        "destination": ["country": "DE", "city": "Berlin", "place": berlin],
        "lines": [["sku": "MUG-1", "quantity": 1]],
    ]
}
