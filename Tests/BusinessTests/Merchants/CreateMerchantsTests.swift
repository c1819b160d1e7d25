import Kernel
import Merchants
import Store
import TestGround
import Testing

@Suite struct CreateMerchantsTests {
    private static func new(_ code: String, name: String = "Luma") -> NewMerchant {
        NewMerchant(code: code, name: name, currency: euro)
    }

    @Test(arguments: EngineKind.all)
    func `merchants are found by id and by code, and listed in pages`(_ kind: EngineKind) throws {
        try withStepper(kind, migrations: MerchantsSchema.migrations) { stepper in
            let made = try stepper.perform(InPlace { tx in
                try CreateMerchants.run([Self.new("b"), Self.new("a"), Self.new("c")], in: tx)
            })
            let (found, byCode, pages) = try stepper.read { tx in
                let first = try Merchant.list(limit: 2, in: tx)
                return (
                    try Merchant.find(made.map(\.id), in: tx), try Merchant.find(codes: ["a", "z"], in: tx),
                    [first, try Merchant.list(after: first.last?.id, limit: 2, in: tx)]
                )
            }
            #expect(found.count == 3)
            #expect(byCode == ["a": made[1]])
            #expect(pages.map { $0.map(\.code) } == [["b", "a"], ["c"]])
            #expect(try stepper.events(of: made[0].id) == [MerchantsEvents.merchantCreated])
        }
    }

    /// In the order of the checks: each request is refused by its own rule and every later one.
    @Test(arguments: [
        ([new("Not A Code"), new("x", name: "")], "merchants.code_invalid", "/merchants/0/code"),
        ([new("x", name: ""), new("luma"), new("luma")], "merchants.name_invalid", "/merchants/0/name"),
        ([new("luma"), new("luma")], "merchants.code_repeated", "/merchants/1/code"),
        ([new("new"), new("luma")], "merchants.merchant_exists", "/merchants/1/code"),
    ])
    func `a merchant is refused by the first rule it breaks`(
        _ request: [NewMerchant], code: String, field: String
    ) throws {
        try withCatalog(.sqliteMemory) { stepper, _ in
            let answer = stepper.perform([InPlace { tx in try CreateMerchants.run(request, in: tx) }])[0]
            let refusal = try #require(answer.refusal)
            #expect(refusal.code == code)
            #expect(refusal.field == field)
            #expect(try stepper.read { tx in try Merchant.list(limit: 9, in: tx) }.count == 1)
        }
    }
}
