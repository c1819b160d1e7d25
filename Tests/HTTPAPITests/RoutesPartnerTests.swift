import Kernel
import Testing

@testable import HTTPAPI

/// The fulfillment-order protocol over HTTP, from both ends.
@Suite struct RoutesPartnerTests {
    @Test func `a partner polls, accepts, ships and tells of the parcel; nobody else sees it`() async throws {
        try await withNetwork { network, client in
            let sent = try await network.handOff(client)
            let partner = client.with(key: network.tokens.partner), other = client.with(key: network.tokens.otherPartner)
            let path = "/v1/partner/fulfillment-orders/\(sent.id)"
            let waiting = try await partner.call("GET", "/v1/partner/fulfillment-orders?state=sent", expecting: 200)
            #expect(try waiting.list("items").map { try $0.text("id") } == [sent.id])
            #expect(!waiting.text.contains("Ada"))
            #expect(try await partner.call("GET", path, expecting: 200)["recipient"]?["name"] == "Ada Muster")
            #expect(try await other.send("GET", path).status == 404)
            #expect(try await other.call("GET", "/v1/partner/fulfillment-orders", expecting: 200).list("items").isEmpty)
            let early = try await partner.post(path + "/shipments", shipment(sent, "YP-1").text)
            #expect((early.status, early.code) == (409, "handoff.wrong_state"))
            #expect(try await partner.call("POST", path + "/acceptance", [:], expecting: 200)["state"] == "accepted")
            let shipped = try await partner.call("POST", path + "/shipments", shipment(sent, "YP-1"), expecting: 201)
            #expect(shipped["state"] == "shipped")
            let parcel = try #require(shipped.list("parcels").first).text("parcel")
            #expect(try await partner.call("GET", path, expecting: 200)["recipient"] == nil)
            #expect(try await client.with(key: network.tokens.carrier).send("GET", "/v1/parcels/\(parcel)").status == 404)
            #expect(try await partner.call("GET", "/v1/parcels/\(parcel)", expecting: 200)["state"] == "handed_over")
            let update: JSON = ["number": "YP-1", "code": "delivered", "at": .string("\(Instant.wallClock)")]
            let taken = try await partner.call("POST", "/v1/partner/tracking-updates", ["updates": [update]], expecting: 200)
            #expect(taken["recorded"] == 1)
            #expect(try await partner.call("GET", path, expecting: 200)["order"]?["state"] == "closed")
            let merchant = client.with(key: network.tokens.merchant)
            #expect(try await merchant.call("GET", "/v1/tracking/YP-1", expecting: 200)["state"] == "delivered")
        }
    }

    @Test func `a partner's old report, strange goods and a report for our own site are refused by name`() async throws {
        try await withNetwork { network, client in
            _ = try await network.handOff(client)
            let partner = client.with(key: network.tokens.partner), site = client.with(key: network.tokens.site)
            func report(_ by: PlainClient, _ asOf: Instant, _ sku: String) async throws -> String? {
                let body: JSON = [
                    "merchant": .id(network.merchants[0]), "as_of": .string("\(asOf)"),
                    "lines": [["sku": .string(sku), "quantity": 3]],
                ]
                return try await by.post("/v1/partner/stock-reports", body.text).code
            }
            #expect(try await report(partner, .wallClock - .days(1), "LAMP-1") == "stock_report.not_newer")
            #expect(try await report(partner, .wallClock, "ROBOT-1") == "stock_report.sku_unknown")
            #expect(try await report(site, .wallClock, "LAMP-1") == "stock_report.own_site")
            #expect(try await report(client.with(key: network.tokens.otherPartner), .wallClock, "LAMP-1") == "stock_report.not_agreed")
        }
    }

    @Test func `another order system's request is taken as far as there are goods, and can be followed`() async throws {
        try await withNetwork { network, client in
            try await network.stock(0, 2)
            let merchant = client.with(key: network.tokens.merchant)
            let body = RoutesBodies.fulfillment("PO-1", quantity: 3)
            let first = try await merchant.call("POST", "/v1/fulfillment-requests", body, expecting: 201)
            #expect(first["state"] == "accepted")
            #expect(first.list("lines").first?["rejected"] == 1)
            #expect(try await merchant.call("POST", "/v1/fulfillment-requests", body, expecting: 201)["id"] == first["id"])
            let path = "/v1/fulfillment-requests/\(try first.text("id"))"
            let other = client.with(key: network.tokens.otherMerchant)
            #expect(try await other.send("GET", path).status == 404)
            let answer = try await merchant.call("POST", path + "/cancellations", ["reason": "sold twice"], expecting: 201)
            #expect(answer["units"] == 2)
            #expect(try await merchant.call("GET", path, expecting: 200)["state"] == "cancelled")
        }
    }

    private func shipment(_ sent: RoutesNetwork.Sent, _ number: String) -> JSON {
        let line: JSON = ["line": .string(sent.line), "quantity": 1]
        return ["parcels": [["carrier": "Yellow Post", "tracking_number": .string(number), "weight_g": 2100, "lines": [line]]]]
    }
}

extension RoutesNetwork {
    /// Something that was handed to the partner.
    struct Sent {
        let id: String
        let line: String
    }

    /// A lamp of the first merchant, which only the partner has, ordered and handed over.
    func handOff(_ client: PlainClient, number: String = "SECRET-P") async throws -> Sent {
        let chief = client.with(key: tokens.operator), partner = client.with(key: tokens.partner)
        _ = try await chief.call("POST", "/v1/partner-agreements", agreement(nil), expecting: 201)
        let report: JSON = [
            "merchant": .id(merchants[0]), "as_of": .string("\(Instant.wallClock - .hours(1))"),
            "lines": [["sku": "LAMP-1", "quantity": 5]],
        ]
        _ = try await partner.call("POST", "/v1/partner/stock-reports", report, expecting: 201)
        let order = RoutesBodies.order(number, sku: "LAMP-1")
        let placed = try await client.with(key: tokens.merchant).call("POST", "/v1/orders", order, expecting: 201)
        guard placed["reserved"] == 1 else { throw PlainClient.Failed(description: "nothing reserved: \(placed.text)") }
        // No follower runs here: what waits goes out with the next agreement.
        _ = try await chief.call("POST", "/v1/partner-agreements", agreement("2026-01-01"), expecting: 201)
        let sent = try await partner.call("GET", "/v1/partner/fulfillment-orders?state=sent", expecting: 200).list("items")
        guard let one = sent.first, let line = one.list("lines").first else {
            throw PlainClient.Failed(description: "nothing was handed to the partner")
        }
        return Sent(id: try one.text("id"), line: try line.text("line"))
    }

    private func agreement(_ from: String?) -> JSON {
        var members: [String: JSON] = [
            "site": .id(partner), "merchant": .id(merchants[0]), "accept_minutes": 480, "cancel_minutes": 240,
            "report_minutes": 1500, "currency": "EUR", "late_shipment_minor": 300,
        ]
        if let from { members["from"] = .string(from) }
        return .object(members)
    }
}
