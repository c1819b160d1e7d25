import Kernel

/// Why a carrier did not do what was asked; the three kinds are handled differently and never mixed.
package enum CarrierFailure: Error, Hashable, Sendable {
    /// The carrier said no; asking again gives the same answer.
    case refused(CarrierRefusal)
    /// The carrier did nothing, and may later; nil where it does not say when.
    case unavailable(retryAfter: Duration?, detail: String)
    /// The carrier may have done it: ask `find` before anything else.
    case unknownOutcome(detail: String)
}

/// A carrier's "no", with the code the outbox row keeps.
package struct CarrierRefusal: Refusal, Hashable {
    package enum Reason: String, Hashable, Sendable, CaseIterable {
        case serviceUnknown = "service_unknown"
        case notServed = "not_served"
        case overweight
        case oversize
        case addressInvalid = "address_invalid"
        case keyReused = "key_reused"
        case unknownNumber = "unknown_number"
        case voidAfterHandover = "void_after_handover"
        case alreadyVoided = "already_voided"
        case alreadyManifested = "already_manifested"
        /// It cannot be turned back: it was not handed over, or it is at the door already.
        case notInterceptable = "not_interceptable"
        /// It cannot be brought elsewhere: it was not handed over, is at the door already, or would leave the country.
        case notRedirectable = "not_redirectable"
        /// Any other of the vendor's; `message` is in its words.
        case vendor
    }

    package let reason: Reason
    package let message: String

    package init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }

    package var code: String { "carrier.\(reason.rawValue)" }

    package var kind: RefusalKind {
        switch reason {
        case .unknownNumber: .notFound
        case .keyReused, .voidAfterHandover, .alreadyVoided, .alreadyManifested, .notInterceptable, .notRedirectable: .conflict
        case .serviceUnknown, .notServed, .overweight, .oversize, .addressInvalid, .vendor: .invalid
        }
    }
}
