import Edges
import Facilities
import Identity
import Kernel
import Orders
import Returns
import Transport

/// A shipment as the carrier is told of it; lives only between claiming a call and making it.
struct ShipmentText {
    /// The first piece first; most go alone.
    let pieces: [Parcel]
    let site: Site
    let service: CarrierService
    let order: OrderRecord
    let person: Person?

    var json: JSON {
        let to = order.destination, first = pieces[0]
        return [
            "service": .string(service.code), "weight": .int((first.weighed ?? first.expected).rawValue),
            "size": Self.size(first.size),
            "others": .array(
                pieces.dropFirst().map { ["weight": .int(($0.weighed ?? $0.expected).rawValue), "size": Self.size($0.size)] }),
            "reference": .string("\(order.number) \(first.piece)/\(first.pieces)"),
            "from": Self.place(
                site.address.country.code, site.address.region, site.address.postalCode, site.address.city, site.place),
            "to": Self.place(
                to.country, to.region, person.map(\.postalCode).flatMap { $0.isEmpty ? nil : $0 } ?? to.postalArea, to.city,
                to.coordinates),
            "sender": .array([site.name, site.address.street].map(JSON.string)),
            "recipient": .array(recipientLines.map(JSON.string)),
        ]
    }

    private var recipientLines: [String] { Self.lines(order, person) }

    private static func lines(_ order: OrderRecord, _ person: Person?) -> [String] {
        lines(person, order: order.number, to: order.destination)
    }

    private static func lines(_ person: Person?, order number: String, to: Destination) -> [String] {
        let own = person.map { [$0.name, $0.company] + $0.street } ?? []
        // A channel that keeps its shopper to itself still gives the town; the parcel names the order.
        let lines = own.isEmpty ? ["Order \(number)"] : own
        return (lines + [to.code ?? "", to.district, to.city]).filter { !$0.isEmpty }
    }

    /// A return: from the shopper to the site.
    static func back(
        _ parcel: ReturnParcel, from order: OrderRecord, _ person: Person?, to site: Site, service: CarrierService
    ) -> JSON {
        let from = order.destination, to = site.address
        return [
            "service": .string(service.code), "weight": .int(parcel.weight.rawValue),
            "size": size(parcel.size),
            "reference": .string(ReturnParcels.code(of: parcel.rma)),
            "from": place(
                from.country, from.region, person.map(\.postalCode).flatMap { $0.isEmpty ? nil : $0 } ?? from.postalArea, from.city,
                from.coordinates),
            "to": place(to.country.code, to.region, to.postalCode, to.city, site.place),
            "sender": .array(lines(order, person).map(JSON.string)),
            "recipient": .array([site.name, to.street].map(JSON.string)),
        ]
    }

    /// Another address for what is on its way already.
    static func elsewhere(_ trackingNumber: String, to: Destination, _ person: Person?, order number: String) -> JSON {
        [
            "number": .string(trackingNumber),
            "to": place(
                to.country, to.region, person.map(\.postalCode).flatMap { $0.isEmpty ? nil : $0 } ?? to.postalArea, to.city,
                to.coordinates),
            "recipient": .array(lines(person, order: number, to: to).map(JSON.string)),
        ]
    }

    /// Nil where nothing is to be asked.
    static func redirect(_ json: JSON, at: Instant) -> RedirectRequest? {
        guard let number = json["number"]?.string, let to = json["to"].flatMap(place) else { return nil }
        let lines = json["recipient"]?.array?.compactMap(\.string) ?? []
        return RedirectRequest(trackingNumber: number, to: to, recipientLines: lines, at: at)
    }

    private static func size(_ size: Dimensions) -> JSON {
        .array([size.length, size.width, size.height].map { .int($0.rawValue) })
    }

    private static func place(
        _ country: String, _ region: String, _ postalCode: String, _ town: String, _ at: Coordinates?
    ) -> JSON {
        [
            "country": .string(country), "region": .string(region), "postal_code": .string(postalCode), "town": .string(town),
            "at": at.map { .array([.int($0.latitude), .int($0.longitude)]) } ?? .null,
        ]
    }

    /// Nil where nothing is to be bought.
    static func request(_ json: JSON, key: String, at: Instant) -> LabelRequest? {
        guard let service = json["service"]?.string, let from = json["from"].flatMap(place), let to = json["to"].flatMap(place),
            let parcel = facts(json)
        else { return nil }
        let lines = { (name: String) in json[name]?.array?.compactMap(\.string) ?? [] }
        return LabelRequest(
            idempotencyKey: key, service: service, from: from, to: to, recipientLines: lines("recipient"),
            senderLines: lines("sender"),
            parcel: parcel, others: (json["others"]?.array ?? []).compactMap(facts),
            reference: json["reference"]?.string ?? "", at: at)
    }

    private static func facts(_ json: JSON) -> ParcelFacts? {
        guard let weight = json["weight"]?.int, let size = json["size"]?.array?.compactMap(\.int), size.count == 3 else {
            return nil
        }
        return ParcelFacts(
            weight: Grams(weight),
            dimensions: Dimensions(length: Millimetres(size[0]), width: Millimetres(size[1]), height: Millimetres(size[2])))
    }

    private static func place(_ json: JSON) -> CarrierPlace? {
        guard let country = json["country"]?.string.flatMap({ Country($0) }) else { return nil }
        let at = json["at"]?.array?.compactMap(\.int) ?? []
        return CarrierPlace(
            country: country, region: json["region"]?.string ?? "", postalCode: json["postal_code"]?.string ?? "",
            town: json["town"]?.string ?? "",
            coordinates: at.count == 2 ? Coordinates(latitude: at[0], longitude: at[1]) : nil)
    }
}
