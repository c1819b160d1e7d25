import Facilities
import Kernel
import Views

/// The card of a site where orders are worked on, as the template draws it.
struct SitePanel: Sendable {
    let id: String
    let name: String
    let about: String
    let openOrders: String
    let openOrdersCaption: String
    let late: String?
    let parts: [BacklogPart]
    /// The bar in words, for those who do not see it.
    let barLabel: String

    init(_ card: SiteCard, _ texts: Texts) {
        let work = card.work
        id = card.id.description
        name = card.name
        about = [card.city, card.mode == .own ? nil : texts["mode.\(card.mode.rawValue)"]].compactMap(\.self).joined(separator: " · ")
        openOrders = work.openOrders.grouped
        openOrdersCaption = texts.count("tower.to_release", work.openOrders)
        late = work.lateOrders > 0 ? texts.count("tower.orders_late", work.lateOrders) : nil
        parts = BacklogPart.all(work, texts)
        barLabel = parts.map { "\($0.count) \($0.name)" }.joined(separator: ", ")
    }
}

/// A part of a site's backlog; the bar is 100 wide.
struct BacklogPart: Sendable {
    let id: String
    let name: String
    let count: String
    let start: String
    let width: String

    static func all(_ work: SiteWork, _ texts: Texts) -> [BacklogPart] {
        let counts: [(String, Int64)] = [
            ("promised", work.reservedUnits - work.unitsOnPickLists), ("listed", work.unitsOnPickLists),
            ("totes", work.unitsInTotes), ("packed", work.unitsPacked),
        ]
        let total = counts.reduce(0) { $0 + max(0, $1.1) }
        var start: Int64 = 0
        return counts.map { id, count in
            let width = total > 0 ? max(0, count) * 1000 / total : 0
            defer { start += width }
            return BacklogPart(
                id: id, name: texts["backlog.\(id)"], count: count.grouped, start: start.tenths, width: width.tenths)
        }
    }
}

extension Int64 {
    /// A number of tenths with its point: 125 is `12.5`.
    fileprivate var tenths: String { "\(self / 10).\(self % 10)" }
}
