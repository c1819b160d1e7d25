import Kernel

/// What Waybill asks of any carrier.
///
/// Synchronous on purpose: the outbox's worker calls it on a thread of its own, and a rehearsal in its one thread.
/// Time comes with the request; a vendor's client may ignore it.
package protocol CarrierClient: Sendable {
    /// The services that would take the parcel, in a stable order; empty where none does.
    func quote(_ request: QuoteRequest) throws(CarrierFailure) -> [Quote]

    /// Buys a label, or those of a shipment, all or none. The same key returns the first label; the same key for another parcel is refused.
    func buyLabel(_ request: LabelRequest) throws(CarrierFailure) -> LabelReply

    /// Gives a label, or a whole shipment, back of which nothing was handed over. Doing so twice gives the same answer.
    func void(_ request: VoidRequest) throws(CarrierFailure) -> VoidReply

    /// What became of a purchase whose outcome is unknown: its label with those of all other pieces, or nil where there was none.
    func find(idempotencyKey: String) throws(CarrierFailure) -> LabelReply?

    /// Tells the carrier which parcels it takes; after this a label cannot be voided.
    func manifest(_ request: ManifestRequest) throws(CarrierFailure) -> ManifestReply

    /// Asks for a parcel that was handed over to be turned back. Asking again gives the same answer.
    func intercept(_ request: InterceptRequest) throws(CarrierFailure) -> InterceptReply

    /// Asks for a parcel that was handed over to be brought to another address. Asking again gives the same answer.
    func redirect(_ request: RedirectRequest) throws(CarrierFailure) -> RedirectReply

    /// Updates later than `since` and not later than `now`, by time and number. Unknown numbers give none.
    func track(_ trackingNumbers: [String], since: Instant, now: Instant) throws(CarrierFailure) -> [TrackingUpdate]
}
