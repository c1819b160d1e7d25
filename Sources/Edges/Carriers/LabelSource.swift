import Kernel

/// A parcel for which somebody else has a label.
package struct LabelFetch: Hashable, Sendable {
    /// The id of the outbox row.
    package var idempotencyKey: String
    /// `channel` or `merchant`.
    package var issuer: String
    /// The order's channel and its number there.
    package var channel: String
    package var order: String
    package var piece: Int
    package var pieces: Int
    package var weight: Grams
    package var at: Instant

    package init(
        idempotencyKey: String, issuer: String, channel: String, order: String, piece: Int, pieces: Int, weight: Grams,
        at: Instant
    ) {
        self.idempotencyKey = idempotencyKey
        self.issuer = issuer
        self.channel = channel
        self.order = order
        self.piece = piece
        self.pieces = pieces
        self.weight = weight
        self.at = at
    }
}

/// A label as its issuer names it. The document stays where it is: it names a person.
package struct FetchedLabel: Hashable, Sendable {
    package var number: String
    package var carrier: String
    package var url: String
    package var validUntil: Instant?

    package init(number: String, carrier: String, url: String, validUntil: Instant?) {
        self.number = number
        self.carrier = carrier
        self.url = url
        self.validUntil = validUntil
    }
}

/// Where labels of channels and merchants are fetched. The same key gives the same label.
package protocol LabelSource: Sendable {
    func fetch(_ request: LabelFetch) throws(CarrierFailure) -> FetchedLabel
}

/// A channel's label service without an account anywhere: the same label for the same key.
package struct ChannelLabelSimulator: LabelSource {
    package var seed: UInt64
    package var validity: Duration
    package var faults: CourierFaults

    package init(seed: UInt64, validity: Duration = .days(7), faults: CourierFaults = .none) {
        self.seed = seed
        self.validity = validity
        self.faults = faults
    }

    package func fetch(_ request: LabelFetch) throws(CarrierFailure) -> FetchedLabel {
        var random = SeededRandom(seed: seed).fork("channel label").fork(request.idempotencyKey)
        let number = "CH" + String(1_000_000_000_000 + random.next() % 1_000_000_000_000)
        if random.chance(partsPerMillion: faults.refused) {
            throw .refused(CarrierRefusal(.vendor, "The channel has no label for order \(request.order)."))
        }
        var luck = random.fork(String(request.at.micros))
        if luck.chance(partsPerMillion: faults.unavailable) {
            throw .unavailable(retryAfter: .seconds(30), detail: "The channel's label service is down.")
        }
        return FetchedLabel(
            number: number, carrier: "Channel logistics", url: "https://labels.example/\(number)", validUntil: request.at + validity)
    }
}
