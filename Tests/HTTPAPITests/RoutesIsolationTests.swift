import Kernel
import Testing

@testable import HTTPAPI

/// What belongs to one merchant, site or carrier is not there for another; over every route there is.
@Suite struct RoutesIsolationTests {
    @Test func `no key sees or touches what is not its own`() async throws {
        try await withNetwork { network, client in
            let victim = try await Victim(network, client)
            let before = try await victim.state(client)
            for endpoint in network.assembly.endpoints {
                for stranger in victim.strangers {
                    let reply = try await victim.send(endpoint.declaration, client.with(key: stranger.token))
                    let place = "\(endpoint.declaration.operationID) by \(stranger.role): \(reply.status) \(reply.body)"
                    let isAllowed = endpoint.declaration.access.names.contains(stranger.role)
                    if !isAllowed { #expect(reply.status == 403, "\(place)") }
                    if isAllowed { try victim.expectNothing(of: endpoint.declaration, in: reply, stranger.role, place) }
                }
            }
            #expect(try await victim.state(client) == before)
        }
    }

    @Test func `nobody gets anywhere without a key`() async throws {
        try await withNetwork { network, client in
            for endpoint in network.assembly.endpoints {
                let path = endpoint.declaration.path.replacing("{", with: "").replacing("}", with: "")
                for stranger in [client, client.with(key: "wb_00000000000000000000000000000000")] {
                    let reply = try await stranger.send(endpoint.declaration.method.rawValue, path)
                    #expect(reply.status == 401, "\(endpoint.declaration.operationID)")
                }
            }
        }
    }
}

/// A merchant, a site and a carrier with something of everything.
struct Victim {
    let network: RoutesNetwork
    let walk: RoutesWalk
    let code: String
    let hold: String
    let pool: String
    let drop: String
    let session: String
    let ticket: String
    let asn: String
    let dispute: String
    let claim: String
    let exception: String
    let task: String
    let tote: String
    let outbound: String
    let handoff: String
    let handoffLine: String
    let request: String
    let bag: String
    let trip: String
    let back: RoutesReturn
    let webhook: String
    let delivery: String

    let strangers: [(role: String, token: String)]

    init(_ network: RoutesNetwork, _ client: PlainClient) async throws {
        var walk = RoutesWalk(network, client)
        let (merchant, site) = (walk.merchant, walk.site)
        try await walk.openStock()
        back = try await RoutesReturn(&walk, "SECRET-0")
        try await walk.place("SECRET-1")
        try await walk.pack()
        let wrong: JSON = ["weights": [["parcel": .string(walk.parcel), "weight_g": 99_999]]]
        _ = try await site.call("POST", "/v1/weighings", wrong, expecting: 200)
        exception = try #require(try await site.call("GET", "/v1/exceptions", expecting: 200).list("items").first).text("id")
        try await network.buyLabels()
        let parcel = try await merchant.call("GET", "/v1/parcels/\(walk.parcel)", expecting: 200)
        walk.number = try #require(parcel.list("labels").first).text("number")
        code = try parcel.text("code")
        let until = JSON.string("\(Instant.wallClock + .hours(1))")
        let kept: JSON = ["lines": [["sku": "MUG-1", "quantity": 1]], "expires_at": until]
        hold = try await merchant.call("POST", "/v1/holds", kept, expecting: 201).text("id")
        let kind: JSON = ["code": "SECRET-POOL", "kind": "creator"]
        pool = try await merchant.call("POST", "/v1/pools", kind, expecting: 201).text("id")
        let sale: JSON = [
            "name": "SECRET", "pool": "SECRET-DROP", "starts_at": .string("\(Instant.wallClock - .hours(1))"), "ends_at": until,
            "lines": [["sku": "MUG-1", "quantity": 1]],
        ]
        drop = try await merchant.call("POST", "/v1/drops", sale, expecting: 201).text("id")
        session = try await merchant.call("POST", "/v1/live-sessions", ["name": "SECRET", "ends_at": until], expecting: 201).text("id")
        let wish: JSON = ["shopper": "SECRET", "sku": "MUG-1", "quantity": 1]
        ticket = try await merchant.call("POST", "/v1/drops/\(drop)/tickets", wish, expecting: 201).text("id")
        let announced: JSON = [
            "site": .id(network.sites[0]), "number": "SECRET-IN", "expected_at": until, "lines": [["sku": "MUG-1", "quantity": 5]],
        ]
        asn = try await merchant.call("POST", "/v1/asns", announced, expecting: 201).text("id")
        dispute = try await Self.dispute(by: merchant, site, network)
        let came = try await merchant.call("GET", "/v1/orders/\(back.order)", expecting: 200).list("parcels").first
        let wronged: JSON = ["kind": "shopper", "subject": came?["id"] ?? .null, "reason": "damaged", "note": "SECRET"]
        claim = try await merchant.call("POST", "/v1/claims", wronged, expecting: 201).text("id")
        _ = try await merchant.call("POST", "/v1/orders", RoutesBodies.order("SECRET-2"), expecting: 201)
        let base = "/v1/sites/\(network.sites[0])"
        _ = try await site.call("POST", base + "/waves", ["until": "2099-01-01T00:00:00Z"], expecting: 201)
        task = try #require(try await site.call("GET", base + "/tasks", expecting: 200).list("items").first).text("id")
        try await Self.receiveSerial(by: merchant, site, network)
        let disposal: JSON = [
            "purpose": "disposal", "number": "SECRET-OUT", "from": .id(network.sites[0]), "reason": "broken",
            "lines": [["sku": "MUG-1", "quantity": 1]],
        ]
        outbound = try await merchant.call("POST", "/v1/outbound-orders", disposal, expecting: 201).text("id")
        tote = try #require(
            try await site.call("POST", base + "/totes", ["count": 1], expecting: 201).list("totes").first?.string)
        let sent = try await network.handOff(client)
        (handoff, handoffLine) = (sent.id, sent.line)
        request = try await merchant.call(
            "POST", "/v1/fulfillment-requests", RoutesBodies.fulfillment("SECRET-3"), expecting: 201
        ).text("id")
        let opened: JSON = ["site": .id(network.sites[0]), "lane": .string(try await network.lane())]
        bag = try await site.call("POST", "/v1/bags", opened, expecting: 201).text("id")
        let chief = client.with(key: network.tokens.operator)
        _ = try await chief.call("POST", "/v1/trips", ["until": .string("\(Instant.wallClock + .days(8))")], expecting: 200)
        trip = try #require(try await site.call("GET", "/v1/trips", expecting: 200).list("items").first).text("id")
        let subscription: JSON = ["url": "https://secret.example/", "types": ["*"], "description": "SECRET"]
        let made = try await merchant.call("POST", "/v1/webhooks", subscription, expecting: 201)
        webhook = try #require(made["webhook"]).text("id")
        delivery = try await merchant.call("POST", "/v1/webhooks/\(webhook)/tests", expecting: 201).text("id")
        self.network = network
        self.walk = walk
        let tokens = network.tokens
        strangers = [
            ("merchant", tokens.otherMerchant), ("site", tokens.otherSite), ("site", tokens.otherPartner),
            ("carrier", tokens.otherCarrier),
        ]
    }

    /// Of a shipment of which nothing came.
    private static func dispute(by merchant: PlainClient, _ site: PlainClient, _ network: RoutesNetwork) async throws -> String {
        let announced: JSON = [
            "site": .id(network.sites[0]), "number": "SECRET-IN-3", "expected_at": .string("\(Instant.wallClock + .hours(1))"),
            "lines": [["sku": "MUG-1", "quantity": 2]],
        ]
        let asn = try await merchant.call("POST", "/v1/asns", announced, expecting: 201).text("id")
        _ = try await site.call("POST", "/v1/asns/\(asn)/closing", expecting: 204)
        let doubt: JSON = ["sku": "MUG-1", "claimed": 2, "note": "SECRET"]
        return try await merchant.call("POST", "/v1/asns/\(asn)/disputes", doubt, expecting: 201).text("id")
    }

    /// One unit of goods that are tracked by serial.
    private static func receiveSerial(by merchant: PlainClient, _ site: PlainClient, _ network: RoutesNetwork) async throws {
        let size: JSON = ["length": 100, "width": 90, "height": 80]
        let watch: JSON = [
            "code": "SECRET-W", "name": "Watch", "serial_tracked": true,
            "packaging": [["kind": "each", "size_mm": size, "weight_g": 250]],
        ]
        let path = "/v1/merchants/\(network.merchants[0])/skus"
        let saved = try await merchant.call("PUT", path, ["skus": [watch]], expecting: 200)
        let announced: JSON = [
            "site": .id(network.sites[0]), "number": "SECRET-IN-2", "expected_at": .string("\(Instant.wallClock + .hours(1))"),
            "lines": [["sku": "SECRET-W", "quantity": 1]],
        ]
        let asn = try await merchant.call("POST", "/v1/asns", announced, expecting: 201).text("id")
        let line: JSON = ["sku": saved.list("items").first?["sku"] ?? .null, "quantity": 1, "serials": ["SECRET-SN"]]
        _ = try await site.call(
            "POST", "/v1/asns/\(asn)/receipts", ["dock": .id(network.docks[0]), "lines": [line]], expecting: 201)
    }

    /// What must not be told to strangers.
    private var secrets: [String] {
        let all = [
            walk.order, walk.fulfillment, walk.parcel, walk.number, code, hold, pool, drop, session, ticket,
            asn, dispute, claim, exception, task, outbound, handoff, request,
            bag, trip, back.rma, back.goods, back.refund, webhook, delivery,
            "SECRET", "Ada Muster",
        ]
        return all
            + network.skus[0].map(\.description) + [network.merchants[0].description]
    }

    /// What the owner sees of its things.
    func state(_ client: PlainClient) async throws -> [String] {
        let chief = client.with(key: network.tokens.operator)
        let paths = [
            "/v1/orders/\(walk.order)", "/v1/outbound-orders/\(outbound)", "/v1/parcels/\(walk.parcel)",
            "/v1/holds/\(hold)", "/v1/live-sessions/\(session)", "/v1/pools/\(pool)", "/v1/asns/\(asn)",
            "/v1/inbound-disputes", "/v1/claims",
            "/v1/serials/SECRET-SN",
            "/v1/stock?merchant=\(network.merchants[0])", "/v1/exceptions", "/v1/tracking/\(walk.number)",
            "/v1/partner/fulfillment-orders/\(handoff)", "/v1/fulfillment-requests/\(request)", "/v1/partner/penalties",
            "/v1/sites/\(network.partner)/agreements", "/v1/merchants/\(network.merchants[0])/sourcing-rules",
            "/v1/orders/\(walk.order)/sourcing",
            "/v1/sites/\(network.sites[0])/tasks", "/v1/merchants/\(network.merchants[0])/skus", "/v1/keys",
            "/v1/bags/\(bag)", "/v1/trips/\(trip)", "/v1/trips",
            "/v1/returns/\(back.rma)", "/v1/return-policies?merchant=\(network.merchants[0])",
            "/v1/webhooks/\(webhook)", "/v1/webhooks/\(webhook)/deliveries", "/v1/webhooks/\(webhook)/replays",
        ]
        var all: [String] = []
        for path in paths { all.append(try await chief.call("GET", path, expecting: 200).text) }
        return all
    }

    func send(_ declaration: Endpoint.Declaration, _ client: PlainClient) async throws -> Reply {
        let path = try declaration.path.split(separator: "/").map { part in
            part.hasPrefix("{") ? try name(String(part.dropFirst().dropLast()), in: declaration) : String(part)
        }
        let body = try body(declaration).map { Array($0.text.utf8) }
        return try await client.send(declaration.method.rawValue, "/" + path.joined(separator: "/"), [:], body)
    }

    /// The victim's own, for a name in a path.
    private func name(_ parameter: String, in declaration: Endpoint.Declaration) throws -> String {
        let names = [
            "handoff": handoff, "request": request,
            "order": declaration.path.contains("outbound") ? outbound : walk.order,
            "kind": "fraud", "hold": hold, "pool": pool, "drop": drop, "ticket": ticket, "serial": "SECRET-SN", "asn": asn,
            "dispute": dispute, "claim": claim,
            "site": network.sites[0].description,
            "session": session,
            "parcel": walk.parcel, "number": walk.number, "merchant": network.merchants[0].description,
            "bag": bag, "trip": trip,
            "sku": network.skus[0][0].description, "exception": exception, "key": KeyID(1).description,
            "webhook": webhook, "delivery": delivery,
            "return": back.rma, "refund": back.refund, "debt": DebtID(1).description,
            "code": declaration.path.contains("barcodes")
                ? "glow-mug" : declaration.path.contains("units") ? bag : code,
        ]
        guard let name = names[parameter] else { throw PlainClient.Failed(description: "no name for {\(parameter)}") }
        return name
    }

    /// A body that would be right for the victim; each operation with a body has one.
    private func body(_ declaration: Endpoint.Declaration) throws -> JSON? {
        let until = JSON.string("\(Instant.wallClock + .hours(1))")
        let merchant = network.merchants[0].description
        let order = RoutesBodies.order("X-1", merchant: merchant)
        let line: JSON = ["sku": .id(network.skus[0][0]), "location": .id(network.bins[0]), "quantity": 1]
        let bodies: [String: JSON] = [
            "placeOrder": order, "recordOrder": order, "placeOrders": ["orders": [order]],
            "cancelOrder": ["reason": "spite"], "holdOrder": ["kind": "fraud", "reason": "spite"],
            "setPayment": ["payment": "refunded"],
            "editOrder": ["lines": [["sku": "MUG-1", "quantity": 2, "unit_price_minor": 1]]],
            "splitOrder": ["parts": [["line": .id(LineID(1))]]], "mergeOrders": ["orders": [.string(outbound)]],
            "openLiveSession": ["merchant": .string(merchant), "name": "spite", "ends_at": until],
            "joinLiveSession": ["orders": [.string(walk.order)]],
            "recordVersion": ["version": 9, "order": order],
            "quotePromise": .object(["merchant": .string(merchant)].merging(Self.members(RoutesBodies.promise)) { own, _ in own }),
            "openStock": ["lines": [line]],
            "countStock": ["location": .id(network.bins[0]), "sku": .id(network.skus[0][0]), "counted": 0],
            "holdStock": ["merchant": .string(merchant), "lines": [["sku": "MUG-1", "quantity": 1]], "expires_at": until],
            "giveGoodwill": [
                "number": "X-9", "amount": ["minor": 1, "currency": "EUR"], "reason": "late", "note": "spite",
            ],
            "setGoodwillLimit": ["merchant": .string(merchant), "giver": "support", "most_minor": 9000, "share_ppm": 900_000],
            "openClaim": ["kind": "shopper", "subject": .string(walk.parcel), "reason": "damaged", "note": "spite"],
            "sendClaim": ["reference": "spite"], "decideClaim": ["granted_minor": 0, "answer": "spite"],
            "withdrawClaim": ["answer": "spite"],
            "disputeReceipt": ["sku": "MUG-1", "claimed": 9, "note": "spite"],
            "answerDispute": ["found": 0, "owed": 0, "answer": "spite"],
            "changeASN": ["expected_at": until],
            "setPreorder": ["site": .id(network.sites[0]), "cap": 5, "available_from": until],
            "setBackorderCap": ["cap": 0],
            "setChannelStock": ["merchant": .string(merchant), "channel": "api", "safety": 1000],
            "openDrop": [
                "merchant": .string(merchant), "name": "X", "pool": "spite", "starts_at": until,
                "ends_at": .string("\(Instant.wallClock + .hours(2))"), "lines": [["sku": "MUG-1", "quantity": 1]],
            ],
            "takeTicket": ["shopper": "s", "sku": "MUG-1", "quantity": 1],
            "waitForGoods": ["merchant": .string(merchant), "shopper": "s", "sku": "MUG-1", "quantity": 1],
            "openPool": ["merchant": .string(merchant), "code": "spite", "kind": "other"],
            "setAside": ["lines": [["sku": "MUG-1", "quantity": 1]]], "takeBack": ["lines": [["sku": "MUG-1", "quantity": 1]]],
            "announceASN": [
                "merchant": .string(merchant), "site": .id(network.sites[0]), "number": "X-1", "expected_at": until,
                "lines": [["sku": "MUG-1", "quantity": 1]],
            ],
            "receiveASN": [
                "dock": .id(network.docks[0]), "lines": [["sku": .id(network.skus[0][0]), "quantity": 1]],
            ],
            "placeOutbound": [
                "merchant": .string(merchant), "purpose": "disposal", "number": "X-2", "from": .id(network.sites[0]),
                "reason": "spite", "lines": [["sku": "MUG-1", "quantity": 1]],
            ],
            "receiveTransfer": ["dock": .id(network.docks[0]), "parcels": [["parcel": .string(walk.parcel)]]],
            "supplyLabel": ["number": "STOLEN-1", "carrier": "X", "url": "https://x.example/1"], "reissueLabel": ["reason": "spite"],
            "slipTransfer": ["expected_at": until], "proveDisposal": ["reference": "C-1", "words": "spite"],
            "setCapacities": ["capacities": []], "releaseWave": ["until": until], "makeTotes": ["count": 1],
            "confirmPicks": ["tote": .string(tote), "results": [["task": .string(task), "quantity": 1]]],
            "putAway": ["task": .string(task), "location": .id(network.bins[0])],
            "packOrders": ["fulfillment_orders": [.string(walk.fulfillment)]],
            "weighParcels": ["weights": [["parcel": .string(walk.parcel), "weight_g": 500]]],
            "handOver": ["site": .id(network.sites[0]), "service": .id(network.service)],
            "reportTracking": [
                "updates": [["number": .string(walk.number), "code": "lost", "at": .string("\(Instant.wallClock)")]]
            ],
            "changeAddress": ["destination": ["country": "DE", "city": "Elsewhere"]],
            "sortParcels": [
                "site": .id(network.sites[0]), "scans": [["parcel": .string(walk.parcel), "bag": .string(bag)]],
            ],
            "pullParcels": ["site": .id(network.sites[0]), "parcels": [.string(walk.parcel)]],
            "takeOut": ["site": .id(network.sites[0]), "units": [.string(walk.parcel)]],
            "openBag": ["site": .id(network.sites[0]), "lane": .id(LaneID(1))], "closeBag": ["weight_g": 100],
            "nestBags": ["units": [.string(bag)]], "loadTrip": ["units": [.string(bag)]], "planTrips": ["until": until],
            "departTrip": [:], "cancelTrip": [:], "arriveTrip": [:], "reconcileTrip": [:],
            "breakBulk": ["found": [["unit": .string(bag)]]], "declareLost": ["unit": .string(bag)],
            "createMerchant": ["code": "new", "name": "New", "currency": "EUR"],
            "saveSKUs": ["skus": [["code": "MUG-1", "name": "Stolen"]]],
            "resolveException": ["outcome": "ignored"],
            "actOnException": ["action": "resolve", "note": "ignored"], "noteOnException": ["text": "hm"],
            "assignException": ["assignee": "me"],
            "createWebhook": ["url": "https://thief.example/", "types": ["*"], "merchant": .string(merchant)],
            "changeWebhook": ["url": "https://thief.example/"], "rotateWebhookSecret": [:], "setWebhookState": ["state": "paused"],
            "startReplay": ["from": "2020-01-01T00:00:00Z"],
            "createKey": ["name": "mine", "role": "operator"],
            "acceptHandoff": [:], "rejectHandoff": ["reason": "other"],
            "reportShort": ["lines": [["line": .string(handoffLine), "quantity": 1]]], "answerCancel": ["answer": "cancelled"],
            "shipHandoff": [
                "parcels": [
                    [
                        "carrier": "Thief", "tracking_number": "T-1",
                        "lines": [["line": .string(handoffLine), "quantity": 1]],
                    ]
                ]
            ],
            "reportPartnerTracking": [
                "updates": [["number": .string(walk.number), "code": "lost", "at": .string("\(Instant.wallClock)")]]
            ],
            "reportStock": [
                "site": .id(network.partner), "merchant": .string(merchant), "as_of": .string("\(Instant.wallClock)"), "lines": [],
            ],
            "saveAgreement": [
                "site": .id(network.partner), "merchant": .string(merchant), "accept_minutes": 1, "cancel_minutes": 1,
                "report_minutes": 1, "currency": "EUR",
            ],
            "saveSourcingRule": ["only_sites": [.id(network.sites[1])]],
            "requestFulfillment": .object(
                Self.members(RoutesBodies.fulfillment("X-2")).merging(["merchant": .string(merchant)]) { own, _ in own }),
            "cancelFulfillmentRequest": ["reason": "spite"],
        ].merging(returnBodies) { own, _ in own }
        if let body = bodies[declaration.operationID] { return body }
        let bodiless: Set = [
            "closeASN", "withdrawDispute", "testWebhook", "resendDelivery", "interceptParcel", "closeLiveSession",
        ]
        let isBodiless = ![.post, .put, .patch].contains(declaration.method) || bodiless.contains(declaration.operationID)
        guard isBodiless else { throw PlainClient.Failed(description: "no body for \(declaration.operationID)") }
        return nil
    }

    private var returnBodies: [String: JSON] {
        let item: JSON = ["component": .string(back.component), "quantity": 1, "reason": "damaged"]
        let site = JSON.id(network.sites[0])
        return [
            "setReturnPolicy": ["merchant": .id(network.merchants[0]), "terms": [:]],
            "requestReturn": ["order": .string(back.order), "number": "X-1", "items": [item]],
            "decideReturn": ["decision": "deny", "reason": "spite"], "cancelReturn": ["reason": "spite"],
            "dropOffReturns": ["site": site, "codes": [.string(back.code)]],
            "receiveReturn": ["site": site, "code": .string(back.order), "items": []],
            "inspectGoods": ["results": [["goods": .string(back.goods), "grade": "A"]]],
            "sendOffGoods": ["goods": [.string(back.goods)], "reference": "truck"],
            "sendRefund": ["reference": "PSP-1"], "settleReturnDebt": ["outcome": "written_off", "note": "spite"],
        ]
    }

    private static func members(_ json: JSON) -> [String: JSON] { if case .object(let members) = json { members } else { [:] } }

    /// What the network shows to a role: merchants send goods to any site.
    private static let shared: Set = ["readSite by merchant"]
    /// These name nothing of the victim's, or answer about an unknown name without telling whether it exists.
    private static let general: Set = [
        "listOrders", "listStock", "listASNs", "listOutbound", "listSites", "listMerchants", "listExceptions", "listCarriers",
        "readBarcode", "reportTracking", "listHandoffs", "listPenalties", "reportPartnerTracking", "listTrips",
        "listReturnPolicies", "listReturns", "listReturnedGoods", "listRefunds", "listReturnDebts",
        "listWebhooks",
        "countExceptions", "listPools", "listDrops",
        "listLiveSessions",
        "listDisputes",
        "listClaims",
        "listGoodwillLimits",
    ]

    func expectNothing(of declaration: Endpoint.Declaration, in reply: Reply, _ role: String, _ place: String) throws {
        if Self.shared.contains("\(declaration.operationID) by \(role)") { return #expect(reply.status == 200, "\(place)") }
        guard Self.general.contains(declaration.operationID) else { return #expect(reply.status == 404, "\(place)") }
        #expect(reply.status == 200, "\(place)")
        if declaration.operationID.hasSuffix("Tracking") { return #expect(try reply.json["recorded"] == 0, "\(place)") }
        for secret in secrets { #expect(!reply.body.contains(secret), "\(place) tells \(secret)") }
    }
}
