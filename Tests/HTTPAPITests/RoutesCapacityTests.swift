import Kernel
import Testing

@testable import HTTPAPI

@Suite struct RoutesCapacityTests {
    @Test func `what a site does is stated, booked and read`() async throws {
        try await withNetwork { network, client in
            let chief = client.with(key: network.tokens.operator), path = "/v1/sites/\(network.sites[0])/capacities"
            let shift: JSON = ["process": "pick", "weekday": 1, "opens": "08:00", "closes": "18:00", "units": 100]
            let stated = try await chief.call("PUT", path, ["capacities": [shift]], expecting: 200)
            #expect(stated.list("over").isEmpty)
            let read = try await chief.call("GET", path, expecting: 200)
            #expect(read.list("capacities") == [shift])
            let twice = try await chief.call("PUT", path, ["capacities": [shift, shift]], expecting: 422)
            #expect(try twice.text("code") == "facilities.shift_invalid")
            let nobody: JSON = ["process": "departure", "weekday": 1, "opens": "08:00", "units": 1]
            let lone = try await chief.call("PUT", path, ["capacities": [nobody]], expecting: 422)
            #expect(try lone.text("code") == "facilities.shift_invalid")
        }
    }
}
