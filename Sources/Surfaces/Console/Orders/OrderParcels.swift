import Kernel
import Transport
import Views

/// The parcels of an order: what is in each, who has it, by which way it goes.
struct OrderParcels {
    let story: OrderStory
    let visit: Visit
    let doors: Doors

    init(_ story: OrderStory, _ visit: Visit, _ doors: Doors) { (self.story, self.visit, self.doors) = (story, visit, doors) }

    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }

    var markup: Markup {
        let empty = Table.Empty(texts["orders.no_parcels"], texts["orders.no_parcels_hint"]).markup
        let all: Markup = story.order.parcels.isEmpty ? empty : "<ul class=\"parcels\">\(story.order.parcels.map(parcel))</ul>"
        return Card(texts["orders.parcels"], live: "parcels", all).markup
    }

    private func parcel(_ one: ParcelSummary) -> Markup {
        let label = one.labels.last { $0.state == .current }
        let items = one.items.filter { $0.order == story.order.id }.map { "\($0.quantity) × \($0.skuCode)" }.joined(separator: ", ")
        let others = Set(one.items.map(\.order)).count - 1
        let shared: Markup = others > 0 ? "<p class=\"note\">\(texts.count("orders.shared_parcel", Int64(others)))</p>" : .blank
        let price = visit.scope == .network ? label?.price.map { format.money($0) } : nil
        let facts: [String?] = [
            story.names.service(one.service), label?.number, format.weight(one.weighedGrams ?? one.expectedGrams), format.size(one.size),
            story.cartons[one.id].map { texts("orders.carton", ["code": $0.code, "fill": String($0.fillPPM / 10_000)]) }, price,
        ]
        let holder = story.holders[one.id].flatMap { held in
            held.name(story.names).map { texts("orders.with", ["holder": $0, "at": format.moment(held.from)]) }
        }
        return """
            <li><div class="parcel-head"><code>\(doors.link(one.code, to: one.id))</code> \(Badge(state: one.state.rawValue, texts).markup)\
            \(one.pull ? Badge(texts["orders.pull"], .bad).markup : .blank)</div>
            <p>\(items)</p><p class="note">\(facts.compactMap(\.self).joined(separator: " · "))</p>
            \(holder.map { "<p class=\"note\">\($0)</p>" as Markup } ?? .blank)\(shared)\(way(one))\(stop(one))</li>
            """
    }

    private func way(_ one: ParcelSummary) -> Markup {
        guard let legs = story.legs[one.id], !legs.isEmpty else { return .blank }
        let steps = legs.map { leg -> Markup in
            """
            <li>\(story.names.site(leg.origin)) → \(story.names.site(leg.destination)) <span class="quiet">\(format.moment(leg.departs)) – \
            \(format.moment(leg.arrives))</span> \(Badge(state: leg.state.rawValue, texts).markup)</li>
            """
        }
        return "<ol class=\"legs\">\(steps)</ol>"
    }

    private func stop(_ one: ParcelSummary) -> Markup {
        let canStop = one.state == .inTransit || one.state.isWithCarrier && one.state != .returning
        guard OrdersPages.actors.contains(visit.role), canStop, !one.pull else { return .blank }
        return Form(
            visit, to: "/orders/\(story.order.id)/interceptions", [.hidden("parcel", one.id.description)],
            submit: texts["orders.intercept"], tone: .bad, inline: true
        ).markup
    }
}
