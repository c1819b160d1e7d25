import Testing

@testable import HTTPAPI

/// Every action of the API on every kind of thing with states, tried in every state it can be in. What the table of
/// transitions allows is done; all else is refused by name and changes nothing in any table.
@Suite struct RoutesStatesTests {
    @Test(arguments: StateMachines.all) func `what its states do not allow is refused by name`(_ machine: StateMachine) async throws {
        try await withNetwork { network, client in
            let world = try await StateWorld(network, client)
            let ways = machine.ways
            #expect(machine.states.subtracting(ways.keys) == machine.unreached)
            for (state, way) in ways.sorted(by: { $0.key < $1.key }) {
                for action in machine.actions where !action.isStep {
                    try await Self.walk(machine, state, way, action, world)
                }
            }
        }
    }

    private static func walk(
        _ machine: StateMachine, _ state: String, _ way: [StateAction], _ action: StateAction, _ world: StateWorld
    ) async throws {
        let place = "\(machine.name): \(action.name) in \(state)"
        let thing = try await machine.make(world)
        for step in way {
            let reply = try await step.act(world, thing)
            #expect(reply.map { $0.status < 300 } ?? true, "\(place), on the way \(step.name): \(reply?.body ?? "")")
            let now = try await world.state(of: thing, machine)
            guard now == step.to else { return #expect(now == step.to, "\(place), on the way \(step.name)") }
        }
        let before = try await world.everything()
        guard let reply = try await action.act(world, thing) else { return }
        let now = try await world.state(of: thing, machine)
        if machine.leads(action, from: state) {
            #expect(reply.status < 300 && now == action.to, "\(place): \(now), \(reply.status) \(reply.body)")
        } else if action.done.contains(state) {
            #expect(reply.status < 300, "\(place): \(reply.status) \(reply.body)")
        } else {
            #expect([409, 422].contains(reply.status), "\(place): \(reply.status) \(reply.body)")
            #expect(reply.code?.contains(".") ?? false && reply.code != "input.invalid", "\(place): \(reply.body)")
            let after = try await world.everything()
            let changed = after.filter { before[$0.key] != $0.value }.keys.sorted()
            #expect(changed.isEmpty, "\(place) was refused and changed \(changed)")
        }
    }
}
