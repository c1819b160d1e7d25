import Kernel
import Store

/// A merchant to be created.
package struct NewMerchant: Hashable, Sendable {
    /// 1 to 40 characters of a–z, 0–9, `-` and `_`.
    package let code: String
    /// 1 to 200 characters.
    package let name: String
    package let currency: Currency

    package init(code: String, name: String, currency: Currency) {
        self.code = code
        self.name = name
        self.currency = currency
    }
}

/// Takes merchants into the network.
package enum CreateMerchants {
    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case codeInvalid(field: String, code: String)
        case nameInvalid(field: String)
        case codeRepeated(field: String, code: String)
        case exists(field: String, code: String)
    }

    /// All are created, or none: answers them in the order given.
    ///
    /// Emits `merchant.created` for each.
    package static func run(
        _ merchants: [NewMerchant], occurred: Instant? = nil, actor: String = "system", in tx: Transaction
    ) throws -> [Merchant] {
        try check(merchants)
        let known = try Merchant.find(codes: merchants.map(\.code), in: tx)
        for (index, new) in merchants.enumerated() where known[new.code] != nil {
            throw Refused.exists(field: "/merchants/\(index)/code", code: new.code)
        }
        let created = merchants.map {
            Merchant(id: tx.id(), code: $0.code, name: $0.name, currency: $0.currency, created: tx.now, catalog: 0)
        }
        try insert(created, in: tx)
        for merchant in created {
            tx.emit(MerchantsEvents.merchantCreated(merchant, occurred: occurred ?? tx.now, actor: actor))
        }
        return created
    }

    private static func check(_ merchants: [NewMerchant]) throws(Refused) {
        for (index, new) in merchants.enumerated() where !isCode(new.code) {
            throw .codeInvalid(field: "/merchants/\(index)/code", code: new.code)
        }
        for (index, new) in merchants.enumerated() where !(1...200).contains(new.name.count) {
            throw .nameInvalid(field: "/merchants/\(index)/name")
        }
        var seen: Set<String> = []
        for (index, new) in merchants.enumerated() where !seen.insert(new.code).inserted {
            throw .codeRepeated(field: "/merchants/\(index)/code", code: new.code)
        }
    }

    private static func isCode(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95 }
    }

    private static func insert(_ merchants: [Merchant], in tx: Transaction) throws {
        var rows = Rows(["id": .int, "code": .text, "name": .text, "currency": .text, "created": .int])
        for merchant in merchants {
            rows.add(merchant.id, merchant.code, merchant.name, merchant.currency, merchant.created)
        }
        try tx.run("INSERT INTO merchant (id, code, name, currency, created_at) \(rows: rows)")
    }
}

extension CreateMerchants.Refused {
    package var code: String {
        switch self {
        case .codeInvalid: "merchants.code_invalid"
        case .nameInvalid: "merchants.name_invalid"
        case .codeRepeated: "merchants.code_repeated"
        case .exists: "merchants.merchant_exists"
        }
    }

    package var message: String {
        switch self {
        case .codeInvalid(_, let code): "'\(code)' is not a merchant code of 1 to 40 characters of a-z, 0-9, '-' and '_'."
        case .nameInvalid: "A merchant's name has 1 to 200 characters."
        case .codeRepeated(_, let code): "The code '\(code)' stands in the request twice."
        case .exists(_, let code): "There is a merchant with the code '\(code)' already."
        }
    }

    package var kind: RefusalKind {
        if case .exists = self { .conflict } else { .invalid }
    }

    package var field: String? {
        switch self {
        case .codeInvalid(let field, _), .nameInvalid(let field), .codeRepeated(let field, _), .exists(let field, _): field
        }
    }
}
