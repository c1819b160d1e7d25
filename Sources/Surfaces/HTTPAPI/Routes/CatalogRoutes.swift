import Flows
import Kernel
import Merchants
import Views

/// Merchants and what they sell.
struct CatalogRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] { merchants.tagged("Merchants") + skus.tagged("Catalog") }

    private var merchants: [Endpoint] {
        [
            Endpoint.post("/v1/merchants", "Take in a merchant", for: [.operator]).named("createMerchant")
                .body(MerchantBody.self).refusing(Self.unwelcome).idempotent.answering(.created)
                .handle { [desk] call, body in
                    let new = NewMerchant(code: body.code, name: body.name, currency: body.currency)
                    return MerchantView(try await desk.perform(CreateMerchant(new, actor: try call.caller.actor)))
                },
            Endpoint.get("/v1/merchants", "List merchants", for: [.operator, .merchant]).named("listMerchants")
                .list { [desk] call, page in
                    let (scope, after) = (try call.caller.scope, try page.after(MerchantID.self))
                    let rows = try await desk.read {
                        try MerchantView.page(scope, after: after, limit: page.rowsToFetch, in: $0)
                    }
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.get("/v1/merchants/{merchant}", "Read a merchant", for: [.operator, .merchant]).named("readMerchant")
                .path(MerchantID.self).missing("merchant")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try MerchantView.find(call.path, scope, in: $0) }
                },
        ]
    }

    private var skus: [Endpoint] {
        [
            Endpoint.put("/v1/merchants/{merchant}/skus", "Create or change SKUs", for: [.operator, .merchant])
                .named("saveSKUs").path(MerchantID.self).body(SKUsBody.self).bodyLimit(bytes: 4 << 20)
                .refusing(Self.unsaved).missing("merchant")
                .handle { [desk] call, body in
                    let caller = try call.caller
                    let merchant = try caller.merchant(named: call.path)
                    let saved = try await desk.perform(SaveSKUs(body.skus.map(\.new), of: merchant, actor: caller.actor))
                    return SKUsReply(items: zip(saved, body.skus).map { SKUsReply.Saved(sku: $0, code: $1.code) })
                },
            Endpoint.get("/v1/merchants/{merchant}/skus", "List a merchant's SKUs by code", for: [.operator, .merchant])
                .named("listSKUs").path(MerchantID.self).query(SKUQuery.self).missing("merchant")
                .list { [desk] call, page in
                    let (scope, after, prefix) = (try call.caller.scope, try page.after(String.self), call.query.prefix ?? "")
                    let rows = try await desk.read {
                        try SKUView.page(of: call.path, prefix: prefix, scope, after: after, limit: page.rowsToFetch, in: $0)
                    }
                    return try page.page(of: rows, by: \.code) { $0 }
                },
            Endpoint.get("/v1/skus/{sku}", "Read a SKU", for: [.operator, .merchant, .site]).named("readSKU")
                .path(SKUID.self).missing("sku")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return try await desk.read { try SKUView.find(call.path, scope, in: $0) }
                },
            Endpoint.get("/v1/barcodes/{code}", "Find SKUs by barcode", for: [.operator, .merchant, .site])
                .named("readBarcode").path(String.self)
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return BarcodeReply(items: try await desk.read { try BarcodeView.find(call.path, scope, in: $0) })
                },
        ]
    }

    static let unwelcome: [any Refusal] = [
        CreateMerchants.Refused.codeInvalid(field: "", code: ""), .nameInvalid(field: ""), .exists(field: "", code: ""),
    ].map { $0 as any Refusal }

    static let unsaved: [any Refusal] = [
        UpsertSKUs.Refused.merchantUnknown(MerchantID(0)), .codeInvalid(field: "", code: ""), .nameInvalid(field: ""),
        .codeRepeated(field: "", code: ""), .valueNegative(field: "", value: 0), .dangerousGoodsInvalid(field: "", rule: ""),
        .packagingInvalid(field: "", rule: ""), .barcodeInvalid(field: ""), .checkDigitWrong(field: "", code: ""),
        .barcodeRepeated(field: "", code: ""), .kitPackaged(field: ""), .componentInvalid(field: "", rule: ""),
        .barcodeTaken(field: "", code: ""), .componentUnknown(field: "", code: ""), .componentIsKit(field: "", code: ""),
        .kitChanged(field: "", code: ""),
    ].map { $0 as any Refusal }
}

struct SKUQuery: Decodable, Sendable, Documented {
    var prefix: String?
    static let fields: FieldNotes = ["prefix": FieldNote("Only those whose code begins so.", length: 1...64)]
}

/// The SKUs a barcode may mean; none where nobody uses it.
struct BarcodeReply: Codable, Sendable {
    var items: [BarcodeView]
}
