import ArgumentParser
import Foundation
import Kernel

/// Races buyers against a shop and counts what it confirms against what it has.
///
/// The shop is a black box behind HTTP; only its answers count. Prints an object a round and the verdict last; fails
/// where more was confirmed than there was.
enum OversellBench {
    static func run(paths: [String]) async throws {
        guard paths.count == 1 else {
            throw InvalidInput(
                field: "/paths", "Name one adapter, as Benchmarks/Oversell/waybill.json; make bench-oversell starts the shops.")
        }
        let adapter = try ShopAdapter.read(paths[0])
        let tally = try await race(adapter)
        print(tally.line(["shop": .string(try ShopClient.filled(adapter.name, [:])), "verdict": .string(tally.verdict.rawValue)]).text)
        if tally.verdict == .oversells { throw ExitCode(1) }
    }

    private static func race(_ adapter: ShopAdapter) async throws -> OversellTally {
        let client = ShopClient(adapter), run = String(UInt32.random(in: 1 << 24 ... .max), radix: 36)
        var all = OversellTally(), names = ["run": run]
        for round in 1...(adapter.rounds ?? 1) {
            names["round"] = String(round)
            names["units"] = String(adapter.units)
            for step in adapter.setup { try await prepare(step, client, &names) }
            let tally = try await OversellRound(adapter: adapter, client: client, names: names).run()
            print(tally.line(["round": .int(Int64(round))]).text)
            all.add(tally)
        }
        return all
    }

    private static func prepare(_ step: ShopAdapter.Step, _ client: ShopClient, _ names: inout [String: String]) async throws {
        let reply = try await client.send(step, names)
        guard step.expect?.contains(reply.status) ?? (200...299).contains(reply.status) else {
            throw InvalidInput(field: "/setup", "\(step.method) \(step.path) answers \(reply.status): \(reply.text.prefix(300))")
        }
        for (name, pointer) in step.keep ?? [:] {
            guard let value = reply.json.at(pointer) else {
                let answer = "\(step.method) \(step.path) answers nothing at \(pointer): \(reply.text.prefix(300))"
                throw InvalidInput(field: "/setup", answer)
            }
            names[name] = value.plain
        }
    }
}

/// One round: all buyers once, so many at once, each asking for what its turn says.
struct OversellRound: Sendable {
    let adapter: ShopAdapter
    let client: ShopClient
    let names: [String: String]

    /// What one request came to.
    enum Outcome: Sendable, Equatable {
        case confirmed(order: String, units: Int)
        case refused
        case failed(String)
    }

    func run() async throws -> OversellTally {
        let start = ContinuousClock.now
        var answers: [(Outcome, Duration)] = []
        await withTaskGroup(of: [(Outcome, Duration)].self) { group in
            for buyer in 0..<adapter.buyers {
                if buyer >= adapter.atOnce, let done = await group.next() { answers += done }
                group.addTask { await buy(buyer) }
            }
            for await done in group { answers += done }
        }
        var tally = OversellTally(units: adapter.units, answers, in: ContinuousClock.now - start)
        if let remaining = adapter.remaining {
            let reply = try await client.send(remaining.request, names)
            tally.remaining = reply.json.at(remaining.units)?.plain
        }
        return tally
    }

    /// A buyer's requests, all at the same time.
    private func buy(_ buyer: Int) async -> [(Outcome, Duration)] {
        let purchase = adapter.purchases[buyer % adapter.purchases.count]
        return await withTaskGroup(of: (Outcome, Duration).self) { group in
            for attempt in 0..<(purchase.times ?? 1) { group.addTask { await ask(purchase, buyer, attempt) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func ask(_ purchase: ShopAdapter.Purchase, _ buyer: Int, _ attempt: Int) async -> (Outcome, Duration) {
        let own = names.merging(["buyer": String(buyer)]) { _, new in new }, start = ContinuousClock.now
        do {
            let reply = try await client.send(purchase.request, own)
            return (purchase.outcome(reply, unless: "\(buyer)-\(attempt)"), ContinuousClock.now - start)
        } catch {
            return (.failed("\(error)"), ContinuousClock.now - start)
        }
    }
}

extension ShopAdapter.Purchase {
    /// - Parameter own: stands for the order's id where the adapter names none.
    func outcome(_ reply: ShopClient.Reply, unless own: String) -> OversellRound.Outcome {
        let held = (holds ?? [:]).allSatisfy { reply.json.at($0.key)?.text == $0.value.text }
        if confirmed?.contains(reply.status) ?? (200...299).contains(reply.status) {
            guard held else { return .refused }
            return .confirmed(order: order.flatMap { reply.json.at($0)?.plain } ?? own, units: units)
        }
        if refused?.contains(reply.status) ?? (400...499).contains(reply.status) { return .refused }
        return .failed("\(reply.status) \(reply.text.prefix(200))")
    }
}
