import Kernel
import Store
import TestGround
import Testing

@testable import Flows

/// Who did what, whatever a flow says of it.
@Suite struct ActedTests {
    private struct Says: Flow {
        let actors: [String]

        func run(in tx: Transaction) throws {
            for (index, actor) in actors.enumerated() {
                tx.emit(NewEvent("thing.done", key: "thing-\(index)", occurred: tx.now, actor: actor))
            }
        }
    }

    private static func log(_ stepper: Stepper) throws -> [String] {
        // Not as a follower reads it: what other transactions of the server hold back does not matter here.
        try stepper.read { tx in
            try tx.query("SELECT type, key, actor FROM event ORDER BY seq") {
                try "\($0.next(String.self)) \($0.next(String.self)) \($0.next(String.self))"
            }
        }
    }

    @Test(
        "an act bears the name of who did it, those that name somebody keep theirs, and a silent one is told",
        arguments: EngineKind.all)
    func acts(_ kind: EngineKind) throws {
        try withStepper(kind) { stepper in
            try stepper.perform(Acted(Says(actors: ["system", "key_1"]), by: "acc_1"))
            try stepper.perform(Acted(Says(actors: []), by: "acc_2"))
            try stepper.perform(Says(actors: ["system"]))
            #expect(
                try Self.log(stepper) == [
                    "thing.done thing-0 acc_1", "thing.done thing-1 key_1", "account.acted acc_2 acc_2", "thing.done thing-0 system",
                ])
        }
    }
}
