/// Everything that must hold between the books, the orders, the parcels and the log.
package enum Audit {
    /// In the order in which they are made; each names every row that disagrees.
    package static let checks: [AuditCheck] =
        StockChecks.all + SerialChecks.all + SupplyChecks.all + PoolChecks.all + ReservationChecks.all + OrderChecks.all
            + OrderUnitChecks.all
        + OrderLifeChecks.all
        + FulfillmentChecks.all + ParcelChecks.all + CustodyChecks.all + TripChecks.all + ReturnChecks.all + PartnerChecks.all
        + SourcingChecks.all + CapacityChecks.all + LogChecks.all
        + DisputeChecks.all
        + ClaimChecks.all
        + NextStepChecks.all
        + DueChecks.all

    /// The same, and all that was closed once more from its first movement.
    package static let fromTheBeginning = checks + [StockChecks.closed]
}
