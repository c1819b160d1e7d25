import Decisions
import Foundation
import Kernel

/// How much of the gap between the myopic rule and a clairvoyant is captured, on a frozen suite whose bounds were computed
/// elsewhere (`bounds.py`) and lie beside it.
///
/// The myopic rule is the same search without a value on what lies there. The clairvoyant knows every order to come; its
/// bound is below what anybody can reach. Seed 1 is the one that was looked at while the method was made.
enum GapBench {
    static let seeds: [UInt64] = [1, 2, 3]
    static let instances = 4
    private static let file = "Benchmarks/Sourcing/bounds.json"

    /// The instances, one JSON object a line, for `bounds.py`.
    static func export() {
        for kind in GapInstance.Kind.allCases {
            for seed in seeds {
                for number in 1...instances { print(GapInstance(kind, seed: seed, number: number).written.text) }
            }
        }
    }

    /// Prints an object for each kind and seed. Answers members for the summary.
    static func run() throws -> [String: JSON] {
        let bounds = try GapBounds(path: file)
        var summary: [String: JSON] = [:]
        for kind in GapInstance.Kind.allCases {
            var all = GapTally()
            for seed in seeds {
                var tally = GapTally()
                for number in 1...instances {
                    tally.add(try measure(GapInstance(kind, seed: seed, number: number), bounds))
                }
                print(tally.line(["kind": .string(kind.rawValue), "seed": .int(Int64(seed))]).text)
                all.add(tally)
                if seed != seeds[0] { summary["\(kind.rawValue)CapturePpmSeed\(seed)"] = .int(tally.capture) }
            }
            summary["\(kind.rawValue)CapturePpm"] = .int(all.capture)
            summary["\(kind.rawValue)LeastCapturePpm"] = .int(all.least)
        }
        return summary
    }

    private static func measure(_ instance: GapInstance, _ bounds: GapBounds) throws -> GapTally {
        let bound = try bounds.bound(of: instance)
        var myopic = GapRun(instance, pricing: false), priced = GapRun(instance, pricing: true)
        myopic.run()
        priced.run()
        return GapTally(myopic: myopic, priced: priced, bound: bound)
    }
}

/// Costs that no plan can go below, by instance.
struct GapBounds {
    private let known: [String: JSON]

    init(path: String) throws {
        guard let data = FileManager.default.contents(atPath: path), let read = try? JSON(String(decoding: data, as: UTF8.self)),
            case .object(let known) = read
        else { throw InvalidInput(field: "/bounds", "There is no list of bounds at \(path): run where the package lies.") }
        self.known = known
    }

    func bound(of instance: GapInstance) throws -> Int64 {
        guard let entry = known[instance.name], entry["digest"]?.string == instance.digest, let bound = entry["bound"]?.int
        else { throw InvalidInput(field: "/bounds", "No bound is known for \(instance.name): run bounds.py again.") }
        return bound
    }
}

struct GapTally {
    private(set) var myopic: Int64 = 0
    private(set) var priced: Int64 = 0
    private(set) var bound: Int64 = 0
    /// The worst instance's share of the gap captured, of a million.
    private(set) var least: Int64 = .max
    private var parcels: Int64 = 0
    private var myopicParcels: Int64 = 0
    private var pricingMs: Int64 = 0
    private var nanos: [Int64] = []

    init() {}

    init(myopic: GapRun, priced: GapRun, bound: Int64) {
        (self.myopic, self.priced, self.bound) = (myopic.cost, priced.cost, bound)
        (parcels, myopicParcels, nanos) = (priced.parcels, myopic.parcels, priced.nanos)
        pricingMs = priced.pricing.micros / 1000
        least = capture
    }

    var capture: Int64 { myopic == bound ? 1_000_000 : (myopic - priced) * 1_000_000 / (myopic - bound) }

    mutating func add(_ other: GapTally) {
        myopic += other.myopic
        priced += other.priced
        bound += other.bound
        least = min(least, other.least)
        parcels += other.parcels
        myopicParcels += other.myopicParcels
        pricingMs += other.pricingMs
        nanos += other.nanos
    }

    func line(_ head: [String: JSON]) -> JSON {
        let sorted = nanos.sorted()
        let members: [String: JSON] = [
            "subject": "sourcing gap", "bound": .int(bound), "cost": .int(priced), "myopicCost": .int(myopic),
            "capturePpm": .int(capture), "leastCapturePpm": .int(least), "gapPpm": .int((myopic - bound) * 1_000_000 / bound),
            "orders": .int(Int64(nanos.count)), "parcels": .int(parcels), "myopicParcels": .int(myopicParcels),
            "p99Nanos": .int(sorted[sorted.count * 99 / 100]), "pricingMs": .int(pricingMs),
        ]
        return .object(members.merging(head) { _, new in new })
    }
}
