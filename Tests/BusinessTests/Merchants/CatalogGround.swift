import Kernel
import Merchants
import Store
import TestGround
import Testing

/// A stepper with the catalogue's tables and one merchant.
func withCatalog<T>(_ kind: EngineKind, _ body: (Stepper, Merchant) throws -> T) throws -> T {
    try withStepper(kind, migrations: MerchantsSchema.migrations) { stepper in
        let merchant = try stepper.addMerchant("luma")
        return try body(stepper, merchant)
    }
}

extension Stepper {
    func addMerchant(_ code: String) throws -> Merchant {
        let made = try perform(InPlace { tx in
            try CreateMerchants.run([NewMerchant(code: code, name: code, currency: euro)], in: tx)
        })
        return try #require(made.first)
    }

    @discardableResult
    func upsert(_ skus: [NewSKU], of merchant: Merchant) throws -> [UpsertSKUs.Saved] {
        try perform(InPlace { tx in try UpsertSKUs.run(skus, of: merchant.id, in: tx) })
    }

    func sku(_ id: SKUID) throws -> SKU {
        try #require(try read { tx in try Catalog.find([id], in: tx)[id] })
    }

    func events(of key: some CustomStringConvertible) throws -> [String] {
        let key = key.description
        return try read { tx in try EventLog.history(of: key, in: tx).map(\.type) }
    }
}

extension Dimensions {
    static func box(_ length: Int64, _ width: Int64, _ height: Int64) -> Dimensions {
        Dimensions(length: Millimetres(length), width: Millimetres(width), height: Millimetres(height))
    }
}

extension Result where Failure == any Error {
    /// What was refused; nil where it was not.
    var refusal: (any Refusal)? {
        if case .failure(let error) = self { error as? any Refusal } else { nil }
    }
}

/// Stands in tables of test arguments, which cannot throw.
let euro: Currency = {
    guard let euro = Currency("EUR") else { preconditionFailure("EUR is a currency") }
    return euro
}()
