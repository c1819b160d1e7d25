import Kernel
import Views

/// One stop of the line that is the journey, as the template draws it.
struct Station {
    /// Of the element that shows it, and of its icon.
    let id: String
    let title: String
    let count: String
    let caption: String
    /// Whether what stands here moves on to the next stop now.
    let isMoving: Bool
}

/// The stops of one owner of the goods: shop, warehouse, carrier, shopper.
struct Stretch {
    let id: String
    let name: String
    let stations: [Station]
}

/// The journey as a line of stations, each with what stands there now.
struct JourneyLine {
    let stretches: [Stretch]
    let returning: String
    let returned: String
    let lost: String
    let cancelled: String
    /// Whether anything is on its way back.
    let hasReturns: Bool

    init(_ journey: Journey) {
        stretches = [Self.promise(journey), Self.warehouse(journey), Self.carrier(journey), Self.shopper(journey)]
        let stages = journey.stages
        returning = stages.total(.returning).parcels.grouped
        returned = stages.total(.returned).parcels.grouped
        lost = stages.total(.lost).parcels.grouped
        cancelled = stages.total(.cancelled).units.grouped
        hasReturns = stages.total(.returning).parcels > 0
    }

    private static let hour = 60, day = 24 * 60, recent = 5

    private static func promise(_ journey: Journey) -> Stretch {
        let lastHour = journey.flows.sum(.ordersPlaced, minutes: hour, to: journey.now)
        let isSelling = journey.flows.sum(.ordersPlaced, minutes: recent, to: journey.now) > 0
        let waiting = journey.stages.total(.waiting).units, work = journey.work
        return Stretch(
            id: "promise", name: "Channels and promise",
            stations: [
                Station(
                    id: "shop", title: "Channels", count: lastHour.grouped, caption: lastHour.caption("order", "in the last hour"),
                    isMoving: isSelling),
                Station(
                    id: "order", title: "Orders", count: waiting.grouped, caption: waiting.caption("unit", "wanting goods"),
                    isMoving: isSelling),
                Station(
                    id: "reserve", title: "Reserve",
                    count: (journey.stages.total(.reserved).units - work.unitsOnPickLists).grouped,
                    caption: "units promised", isMoving: work.unitsOnPickLists > 0),
            ])
    }

    private static func warehouse(_ journey: Journey) -> Stretch {
        let work = journey.work
        return Stretch(
            id: "warehouse", name: "Fulfillment centers",
            stations: [
                Station(
                    id: "release", title: "Release", count: work.unitsOnPickLists.grouped, caption: "units on pick lists",
                    isMoving: work.unitsOnPickLists > 0),
                Station(
                    id: "pick", title: "Pick", count: work.unitsInTotes.grouped, caption: "units in totes",
                    isMoving: work.unitsInTotes > 0),
                Station(
                    id: "pack", title: "Pack", count: work.parcelsWithoutLabel.grouped, caption: "parcels to label",
                    isMoving: work.parcelsWithoutLabel > 0),
                Station(
                    id: "label", title: "Label", count: work.parcelsReady.grouped, caption: "parcels ready",
                    isMoving: work.parcelsReady > 0),
            ])
    }

    private static func carrier(_ journey: Journey) -> Stretch {
        let onTheWay = journey.stages.total(.handedOver).parcels, lastLeg = journey.stages.total(.outForDelivery).parcels
        return Stretch(
            id: "carrier", name: "Carriers",
            stations: [
                Station(
                    id: "handover", title: "Hand over",
                    count: journey.flows.sum(.parcelsHandedOver, minutes: day, to: journey.now).grouped,
                    caption: "parcels in 24 h", isMoving: onTheWay > 0),
                Station(id: "hub", title: "Hub", count: onTheWay.grouped, caption: "parcels on the way", isMoving: onTheWay > 0),
                Station(
                    id: "courier", title: "Out for delivery", count: lastLeg.grouped, caption: "parcels on the last leg",
                    isMoving: lastLeg > 0),
            ])
    }

    private static func shopper(_ journey: Journey) -> Stretch {
        let lastDay = journey.flows.sum(.parcelsDelivered, minutes: day, to: journey.now)
        return Stretch(
            id: "shopper", name: "Shoppers",
            stations: [
                Station(id: "door", title: "Door", count: lastDay.grouped, caption: "parcels in 24 h", isMoving: false)
            ])
    }
}
