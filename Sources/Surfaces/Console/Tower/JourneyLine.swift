import Kernel
import Views

/// One stop of the line that is the journey, as the template draws it.
struct Station: Sendable {
    /// Of the element that shows it, and of its icon.
    let id: String
    let title: String
    let count: String
    let caption: String
    /// Whether what stands here moves on to the next stop now.
    let isMoving: Bool
}

/// The stops of one owner of the goods: shop, warehouse, carrier, shopper.
struct Stretch: Sendable {
    let id: String
    let name: String
    let stations: [Station]
}

/// The journey as a line of stations, each with what stands there now.
struct JourneyLine: Sendable {
    let stretches: [Stretch]
    let returning: String
    let returned: String
    let lost: String
    let cancelled: String
    /// Whether anything is on its way back.
    let hasReturns: Bool

    init(_ journey: Journey, _ texts: Texts) {
        let stages = journey.stages
        stretches = [
            Self.promise(journey, texts), Self.warehouse(journey, texts), Self.carrier(journey, texts), Self.shopper(journey, texts),
        ]
        returning = texts.count("tower.returning", stages.total(.returning).parcels)
        returned = texts.count("tower.returned", stages.total(.returned).parcels)
        lost = texts.count("tower.lost", stages.total(.lost).parcels)
        cancelled = texts.count("tower.cancelled", stages.total(.cancelled).units)
        hasReturns = stages.total(.returning).parcels > 0
    }

    private static let hour = 60, day = 24 * 60, recent = 5

    private static func station(_ id: String, _ count: Int64, _ texts: Texts, isMoving: Bool) -> Station {
        Station(
            id: id, title: texts["station.\(id)"], count: count.grouped, caption: texts.count("station_of.\(id)", count),
            isMoving: isMoving)
    }

    private static func stretch(_ id: String, _ texts: Texts, _ stations: [Station]) -> Stretch {
        Stretch(id: id, name: texts["stretch.\(id)"], stations: stations)
    }

    private static func promise(_ journey: Journey, _ texts: Texts) -> Stretch {
        let lastHour = journey.flows.sum(.ordersPlaced, minutes: hour, to: journey.now)
        let isSelling = journey.flows.sum(.ordersPlaced, minutes: recent, to: journey.now) > 0
        let listed = journey.work.unitsOnPickLists
        return stretch("promise", texts, [
            station("shop", lastHour, texts, isMoving: isSelling),
            station("order", journey.stages.total(.waiting).units, texts, isMoving: isSelling),
            station("reserve", journey.stages.total(.reserved).units - listed, texts, isMoving: listed > 0),
        ])
    }

    private static func warehouse(_ journey: Journey, _ texts: Texts) -> Stretch {
        let work = journey.work
        let counts = [
            ("release", work.unitsOnPickLists), ("pick", work.unitsInTotes), ("pack", work.parcelsWithoutLabel),
            ("label", work.parcelsReady),
        ]
        return stretch("warehouse", texts, counts.map { station($0.0, $0.1, texts, isMoving: $0.1 > 0) })
    }

    private static func carrier(_ journey: Journey, _ texts: Texts) -> Stretch {
        let onTheWay = journey.stages.total(.handedOver).parcels, lastLeg = journey.stages.total(.outForDelivery).parcels
        return stretch("carrier", texts, [
            station("handover", journey.flows.sum(.parcelsHandedOver, minutes: day, to: journey.now), texts, isMoving: onTheWay > 0),
            station("hub", onTheWay, texts, isMoving: onTheWay > 0),
            station("courier", lastLeg, texts, isMoving: lastLeg > 0),
        ])
    }

    private static func shopper(_ journey: Journey, _ texts: Texts) -> Stretch {
        let lastDay = journey.flows.sum(.parcelsDelivered, minutes: day, to: journey.now)
        return stretch("shopper", texts, [station("door", lastDay, texts, isMoving: false)])
    }
}
