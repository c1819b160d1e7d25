import Foundation
import Testing
import Views

@testable import Console

@Suite(.enabled(if: Chromium.path != nil, "chromium is not installed"), .serialized)
struct LivePageTests {
    /// A journey in which `units` wait for goods.
    private static func waiting(_ units: Int64) -> Journey {
        var journey = Journey.sample
        journey.stages = StageTally()
        journey.stages.add(.waiting, site: nil, units: units, parcels: 0)
        return journey
    }

    /// What the element with this id shows.
    private func text(_ id: String, in document: String) throws -> String {
        let start = try #require(document.range(of: "id=\"\(id)\""))
        let content = document[start.upperBound...].drop { $0 != ">" }.dropFirst()
        return String(content.prefix { $0 != "<" })
    }

    /// Whether the page shows the last reading, or the one before, as the browser may stop on the way.
    private func isNewest(_ count: String, of readings: Counter) -> Bool {
        [readings.value, readings.value - 1].map { Int64(1000 + $0).grouped }.contains(count)
    }

    @Test("an open page counts on by itself")
    func countsOn() async throws {
        let readings = Counter()
        let document = try await withConsole(.open, journey: { Self.waiting(Int64(1000 + readings.add())) }) { url in
            try await Chromium.document(at: url, after: 9)
        }
        #expect(readings.value >= 3)
        #expect(try isNewest(text("order-count", in: document), of: readings))
        #expect(document.contains(#"data-state="live""#))
        #expect(try text("pause", in: document) == "Pause")
    }

    private struct Away: Error {}

    @Test("a page whose server is away says so and keeps what it had")
    func away() async throws {
        let readings = Counter()
        let journey: @Sendable () async throws -> Journey = {
            guard readings.add() == 1 else { throw Away() }
            return Self.waiting(7)
        }
        let document = try await withConsole(.open, journey: journey) { try await Chromium.document(at: $0, after: 9) }
        #expect(document.contains(#"data-state="lost""#))
        #expect(try text("order-count", in: document) == "7")
    }

    @Test("a page goes on by itself when its server is back")
    func back() async throws {
        let readings = Counter()
        let journey: @Sendable () async throws -> Journey = {
            let reading = readings.add()
            if (2...4).contains(reading) { throw Away() }
            return Self.waiting(Int64(1000 + reading))
        }
        let document = try await withConsole(.open, journey: journey) { try await Chromium.document(at: $0, after: 60) }
        #expect(readings.value > 5)
        #expect(document.contains(#"data-state="live""#))
        #expect(try isNewest(text("order-count", in: document), of: readings))
    }
}
