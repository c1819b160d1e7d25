import Kernel
import Testing

@testable import HTTPAPI

/// Reports of carriers, which come late, twice and in any order.
@Suite struct RoutesTrackingTests {
    @Test(arguments: [
        (["lost", "delivered"], "delivered"), (["lost", "return_to_origin", "returned"], "returned"),
        (["return_to_origin", "lost", "returned"], "returned"), (["lost", "return_to_origin", "lost", "delivered"], "delivered"),
        (["attempted", "return_to_origin", "delivered"], "delivered"), (["delivered", "lost"], "delivered"),
    ])
    func `a parcel that turns up again is counted once`(_ codes: [String], _ state: String) async throws {
        try await withNetwork { network, client in
            var walk = RoutesWalk(network, client)
            try await walk.openStock()
            try await walk.place("T-1")
            try await walk.pack()
            try await walk.weighAndLabel()
            try await walk.handOver()
            let updates = codes.enumerated().map { index, code -> JSON in
                let at = Instant.wallClock - .minutes(30 - index)
                return ["number": .string(walk.number), "code": .string(code), "at": .string("\(at)")]
            }
            _ = try await walk.carrier.call("POST", "/v1/tracking-updates", ["updates": .array(updates)], expecting: 200)
            let order = try await walk.merchant.call("GET", "/v1/orders/\(walk.order)", expecting: 200)
            #expect(order["state"]?.string == state)
            #expect(order.list("lines").first?.list("components").first?[state] == 1)
        }
    }
}
