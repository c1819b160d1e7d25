import Kernel
import Views

/// What passes through the network: three numbers and the minutes of the last hour.
struct Pulse {
    struct Tile {
        let id: String
        let title: String
        let lastHour: String
        let lastDay: String
    }

    struct Bar {
        let x: String
        let y: String
        let height: String
        /// The running minute, which is not over.
        let isRunning: Bool
    }

    let tiles: [Tile]
    let bars: [Bar]
    let peak: String
    let barsLabel: String

    /// Of the drawing: a minute is 10 wide with a gap, the highest 100 high.
    private static let step = 10, height: Int64 = 100, minutes = 60

    init(_ journey: Journey) {
        func tile(_ id: String, _ title: String, _ kind: FlowKind) -> Tile {
            Tile(
                id: id, title: title, lastHour: journey.flows.sum(kind, minutes: 60, to: journey.now).grouped,
                lastDay: journey.flows.sum(kind, minutes: 24 * 60, to: journey.now).grouped)
        }
        tiles = [
            tile("placed", "Orders placed", .ordersPlaced), tile("left", "Parcels handed over", .parcelsHandedOver),
            tile("arrived", "Parcels delivered", .parcelsDelivered),
        ]
        let series = journey.flows.series(.ordersPlaced, minutes: Self.minutes, to: journey.now)
        let most = max(1, series.max() ?? 1)
        bars = series.enumerated().map { index, count in
            let height = count == 0 ? 1 : max(4, count * Self.height / most)
            return Bar(
                x: String(index * Self.step), y: String(Self.height - height), height: String(height),
                isRunning: index == Self.minutes - 1)
        }
        let highest = series.max() ?? 0
        peak = "most: \(highest.grouped) in a minute"
        let all = series.reduce(0, +)
        barsLabel = "Orders per minute in the last hour: \(all.grouped) in all, at most \(highest.grouped) in a minute"
    }
}
