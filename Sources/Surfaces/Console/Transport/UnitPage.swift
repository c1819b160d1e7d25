import Kernel
import Transport
import Views

/// The page of one parcel, bag, pallet, container or trailer.
struct UnitPage {
    let id: UnitID
    let story: UnitStory
    let visit: Visit
    let canPrint: Bool
    private let doors: Doors

    init(_ id: UnitID, _ story: UnitStory, _ visit: Visit, canPrint: Bool) {
        (self.id, self.story, self.visit, self.canPrint) = (id, story, visit, canPrint)
        doors = Doors(visit)
    }

    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }

    var answer: PageAnswer {
        let list = story.parcel == nil ? Crumb(texts["bags.title"], "/bags") : Crumb(texts["parcels.title"], "/parcels")
        let isListed = visit.scope == .network || story.parcel == nil
        let content: Markup = """
            <div id="unit" data-live>\(badges)\(next)</div>
            <div class="columns"><div>\(contents)\(way)\(custody)\(tracking)</div><div>\(facts)\(inside)\(actions)</div></div>
            """
        return .content(content, title: story.code, crumbs: isListed ? [list] : [])
    }

    private var badges: Markup {
        var all: [Badge] = []
        if let parcel = story.parcel { all.append(Badge(state: parcel.state.rawValue, texts)) }
        if let unit = story.unit, story.parcel == nil { all.append(Badge(texts.code("unit_kind", unit.kind.rawValue), .info)) }
        if let filling = story.unit?.filling { all.append(Badge(state: filling.state.rawValue, texts)) }
        if story.unit?.pull ?? story.parcel?.pull ?? false { all.append(Badge(texts["orders.pull"], .bad)) }
        return "<p class=\"badges\">\(all.map(\.markup).joined(" "))</p>"
    }

    /// The next step of its way, in a line.
    private var next: Markup {
        let says: String
        if let leg = story.legs.first(where: { $0.state == .planned }), story.parcel?.handedOverAt == nil {
            says = texts("units.next_leg", ["site": story.names.site(leg.destination), "at": format.moment(leg.departs)])
        } else if let filling = story.unit?.filling, filling.state != .broken, filling.state != .lost {
            says = texts("units.next_open", ["site": story.names.site(filling.destination)])
        } else if let parcel = story.parcel {
            let at = format.moment(parcel.deliverBy), carrier = story.names.services[parcel.service]?.carrier ?? ""
            switch parcel.state {
            case .packed: says = texts["units.next_label"]
            case .labelled, .inTransit: says = texts("units.next_carrier", ["carrier": carrier, "at": format.moment(parcel.shipBy)])
            case .handedOver, .outForDelivery, .attempted, .availableForPickup:
                says = texts("units.next_door", ["carrier": carrier, "at": at])
            case .returning: says = texts("units.next_back", ["site": story.names.site(parcel.site)])
            case .delivered, .returned, .lost, .voided: says = texts["answer.next_nothing"]
            }
        } else {
            return .blank
        }
        return "<p class=\"well\">\(Markup.icon("trip"))\(says)</p>"
    }

    private var facts: Markup {
        var items: [(String, Cell)] = [(texts["orders.id"], .code(id.description))]
        if let parcel = story.parcel {
            let label = parcel.labels.last { $0.state == .current }
            items += [
                (texts["units.order"], .markup(doors.link(parcel.order.description, to: parcel.order))),
                (texts["orders.merchant"], .markup(doors.link(story.names.merchant(parcel.merchant), to: parcel.merchant))),
                (texts["parcels.service"], .text(story.names.service(parcel.service))),
                (texts["parcels.tracking"], .optional(label?.number, Cell.code)),
                (texts["parcels.weight"], .weight(parcel.weighedGrams ?? parcel.expectedGrams)),
                (texts["units.size"], .text(format.size(parcel.size))),
                (texts["units.piece"], .text("\(parcel.piece) / \(parcel.pieces)")),
                (texts["orders.ship_by"], .time(parcel.shipBy)), (texts["parcels.deliver_by"], .time(parcel.deliverBy)),
            ]
        }
        if let filling = story.unit?.filling {
            items += [
                (texts["bags.to"], .text(story.names.site(filling.destination))),
                (texts["bags.weight"], .optional(filling.weighedGrams, Cell.weight)),
                (texts["bags.seal"], .optional(filling.seal, Cell.code)),
            ]
        }
        if let site = story.unit?.atSite { items.append((texts["units.at"], .markup(doors.link(story.names.site(site), to: site)))) }
        if let trip = story.trip { items.append((texts["trips.one"], .markup(doors.link(trip.description, to: trip)))) }
        return Card(texts["orders.facts"], Definitions(items).markup(format)).markup
    }

    private var contents: Markup {
        if let parcel = story.parcel {
            let rows = parcel.items.map { item in
                Table.Row([.markup(doors.link(item.skuCode, to: item.sku)), .quantity(item.quantity.rawValue)])
            }
            let table = Table(
                texts["units.contents"], columns: [.init(texts["orders.item"]), .init(texts["orders.quantity"], number: true)],
                rows: rows, empty: .init(texts["units.empty"], ""))
            return Card(texts["units.contents"], table.markup(format)).markup
        }
        return Card(texts["units.contents"], live: "contents", UnitPartList(story.unit?.contents ?? [], doors, texts).markup(format)).markup
    }

    private var inside: Markup {
        guard let unit = story.unit, !unit.inside.isEmpty else { return .blank }
        return Card(texts["units.inside"], UnitPartList(unit.inside, doors, texts).markup(format)).markup
    }

    private var way: Markup {
        if story.legs.isEmpty { return .blank }
        let rows = story.legs.map { leg in
            Table.Row([
                .text(story.names.site(leg.origin)), .text(story.names.site(leg.destination)), .time(leg.departs), .time(leg.arrives),
                .badge(Badge(state: leg.state.rawValue, texts)),
            ])
        }
        let table = Table(
            texts["units.way"], columns: ["from", "to", "departs", "arrives", "state"].map { Table.Column(texts["units.\($0)"]) },
            rows: rows, empty: .init(texts["units.empty"], ""))
        return Card(texts["units.way"], table.markup(format)).markup
    }

    private var custody: Markup {
        let held = story.holdings.reversed().map { held -> Timeline.Entry in
            let name = held.name(story.names) ?? texts.code("holder", held.kind)
            return Timeline.Entry(held.from, "\(texts("units.held", ["holder": name]))", tone: held.until == nil ? .info : .plain)
        }
        let stays = story.stays.reversed().map { stay -> Timeline.Entry in
            let kind = texts.code("unit_kind", stay.kind.rawValue)
            let text: Markup = "\(texts("units.stayed", ["kind": kind])) \(doors.link(stay.code, to: stay.unit))"
            return Timeline.Entry(stay.from, text, by: stay.until.map { texts("units.until", ["at": format.moment($0)]) })
        }
        let all = held + stays
        if all.isEmpty { return .blank }
        return Card(texts["units.custody"], live: "custody", Timeline(all).markup(format)).markup
    }

    private var tracking: Markup {
        if story.reports.isEmpty { return .blank }
        let entries = story.reports.reversed().map { report -> Timeline.Entry in
            let why = report.reason.map { texts.code("incident", $0) } ?? report.proof.map { texts("units.proof", ["code": $0]) }
            return Timeline.Entry(report.occurredAt, "\(texts.code("tracked", report.code))", by: why)
        }
        return Card(texts["units.tracking"], live: "tracked", Timeline(entries).markup(format)).markup
    }

    private var actions: Markup {
        guard let parcel = story.parcel else { return .blank }
        var all: [Markup] = []
        if canPrint {
            all += [.link(texts["units.label"], to: "/units/\(id)/label"), .link(texts["units.slip"], to: "/units/\(id)/packing-slip")]
            if parcel.state == .packed || parcel.state == .labelled {
                let form = Form(
                    visit, to: "/units/\(id)/label-reissues", [.input("reason", texts["orders.reason"], required: true)],
                    submit: texts["units.reissue"])
                all.append("<details><summary class=\"button\">\(texts["units.reissue"])</summary>\(form.markup)</details>")
            }
        }
        let canStop = parcel.state == .inTransit || parcel.state.isWithCarrier && parcel.state != .returning
        if OrdersPages.actors.contains(visit.role), canStop, !parcel.pull {
            all.append(Form(visit, to: "/units/\(id)/interceptions", [], submit: texts["orders.intercept"], tone: .bad).markup)
        }
        return all.isEmpty ? .blank : Card(texts["orders.actions"], "<div class=\"acts\">\(all)</div>").markup
    }
}

/// Units as a short table: what is in a bag, on a trip, around a parcel.
struct UnitPartList {
    private let table: Table

    init(_ parts: [UnitView.Part], _ doors: Doors, _ texts: Texts) {
        table = Table(
            texts["units.contents"], columns: [.init(texts["bags.code"]), .init(texts["found.sort"])],
            rows: parts.map { Table.Row([.code($0.code), .text(texts.code("unit_kind", $0.kind.rawValue))], to: doors.path(to: $0.id)) },
            empty: .init(texts["units.empty"], texts["units.empty_hint"]))
    }

    func markup(_ format: Format) -> Markup { table.markup(format) }
}
