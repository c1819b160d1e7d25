/// How often a courier's parcels meet with something, in parts per million of parcels (or of attempts, where said).
package struct JourneyRates: Hashable, Sendable {
    /// Of attempts.
    package var notHome: Int
    package var addressNotFound: Int
    package var refused: Int
    package var lost: Int
    package var damaged: Int
    /// One service day late.
    package var delayed: Int
    /// After so many failed attempts the parcel goes back.
    package var attempts: Int

    package init(
        notHome: Int = 0, addressNotFound: Int = 0, refused: Int = 0, lost: Int = 0, damaged: Int = 0, delayed: Int = 0,
        attempts: Int = 3
    ) {
        precondition(attempts >= 1, "a courier tries at least once")
        self.notHome = notHome
        self.addressNotFound = addressNotFound
        self.refused = refused
        self.lost = lost
        self.damaged = damaged
        self.delayed = delayed
        self.attempts = attempts
    }
}

/// How often buying a label goes wrong, in parts per million of calls.
package struct CourierFaults: Hashable, Sendable {
    /// By key: the same purchase is refused each time.
    package var refused: Int
    /// By key and time: a later call may do.
    package var unavailable: Int
    /// By key and time; in half of them the label was bought.
    package var unknown: Int

    package init(refused: Int = 0, unavailable: Int = 0, unknown: Int = 0) {
        self.refused = refused
        self.unavailable = unavailable
        self.unknown = unknown
    }

    package static let none = CourierFaults()
}
