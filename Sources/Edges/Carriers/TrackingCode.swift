/// What a carrier says happened to a parcel, in our words; every carrier's codes map to these.
package enum TrackingCode: String, Hashable, Sendable, CaseIterable, Codable {
    case labelCreated = "label_created"
    case handedOver = "handed_over"
    case inTransit = "in_transit"
    case arrivedAtHub = "arrived_at_hub"
    case departedHub = "departed_hub"
    case outForDelivery = "out_for_delivery"
    case attempted
    case availableForPickup = "available_for_pickup"
    case delivered
    case returnToOrigin = "return_to_origin"
    case returned
    case lost
    case damaged
    /// Held up or unclear; the reason says why.
    case exception

    /// Whether nothing more is expected of the parcel. A carrier may still correct itself: `delivered` can be followed
    /// by `return_to_origin`, and a lost parcel can turn up.
    package var isFinal: Bool {
        switch self {
        case .delivered, .returned, .lost: true
        case .labelCreated, .handedOver, .inTransit, .arrivedAtHub, .departedHub, .outForDelivery, .attempted,
            .availableForPickup, .returnToOrigin, .damaged, .exception: false
        }
    }
}

/// Who answers for an incident.
package enum Liability: String, Hashable, Sendable, CaseIterable, Codable {
    case carrier, shipper, consignee, customs
    /// Weather, disaster, authorities: nobody of the above.
    case none
}

/// Why a parcel was not moved or delivered as planned; the prefix names who answers for it.
package enum IncidentReason: String, Hashable, Sendable, CaseIterable, Codable {
    case carrierDamagedParcel = "carrier_damaged_parcel"
    case carrierSortingError = "carrier_sorting_error"
    case carrierAddressNotFound = "carrier_address_not_found"
    case carrierParcelLost = "carrier_parcel_lost"
    case carrierNotEnoughTime = "carrier_not_enough_time"
    case carrierVehicleIssue = "carrier_vehicle_issue"
    case carrierCapacityExceeded = "carrier_capacity_exceeded"
    case shipperCancelled = "shipper_cancelled"
    case shipperIncorrectData = "shipper_incorrect_data"
    case shipperNotReady = "shipper_not_ready"
    case shipperIncorrectDimensions = "shipper_incorrect_dimensions"
    case shipperPackagingIssue = "shipper_packaging_issue"
    case consigneeRefused = "consignee_refused"
    case consigneeBusinessClosed = "consignee_business_closed"
    case consigneeNotHome = "consignee_not_home"
    case consigneeIncorrectAddress = "consignee_incorrect_address"
    case consigneeAccessRestricted = "consignee_access_restricted"
    case consigneeVerificationFailed = "consignee_verification_failed"
    case consigneeNotCollected = "consignee_not_collected"
    case customsDelay = "customs_delay"
    case customsDocumentation = "customs_documentation"
    case customsDutiesUnpaid = "customs_duties_unpaid"
    case customsProhibited = "customs_prohibited"
    case customsInspection = "customs_inspection"
    case weatherDelay = "weather_delay"
    case naturalDisaster = "natural_disaster"
    case forceMajeure = "force_majeure"
    case regulatoryHold = "regulatory_hold"
    case securityIssue = "security_issue"
    case unknown

    package var liability: Liability {
        rawValue.split(separator: "_").first.flatMap { Liability(rawValue: String($0)) } ?? .none
    }
}
