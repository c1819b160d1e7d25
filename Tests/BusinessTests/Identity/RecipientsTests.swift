import Identity
import Kernel
import Store
import TestGround
import Testing

@Suite struct RecipientsTests {
    private static let (luma, nori) = (MerchantID(1), MerchantID(2))

    @Test(arguments: EngineKind.all)
    func `people are opened as they were added, and nothing of them is readable in the rows`(_ kind: EngineKind) throws {
        try withIdentity(kind) { stepper in
            let vault = try Vault.seeded(1)
            let people = [(Self.luma, Person.ana), (Self.nori, Person.ben), (Self.luma, Person.ben)]
            let ids = try stepper.perform(InPlace { tx in
                try Recipients.add(people.map { (merchant: $0.0, person: $0.1) }, vault, in: tx)
            })
            let opened = try stepper.read { tx in try Recipients.open(ids + [RecipientID(9)], vault, in: tx) }
            #expect(opened == [ids[0]: .ana, ids[1]: .ben, ids[2]: .ben])
            let rows = try stepper.read { tx in
                try tx.query("SELECT sealed, phone_hash, email_hash, address_hash FROM recipient ORDER BY id") {
                    try (sealed: $0.next(String?.self), hashes: [$0.next(Int64?.self), $0.next(), $0.next()])
                }
            }
            #expect(Set(rows[0].hashes).count == 3 && !rows[0].hashes.contains(nil))
            #expect(rows[1].sealed != rows[2].sealed)
            #expect(rows[1].hashes == rows[2].hashes)
            for secret in ["Ana", "912 345", "ana@", "Flores"] { #expect(!"\(rows)".contains(secret)) }
        }
    }

    @Test(arguments: EngineKind.all)
    func `a shopper is found by phone, e-mail or address however they are written`(_ kind: EngineKind) throws {
        try withIdentity(kind) { stepper in
            let vault = try Vault.seeded(1)
            let none = try stepper.read { tx in try Recipients.find(phone: "+351912345678", vault, in: tx) }
            #expect(none.isEmpty)
            let ids = try stepper.perform(InPlace { tx in
                try Recipients.add([(Self.luma, .ana), (Self.nori, .ana), (Self.luma, .ben)], vault, in: tx)
            })
            var typed = Person.ana
            typed.street = ["RUA DAS FLORES, 1 3.º", "esq"]
            let found = try stepper.read { [typed] tx in
                [
                    try Recipients.find(phone: "00351 (912) 345-678", vault, in: tx),
                    try Recipients.find(email: " ANA@Example.com", vault, in: tx),
                    try Recipients.find(addressOf: typed, vault, in: tx),
                    try Recipients.find(phone: "+351912345678", of: Self.nori, vault, in: tx),
                    try Recipients.find(phone: "no digits", vault, in: tx),
                ]
            }
            #expect(found == [[ids[1], ids[0]], [ids[1], ids[0]], [ids[1], ids[0]], [ids[1]], []])
        }
    }

    @Test(arguments: EngineKind.all)
    func `a forgotten person is neither opened nor found, and stays forgotten`(_ kind: EngineKind) throws {
        try withIdentity(kind) { stepper in
            let vault = try Vault.seeded(1)
            let ids = try stepper.perform(InPlace { tx in
                try Recipients.add([(Self.luma, .ana), (Self.luma, .ben)], vault, in: tx)
            })
            func forget() throws -> Int {
                try stepper.perform(InPlace { tx in try Recipients.forget([ids[0]], in: tx) })
            }
            #expect(try forget() == 1)
            #expect(try forget() == 0)
            try stepper.perform(InPlace { tx in try Recipients.change([ids[0]: .ana, ids[1]: .ana], vault, in: tx) })
            let (opened, found, events) = try stepper.read { tx in
                (
                    try Recipients.open(ids, vault, in: tx), try Recipients.find(email: "ana@example.com", vault, in: tx),
                    try EventLog.history(of: ids[0].description, in: tx)
                )
            }
            #expect(opened == [ids[1]: .ana])
            #expect(found == [ids[1]])
            #expect(events.map(\.type) == [IdentityEvents.recipientForgotten])
        }
    }

    @Test(arguments: EngineKind.all)
    func `after a new master key has wrapped all keys the earlier one is not needed`(_ kind: EngineKind) throws {
        try withIdentity(kind) { stepper in
            let old = try MasterKey(id: "2025", bytes: [UInt8](repeating: 1, count: 32))
            let new = try MasterKey(id: "2026", bytes: [UInt8](repeating: 2, count: 32))
            let before = Vault(old), both = Vault(new, earlier: [old]), after = Vault(new)
            let ids = try stepper.perform(InPlace { tx in
                try Recipients.add([(Self.luma, .ana), (Self.nori, .ben)], before, in: tx)
            })
            #expect(throws: StoreError.self) { try stepper.read { tx in try Recipients.open(ids, after, in: tx) } }
            // Two merchants' keys and the operator's.
            #expect(try stepper.perform(InPlace { tx in try Recipients.rewrap(both, in: tx) }) == 3)
            #expect(try stepper.perform(InPlace { tx in try Recipients.rewrap(both, in: tx) }) == 0)
            let (opened, found) = try stepper.read { tx in
                (try Recipients.open(ids, after, in: tx), try Recipients.find(phone: Person.ana.phone, after, in: tx))
            }
            #expect(opened == [ids[0]: .ana, ids[1]: .ben])
            #expect(found == [ids[0]])
        }
    }

    @Test func `what is sealed opens in its own row only`() throws {
        try withIdentity(.sqliteMemory) { stepper in
            let vault = try Vault.seeded(1)
            let ids = try stepper.perform(InPlace { tx in
                let ids = try Recipients.add([(Self.luma, .ana), (Self.luma, .ben)], vault, in: tx)
                let sealed = try tx.value("SELECT sealed FROM recipient WHERE id = \(ids[0])", as: String.self)
                try tx.run("UPDATE recipient SET sealed = \(sealed) WHERE id = \(ids[1])", expecting: 1)
                return ids
            })
            #expect(throws: StoreError.self) { try stepper.read { tx in try Recipients.open([ids[1]], vault, in: tx) } }
        }
    }

    @Test func `one seed seals to the same bytes, another to others`() throws {
        func sealed(_ seed: UInt64) throws -> [String] {
            try withIdentity(.sqliteMemory) { stepper in
                let vault = try Vault.seeded(seed)
                return try stepper.perform(InPlace { tx in
                    _ = try Recipients.add([(Self.luma, .ana)], vault, in: tx)
                    return try tx.values("SELECT sealed FROM recipient ORDER BY id", as: String.self)
                })
            }
        }
        #expect(try sealed(1) == sealed(1))
        #expect(try sealed(1) != sealed(2))
    }
}
