import Kernel
import Store
import Testing

@testable import HTTPAPI

/// A thing under test: its id under `id`, and what its actions need besides.
typealias Thing = [String: String]

/// One action of the API on a kind of thing.
struct StateAction: Sendable {
    let name: String
    /// Where it takes the thing; nil where no state of the thing follows from it.
    let to: String?
    /// States in which it is done although the table has no such way: it is answered again, or moves something else.
    let done: Set<String>
    /// States in which it is refused although the table has the way: another action takes it.
    let barred: Set<String>
    /// Happens by itself or to a whole site: brings a thing on, and is not tried where it does not belong.
    let isStep: Bool
    /// Nil where there is nothing to try it with.
    let act: @Sendable (StateWorld, Thing) async throws -> Reply?

    init(
        _ name: String, to: String? = nil, done: Set<String> = [], barred: Set<String> = [],
        _ act: @escaping @Sendable (StateWorld, Thing) async throws -> Reply?
    ) {
        (self.name, self.to, self.done, self.barred, isStep) = (name, to, done, barred, false)
        self.act = act
    }

    private init(
        step name: String, to: String, barred: Set<String>, _ act: @escaping @Sendable (StateWorld, Thing) async throws -> Void
    ) {
        (self.name, self.to, done, self.barred, isStep) = (name, to, [], barred, true)
        self.act = { world, thing in
            try await act(world, thing)
            return nil
        }
    }

    static func step(
        _ name: String, to: String, barred: Set<String> = [], _ act: @escaping @Sendable (StateWorld, Thing) async throws -> Void
    ) -> StateAction { StateAction(step: name, to: to, barred: barred, act) }
}

/// A kind of thing with states: its table of transitions, how one is made, and what the API does to it.
struct StateMachine: Sendable, CustomTestStringConvertible {
    let name: String
    let table: String
    let key: String
    /// How its row tells its state.
    let state: SQL
    let states: Set<String>
    let transitions: [String: Set<String>]
    let initial: String
    /// States that no action of the API leads to.
    let unreached: Set<String>
    let make: @Sendable (StateWorld) async throws -> Thing
    let actions: [StateAction]

    init<S: RawRepresentable<String> & CaseIterable & Hashable>(
        _ name: String, table: String, key: String = "id", state: SQL = "state", _ transitions: [S: Set<S>], from initial: S,
        unreached: Set<S> = [],
        make: @escaping @Sendable (StateWorld) async throws -> Thing, _ actions: [StateAction]
    ) {
        (self.name, self.table, self.key, self.state, self.make, self.actions) = (name, table, key, state, make, actions)
        states = Set(S.allCases.map(\.rawValue))
        self.transitions = Dictionary(uniqueKeysWithValues: transitions.map { ($0.key.rawValue, Set($0.value.map(\.rawValue))) })
        (self.initial, self.unreached) = (initial.rawValue, Set(unreached.map(\.rawValue)))
    }

    var testDescription: String { name }

    func leads(_ action: StateAction, from state: String) -> Bool {
        guard let to = action.to, !action.barred.contains(state) else { return false }
        return transitions[state]?.contains(to) ?? false
    }

    /// The shortest way of actions to every state that can be reached.
    var ways: [String: [StateAction]] {
        var found: [String: [StateAction]] = [initial: []], next = [initial]
        while !next.isEmpty {
            let state = next.removeFirst()
            for action in actions where leads(action, from: state) {
                guard let to = action.to, found[to] == nil else { continue }
                found[to] = (found[state] ?? []) + [action]
                next.append(to)
            }
        }
        return found
    }
}
