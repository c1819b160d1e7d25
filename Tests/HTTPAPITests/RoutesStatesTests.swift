import Kernel
import Store
import Testing
import Transport

@testable import HTTPAPI

/// Every action of a state machine, called in every state: what the table of transitions allows is done, all else is refused
/// by name.
@Suite struct RoutesStatesTests {
    private static let actions: [(path: String, target: TripState)] = [
        ("loadings", .loading), ("departure", .departed), ("cancellation", .cancelled), ("arrival", .arrived),
        ("reconciliation", .reconciled),
    ]
    /// The actions that bring a planned trip to a state.
    private static let ways: [TripState: [String]] = [
        .planned: [], .loading: ["loadings"], .departed: ["loadings", "departure"],
        .arrived: ["loadings", "departure", "arrival"],
        .reconciled: ["loadings", "departure", "arrival", "reconciliation"], .cancelled: ["cancellation"],
    ]

    @Test func `a trip does what its state allows and refuses the rest by name`() async throws {
        try await withNetwork { network, client in
            let chief = client.with(key: network.tokens.operator)
            _ = try await chief.call("POST", "/v1/trips", ["until": .string("\(Instant.wallClock + .days(50))")], expecting: 200)
            var free = try await chief.call("GET", "/v1/trips?state=planned&limit=50", expecting: 200).list("items")
            for state in TripState.allCases {
                for (path, target) in Self.actions {
                    let trip = try free.removeLast().text("id")
                    for step in try #require(Self.ways[state]) {
                        _ = try await act(step, on: trip, chief, network, expecting: 200)
                    }
                    let isMore = state == .loading && target == .loading
                    let isAllowed = isMore || TripState.transitions[state]?.contains(target) ?? false
                    // What is loaded has to be taken off before a trip can be cancelled.
                    let isDone = isAllowed && !(state == .loading && target == .cancelled)
                    let reply = try await act(path, on: trip, chief, network, expecting: isDone ? 200 : 409)
                    let codes: Set<JSON> = isDone ? [] : isAllowed ? ["trip.loaded"] : ["trip.wrong_state"]
                    #expect(isDone || codes.contains(reply["code"] ?? .null), "\(path) in \(state): \(reply.text)")
                    let stands = try await chief.call("GET", "/v1/trips/\(trip)", expecting: 200)
                    #expect(stands["state"] == .string((isDone ? target : state).rawValue), "\(path) in \(state)")
                }
            }
        }
    }

    private func act(
        _ path: String, on trip: String, _ chief: PlainClient, _ network: RoutesNetwork, expecting status: Int
    ) async throws -> JSON {
        var body: JSON = [:]
        if path == "loadings" {
            let opened: JSON = ["site": .id(network.sites[0]), "lane": .string(try await network.lane())]
            let bag = try await chief.call("POST", "/v1/bags", opened, expecting: 201).text("id")
            _ = try await chief.call("POST", "/v1/bags/\(bag)/closures", ["weight_g": 300], expecting: 200)
            body = ["units": [.string(bag)]]
        }
        return try await chief.call("POST", "/v1/trips/\(trip)/\(path)", body, expecting: status)
    }
}
