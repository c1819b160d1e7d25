import Facilities
import Kernel
import Views

/// The card of a site where orders are worked on, as the template draws it.
struct SitePanel {
    let id: String
    let name: String
    let about: String
    let openOrders: String
    let openOrdersCaption: String
    let late: String?
    let parts: [BacklogPart]
    let cutOff: CutOff?
    /// The bar in words, for those who do not see it.
    let barLabel: String

    init(_ card: SiteCard, now: Instant) {
        let work = card.work
        id = card.id.description
        name = card.name
        about = "\(card.city)\(card.mode.remark)"
        openOrders = work.openOrders.grouped
        openOrdersCaption = work.openOrders.caption("order", "to release")
        late = work.lateOrders > 0 ? "\(work.lateOrders.grouped) late" : nil
        parts = BacklogPart.all(work)
        barLabel = parts.map { "\($0.count) \($0.name)" }.joined(separator: ", ")
        cutOff = card.collection.map { CutOff($0, hasWork: work.openOrders + work.parcelsWithoutLabel > 0, now: now) }
    }
}

extension Site.Mode {
    fileprivate var remark: String {
        switch self {
        case .own: ""
        case .partner: " · run by a partner"
        case .dropShip: " · run by the merchant"
        }
    }
}

/// The next time parcels have to stand ready.
struct CutOff {
    let time: String
    let relative: String
    let departs: String
    /// Less than an hour is left and there is work for it.
    let isPressing: Bool

    init(_ next: NextCollection, hasWork: Bool, now: Instant) {
        time = next.cutOffAtSite.description
        relative = next.cutOff.relative(to: now)
        departs = next.departsAtSite.description
        isPressing = hasWork && next.cutOff - now < .hours(1)
    }
}

/// A part of a site's backlog; the bar is 100 wide.
struct BacklogPart {
    let id: String
    let name: String
    let count: String
    let start: String
    let width: String

    static func all(_ work: SiteWork) -> [BacklogPart] {
        let counts: [(String, String, Int64)] = [
            ("promised", "promised", work.reservedUnits - work.unitsOnPickLists),
            ("listed", "on pick lists", work.unitsOnPickLists),
            ("totes", "in totes", work.unitsInTotes),
            ("packed", "in parcels", work.unitsPacked),
        ]
        let total = counts.reduce(0) { $0 + max(0, $1.2) }
        var start: Int64 = 0
        return counts.map { id, name, count in
            let width = total > 0 ? max(0, count) * 1000 / total : 0
            defer { start += width }
            return BacklogPart(id: id, name: name, count: count.grouped, start: start.tenths, width: width.tenths)
        }
    }
}

extension Int64 {
    /// A number of tenths with its point: 125 is `12.5`.
    fileprivate var tenths: String { "\(self / 10).\(self % 10)" }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
