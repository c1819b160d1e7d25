import Identity
import Kernel
import Store
import TestGround
import Testing

@Suite struct KeysTests {
    /// The text is base 32 of the bytes 0 to 19, the hash that of `printf %s TOKEN | sha256sum`.
    @Test func `a token is 32 characters of its bytes, and known by its hash`() {
        let token = APIToken.make { count in (0..<count).map { UInt8($0) } }
        #expect(token.text == "wb_000g40r40m30e209185gr38e1w8124gk")
        #expect(token.hash == "e1fe269a8e74c5fbf8a45021f338c686818369f72cf8d6ed3d66a042b0301d1b")
        #expect(!"\(token) \(String(reflecting: token))".contains("000g"))
    }

    @Test func `no two tokens of the system's source are the same`() {
        let tokens = (0..<200).map { _ in APIToken.make(Vault.systemRandom).text }
        #expect(Set(tokens).count == 200)
        #expect(tokens.allSatisfy { $0.count == 35 })
    }

    @Test(arguments: EngineKind.all)
    func `a key is found by the hash of its token, and listed for its holder`(_ kind: EngineKind) throws {
        try withIdentity(kind) { stepper in
            let holders: [KeyHolder] = [.operator, .merchant(MerchantID(7)), .merchant(MerchantID(8)), .site(SiteID(7))]
            let keys = try holders.enumerated().map { index, holder in
                try stepper.perform(InPlace { tx in
                    try CreateKey.run(name: "key \(index)", holder: holder, token: APIToken("wb_\(index)"), in: tx)
                })
            }
            let (found, none, all, some) = try stepper.read { tx in
                (
                    try Keys.find(APIToken("wb_1").hash, in: tx), try Keys.find(APIToken("wb_9").hash, in: tx),
                    try Keys.list(limit: 9, in: tx), try Keys.list(of: .merchant(MerchantID(7)), limit: 9, in: tx)
                )
            }
            #expect(found == keys[1])
            #expect(none == nil)
            #expect(all == keys)
            #expect(some == [keys[1]])
            #expect(found?.role == .merchant)
        }
    }

    @Test(arguments: EngineKind.all)
    func `a key opens nothing from its expiry or its revocation on`(_ kind: EngineKind) throws {
        try withIdentity(kind) { stepper in
            let expires = Instant.testStart + .hours(1)
            let made = try stepper.perform(InPlace { tx in
                try CreateKey.run(name: "till", holder: .operator, token: APIToken("wb_a"), expires: expires, in: tx)
            })
            #expect(made.isValid(at: expires - .seconds(1)))
            #expect(!made.isValid(at: expires))
            for _ in 1...2 { try stepper.perform(InPlace { tx in try RevokeKeys.run([made.id], in: tx) }) }
            let (revoked, events) = try stepper.read { tx in
                (try Keys.find(APIToken("wb_a").hash, in: tx), try EventLog.history(of: made.id.description, in: tx))
            }
            #expect(revoked?.isValid(at: .testStart) == false)
            #expect(events.map(\.type) == [IdentityEvents.keyCreated, IdentityEvents.keyRevoked])
        }
    }

    @Test func `a key is refused by the first rule it breaks`() throws {
        try withIdentity(.sqliteMemory) { stepper in
            func create(_ name: String, expires: Instant) throws -> KeyRecord {
                try stepper.perform(InPlace { tx in
                    try CreateKey.run(name: name, holder: .operator, token: APIToken("x"), expires: expires, in: tx)
                })
            }
            #expect(throws: CreateKey.Refused.nameInvalid) { try create("", expires: .testStart) }
            #expect(throws: CreateKey.Refused.expired(.testStart)) { try create("x", expires: .testStart) }
            #expect(throws: NotFound("key", KeyID(9))) {
                try stepper.perform(InPlace { tx in try RevokeKeys.run([KeyID(9)], in: tx) })
            }
        }
    }
}
