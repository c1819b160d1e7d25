import Kernel

/// All that a parcel's journey with the built-in courier depends on.
package struct ShipmentFacts: Hashable, Sendable {
    package var seed: UInt64
    package var trackingNumber: String
    package var handedOver: Instant
    /// Service days to the first attempt.
    package var transitDays: Int
    /// Towns.
    package var origin: String
    package var destination: String
    package var calendar: ServiceCalendar
    package var rates: JourneyRates
    /// When the sender had it turned back; nil where it goes on.
    package var interceptedAt: Instant?

    package init(
        seed: UInt64, trackingNumber: String, handedOver: Instant, transitDays: Int, origin: String, destination: String,
        calendar: ServiceCalendar, rates: JourneyRates, interceptedAt: Instant? = nil
    ) {
        self.seed = seed
        self.trackingNumber = trackingNumber
        self.handedOver = handedOver
        self.transitDays = transitDays
        self.origin = origin
        self.destination = destination
        self.calendar = calendar
        self.rates = rates
        self.interceptedAt = interceptedAt
    }

    /// A stream of its own for each question, so that another rate shifts no other draw.
    func random(_ question: String) -> SeededRandom {
        SeededRandom(seed: seed).fork(trackingNumber).fork(question)
    }

    func happens(_ question: String, partsPerMillion: Int) -> Bool {
        var random = random(question)
        return random.chance(partsPerMillion: partsPerMillion)
    }
}
