import Kernel

/// One end of a parcel's way, as far as price and time depend on it. Holds no personal data.
package struct CarrierPlace: Hashable, Sendable, Codable {
    package var country: Country
    /// State, province or the carrier's region; empty where it does not matter.
    package var region: String
    package var postalCode: String
    package var town: String
    package var coordinates: Coordinates?

    package init(
        country: Country, region: String = "", postalCode: String, town: String = "", coordinates: Coordinates? = nil
    ) {
        self.country = country
        self.region = region
        self.postalCode = postalCode
        self.town = town
        self.coordinates = coordinates
    }
}

/// A closed parcel on the scale.
package struct ParcelFacts: Hashable, Sendable, Codable {
    package var weight: Grams
    package var dimensions: Dimensions

    package init(weight: Grams, dimensions: Dimensions) {
        self.weight = weight
        self.dimensions = dimensions
    }
}

package struct QuoteRequest: Hashable, Sendable {
    package var from: CarrierPlace
    package var to: CarrierPlace
    package var parcel: ParcelFacts
    /// Nil asks for all services.
    package var service: String?
    /// When the carrier would get the parcel.
    package var handOver: Instant

    package init(from: CarrierPlace, to: CarrierPlace, parcel: ParcelFacts, service: String? = nil, handOver: Instant) {
        self.from = from
        self.to = to
        self.parcel = parcel
        self.service = service
        self.handOver = handOver
    }
}

package struct Quote: Hashable, Sendable {
    package var service: String
    package var serviceName: String
    package var price: Money
    package var zone: String
    package var billableWeight: Grams
    /// Service days from hand-over to the first attempt.
    package var transitDays: Int
    /// The day of the first attempt, at the destination.
    package var deliverOn: CivilDate

    package init(
        service: String, serviceName: String, price: Money, zone: String, billableWeight: Grams, transitDays: Int,
        deliverOn: CivilDate
    ) {
        self.service = service
        self.serviceName = serviceName
        self.price = price
        self.zone = zone
        self.billableWeight = billableWeight
        self.transitDays = transitDays
        self.deliverOn = deliverOn
    }
}

package struct LabelRequest: Hashable, Sendable {
    /// The id of the outbox row.
    package var idempotencyKey: String
    package var service: String
    package var from: CarrierPlace
    package var to: CarrierPlace
    /// Name and street as printed: the only personal data a carrier is given.
    package var recipientLines: [String]
    package var senderLines: [String]
    package var parcel: ParcelFacts
    /// Parcels that go with it under one master number, in the order of pieces; most go alone.
    package var others: [ParcelFacts]
    package var reference: String
    package var at: Instant

    package init(
        idempotencyKey: String, service: String, from: CarrierPlace, to: CarrierPlace, recipientLines: [String],
        senderLines: [String], parcel: ParcelFacts, others: [ParcelFacts] = [], reference: String, at: Instant
    ) {
        self.idempotencyKey = idempotencyKey
        self.service = service
        self.from = from
        self.to = to
        self.recipientLines = recipientLines
        self.senderLines = senderLines
        self.parcel = parcel
        self.others = others
        self.reference = reference
        self.at = at
    }
}

package struct VoidRequest: Hashable, Sendable {
    package var trackingNumber: String
    /// The number is a master's, and the whole shipment is given back.
    package var isShipment: Bool
    package var at: Instant

    package init(trackingNumber: String, isShipment: Bool = false, at: Instant) {
        self.trackingNumber = trackingNumber
        self.isShipment = isShipment
        self.at = at
    }
}

package struct InterceptRequest: Hashable, Sendable {
    package var trackingNumber: String
    package var at: Instant

    package init(trackingNumber: String, at: Instant) {
        self.trackingNumber = trackingNumber
        self.at = at
    }
}

/// Another address for a parcel on its way.
package struct RedirectRequest: Hashable, Sendable {
    package var trackingNumber: String
    package var to: CarrierPlace
    /// Name and street: the only personal data a carrier is given.
    package var recipientLines: [String]
    package var at: Instant

    package init(trackingNumber: String, to: CarrierPlace, recipientLines: [String], at: Instant) {
        self.trackingNumber = trackingNumber
        self.to = to
        self.recipientLines = recipientLines
        self.at = at
    }
}

package struct ManifestRequest: Hashable, Sendable {
    package var idempotencyKey: String
    package var trackingNumbers: [String]
    /// When the carrier takes the parcels; their journey begins here.
    package var handedOver: Instant

    package init(idempotencyKey: String, trackingNumbers: [String], handedOver: Instant) {
        self.idempotencyKey = idempotencyKey
        self.trackingNumbers = trackingNumbers
        self.handedOver = handedOver
    }
}
