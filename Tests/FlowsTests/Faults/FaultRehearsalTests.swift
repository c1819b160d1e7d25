import Foundation
import TestGround
import Testing

/// The order desk under everything that may befall it. A failure names its seed: add it to `found`.
///
/// WAYBILL_FAULT_COMMANDS (200) is how many commands run on files, a third as many on a server; WAYBILL_FAULT_SEED (1) is
/// where the seeds begin.
@Suite("Faults")
struct FaultRehearsalTests {
    /// Commands of one database.
    static let episode = 1000
    static let commands = Int(ProcessInfo.processInfo.environment["WAYBILL_FAULT_COMMANDS"] ?? "") ?? 200
    static let first = UInt64(ProcessInfo.processInfo.environment["WAYBILL_FAULT_SEED"] ?? "") ?? 1
    /// Seeds that once found a bug.
    static let found: [UInt64] = []

    static func seeds(_ commands: Int) -> [UInt64] {
        found + (0..<UInt64(max(1, commands / episode))).map { first + $0 }
    }

    @Test("nothing acknowledged is lost or done twice, whatever befalls the file", arguments: seeds(commands))
    func file(seed: UInt64) throws {
        let place = try FaultFile()
        let run = try FaultRun(place, seed: seed)
        try run.run(Self.episode)
        for fault in place.faults { #expect((run.befell[fault] ?? 0) > 0, "\(fault) never befell the desk") }
        try place.remove()
    }

    @Test("nothing acknowledged is lost or done twice on a server that drops connections",
        arguments: EngineKind.servers, seeds(commands / 3))
    func server(kind: EngineKind, seed: UInt64) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let place = try FaultServer(url: try #require(database.url))
            defer { place.remove() }
            try FaultRun(place, seed: seed).run(Self.episode)
        }
    }
}
