import Facilities
import Identity
import Kernel
import Merchants
import Orders
import Store

/// Where an outbound order goes, and who stands on its label.
struct OutboundGoal {
    let destination: Destination
    /// To be kept as a new recipient.
    let person: Person?
    /// Known already.
    let recipient: RecipientID?

    init(_ request: OutboundRequest, _ network: Network, in tx: Transaction) throws {
        var from: Site?
        if let id = request.from {
            guard let site = network.site(id) else { throw NotFound("site", id) }
            // Who runs a site of others ships what it is asked for; its goods of other conditions and their end are its own.
            let isOurs = request.purpose == .disposal || request.condition != nil
            guard site.mode == .own || !isOurs, site.kind == .fulfillmentCenter else {
                throw OutboundRefused.siteNotOurs(site.code)
            }
            from = site
        }
        if let id = request.to {
            guard let site = network.site(id) else { throw NotFound("site", id) }
            guard id != request.from else { throw OutboundRefused.sameSite }
            guard site.mode == .own, site.kind == .fulfillmentCenter,
                try !Locations.all(at: id, kind: .dock, in: tx).isEmpty
            else { throw OutboundRefused.doesNotReceive(site.code) }
            (destination, person, recipient) = (Destination(.site, site), Person(site), nil)
        } else if let id = request.original {
            guard let original = try OrderRecords.load([id], in: tx)[id], original.merchant == request.merchant,
                original.destination.kind.isForShoppers
            else { throw NotFound("order", id) }
            (destination, person, recipient) = (original.destination, nil, original.recipient)
        } else if let destination = request.destination {
            (self.destination, person, recipient) = (destination, request.person, nil)
        } else {
            guard let from else { throw OutboundRefused.missing(field: "from", request.purpose) }
            (destination, person, recipient) = (Destination(.none, from), nil, nil)
        }
    }
}

extension Destination {
    /// A site, or the place where goods stay.
    fileprivate init(_ kind: DestinationKind, _ site: Site) {
        self.init(
            kind: kind, code: kind == .site ? site.code : nil, country: site.address.country.code, region: site.address.region,
            city: site.address.city, postalArea: site.address.postalCode, latitude: site.place.latitude,
            longitude: site.place.longitude)
    }
}

extension Person {
    /// A site as it stands on a label: nobody in person.
    fileprivate init(_ site: Site) {
        self.init(
            name: site.name, street: [site.address.street].filter { !$0.isEmpty }, city: site.address.city,
            region: site.address.region, postalCode: site.address.postalCode, country: site.address.country)
    }
}

/// The lines of an outbound order with their SKUs looked up. Each has one component and costs nothing.
struct OutboundLines {
    private(set) var lines: [NewLine] = []
    private(set) var demands: [Demand] = []

    init(_ request: OutboundRequest, in tx: Transaction) throws {
        let codes = request.lines.map { SKUCode(request.merchant, $0.sku) }
        let facts = try Catalog.facts(codes: Set(codes), in: tx)
        for (index, line) in request.lines.enumerated() {
            guard let one = facts[SKUCode(request.merchant, line.sku)], !one.isKit else {
                throw OutboundRefused.unknownSKU(line: index, line.sku)
            }
            guard one.isMeasured || request.purpose == .disposal else {
                throw OutboundRefused.unmeasured(line: index, line.sku)
            }
            let component = NewComponent(id: tx.id(), sku: one.id, perLine: 1, ordered: line.quantity, price: 0, tax: 0)
            demands.append(Demand(component: component.id, facts: one, quantity: line.quantity, kit: nil))
            lines.append(
                NewLine(
                    id: tx.id(), sku: one.id, quantity: line.quantity, unitPrice: 0, discount: 0, shipping: 0, tax: 0,
                    components: [component]))
        }
    }

    /// Refuses by the first line that is short.
    func refuseShort(_ sourced: Sourced) throws(OutboundRefused) {
        for (index, demand) in demands.enumerated() {
            guard let missing = sourced.unfilled[demand.component] else { continue }
            if sourced.refusedByServices { throw .noService(line: index, sku: demand.facts.code) }
            throw .stockShort(
                line: index, sku: demand.facts.code, wanted: demand.quantity, available: demand.quantity - missing)
        }
    }
}
