import Foundation
import Kernel

/// How a shop is spoken to, read from a file that anyone can write; docs in `Benchmarks/Oversell/README.md`.
///
/// Texts may hold `${name}`: what a step kept, `${units}`, `${run}`, `${round}`, `${buyer}`, or `${env:NAME}` of the
/// environment.
struct ShopAdapter: Decodable, Sendable {
    struct Step: Decodable, Sendable {
        var method: String
        var path: String
        var headers: [String: String]?
        var body: JSONText?
        /// The statuses with which it has worked; any from 200 to 299 unless said.
        var expect: [Int]?
        /// What is kept of the answer for later steps: name → pointer into its JSON.
        var keep: [String: String]?
    }

    /// Something that a buyer may ask for, and how the answer is read.
    struct Purchase: Decodable, Sendable {
        var name: String
        /// Units that the buyer has when it is confirmed.
        var units: Int
        var request: Step
        /// Statuses that confirm; 200 to 299 unless said.
        var confirmed: [Int]?
        /// What the answer's JSON must hold besides to be a confirmation: pointer → value.
        var holds: [String: JSONText]?
        /// Statuses that are a clear no; any from 400 to 499 unless said. What is neither is a failure.
        var refused: [Int]?
        /// Where the order's own id stands: the same id twice is one order. Every confirmation is an order unless said.
        var order: String?
        /// How often each buyer sends it at the same time; once unless said.
        var times: Int?
    }

    struct Remaining: Decodable, Sendable {
        var request: Step
        /// Where the number of units stands that the shop says are left.
        var units: String
    }

    var name: String
    var base: String
    var headers: [String: String]?
    /// Units for sale in each round.
    var units: Int
    /// Buyers in each round.
    var buyers: Int
    /// How many of them are at it at once.
    var atOnce: Int
    var rounds: Int?
    /// What happens before each round; a name that was kept stays known.
    var setup: [Step]
    /// Buyers take turns through these.
    var purchases: [Purchase]
    var remaining: Remaining?

    static func read(_ path: String) throws -> ShopAdapter {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw InvalidInput(field: "/paths", "There is no adapter at \(path).")
        }
        let adapter: ShopAdapter
        do {
            adapter = try JSONDecoder().decode(ShopAdapter.self, from: data)
        } catch {
            throw InvalidInput(field: "/paths", "\(path) is no adapter: \(error).")
        }
        guard adapter.units > 0, adapter.buyers > 0, adapter.atOnce > 0, !adapter.purchases.isEmpty,
            adapter.purchases.allSatisfy({ $0.units > 0 && ($0.times ?? 1) > 0 })
        else { throw InvalidInput(field: "/paths", "\(path): units, buyers, atOnce, times are above 0, and purchases not empty.") }
        return adapter
    }
}

/// Any JSON, kept as its text.
struct JSONText: Decodable, Sendable {
    let text: String

    init(from decoder: any Decoder) throws { text = try Self.read(decoder).text }

    private static func read(_ decoder: any Decoder) throws -> JSON {
        if let keyed = try? decoder.container(keyedBy: Name.self) {
            return .object(
                try Dictionary(uniqueKeysWithValues: keyed.allKeys.map { ($0.stringValue, try read(keyed.superDecoder(forKey: $0))) }))
        }
        if var list = try? decoder.unkeyedContainer() {
            var items: [JSON] = []
            while !list.isAtEnd { items.append(try read(list.superDecoder())) }
            return .array(items)
        }
        let one = try decoder.singleValueContainer()
        if one.decodeNil() { return .null }
        if let value = try? one.decode(Bool.self) { return .bool(value) }
        if let value = try? one.decode(Int64.self) { return .int(value) }
        return .string(try one.decode(String.self))
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension JSON {
    /// The value a pointer like `/items/0/id` leads to; nil where there is none.
    func at(_ pointer: String) -> JSON? {
        pointer.split(separator: "/").reduce(Optional(self)) { found, part in
            if let list = found?.array { return Int(part).flatMap { list.indices.contains($0) ? list[$0] : nil } }
            return found?[String(part)]
        }
    }

    /// A string as it is, anything else as JSON.
    var plain: String { string ?? text }
}
