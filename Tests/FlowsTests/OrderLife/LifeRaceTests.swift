import Flows
import Kernel
import Orders
import Rehearsal
import Store
import TestGround
import Testing
import Views

/// Those who change one order at the same moment, on every node that the engine can have.
@Suite("One order changed by many at once")
struct LifeRaceTests {
    @Test("of those who saw one version one wins, and the books hold", arguments: EngineKind.shared, [1, 2, 3])
    func oneWinner(kind: EngineKind, round: Int) async throws {
        try await withDatabase(kind) { (database: TestDatabase) async throws in
            let race = try Self.prepared(database)
            let nodes = try (0..<(kind == .postgres ? 2 : 1)).map { _ in try database.store(migrations: Assembly.migrations) }
            defer { for node in nodes { node.close() } }
            let done = await withTaskGroup(of: Done.self) { group in
                for (at, edit) in race.edits.enumerated() {
                    group.addTask { await Self.ask(edit, nodes[at % nodes.count]) == nil ? .nothing : .edit }
                }
                for (at, version) in race.versions.enumerated() {
                    group.addTask {
                        let answer = await Self.ask(version, nodes[at % nodes.count])
                        return answer.map { $0.outcome == .superseded ? .nothing : .version(Int64(at + 1)) } ?? .nothing
                    }
                }
                group.addTask { _ = await Self.ask(race.wave, nodes[0]); return .nothing }
                group.addTask { _ = await Self.ask(race.hold, nodes[nodes.count - 1]); return .nothing }
                if round == 3 { group.addTask { _ = await Self.ask(race.cancel, nodes[nodes.count - 1]); return .nothing } }
                return await group.reduce(into: [Done]()) { $0.append($1) }
            }
            #expect(done.filter { $0 == .edit }.count <= 1)
            let node = nodes[0], order = race.order
            #expect(try AuditRun.run(read: { try node.readBlocking($0) }).broken.map(\.sentence) == [])
            #expect(try node.readBlocking { try StageCounts.compare(in: $0) } == [])
            let end = try node.readBlocking { try OrderDetails.find(order, .network, in: $0) }
            let told = done.compactMap { if case .version(let version) = $0 { version } else { nil } }
            #expect(end.channelVersion == told.max(), "the newest that was taken stands")
        }
    }

    private enum Done: Equatable {
        case nothing
        case edit
        case version(Int64)
    }

    private struct Race: Sendable {
        let order: OrderID
        let edits: [EditOrder]
        let versions: [RecordVersion]
        let wave: ReleaseWave
        let hold: HoldOrder
        let cancel: CancelOrder
    }

    private static func prepared(_ database: TestDatabase) throws -> Race {
        let ground = try CommitmentGround(database, stock: [20, 4], other: [9, 0])
        let placed = ground.order("R-1", [("A", 2), ("B", 1)], way: .record)
        let order = try ground.stepper.perform(placed).order
        let versions = (1...8).map { version in
            var request = placed.request
            request.lines = [CommitmentGround.line("A", Int64(version)), CommitmentGround.line("B", 1)]
            return RecordVersion(request, version: Int64(version), payment: nil, desk: ground.network.desk, actor: "test")
        }
        return Race(
            order: order, edits: (1...6).map { ground.edit(order, [CommitmentGround.line("A", Int64(10 + $0))], seen: 1) },
            versions: versions, wave: ReleaseWave(site: ground.network.sites[0], until: .distantFuture),
            hold: HoldOrder(order, merchant: nil, kind: "test", reason: "test"),
            cancel: CancelOrder(order, merchant: nil, reason: "test", actor: "test"))
    }

    /// Nil where it was refused by name.
    private static func ask<F: Flow>(_ flow: F, _ node: Store) async -> F.Answer? {
        do {
            return try await node.perform(flow)
        } catch {
            #expect(error is any Refusal, "\(error)")
            return nil
        }
    }
}
