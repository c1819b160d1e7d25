import Kernel
import Merchants
import Store

/// Takes a merchant into the network.
package struct CreateMerchant: Flow {
    let new: NewMerchant
    let actor: String

    package init(_ new: NewMerchant, actor: String = "system") {
        self.new = new
        self.actor = actor
    }

    package func run(in tx: Transaction) throws -> Merchant {
        try CreateMerchants.run([new], actor: actor, in: tx)[0]
    }
}

/// Creates a merchant's SKUs, or brings them to what is stated now.
package struct SaveSKUs: Flow {
    let skus: [NewSKU]
    let merchant: MerchantID
    let actor: String

    package init(_ skus: [NewSKU], of merchant: MerchantID, actor: String = "system") {
        self.skus = skus
        self.merchant = merchant
        self.actor = actor
    }

    package func run(in tx: Transaction) throws -> [SKUID] {
        try UpsertSKUs.run(skus, of: merchant, actor: actor, in: tx).map(\.id)
    }
}

/// Writes down sizes and weights taken with our own tape and scale.
package struct MeasureSKUs: Flow {
    let measures: [SKUMeasure]
    let actor: String

    package init(_ measures: [SKUMeasure], actor: String) {
        self.measures = measures
        self.actor = actor
    }

    package func run(in tx: Transaction) throws -> Int { try RecordMeasures.run(measures, actor: actor, in: tx) }
}
