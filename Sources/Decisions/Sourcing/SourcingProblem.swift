import Kernel

/// One order's question: which sites ship which quantity of which line, by which service.
///
/// All costs are minor units of one currency (the operator's) and never negative. Lines must not share stock:
/// two lines of one SKU are given as one, or their supply is divided by the caller.
package struct SourcingProblem: Sendable {
    package var lines: [Line]
    package var sites: [Site]
    /// Charged for every parcel beyond the first, whichever site it leaves.
    package var splitCost: Int64
    /// The moment promised to the recipient; nil where nothing was promised.
    package var deadline: Instant?
    /// Charged for each part and each day begun after the deadline.
    package var latenessPerDay: Int64
    /// False: an order that cannot be filled whole is not sourced at all.
    package var allowPartial: Bool

    package init(
        lines: [Line], sites: [Site], splitCost: Int64 = 0, deadline: Instant? = nil, latenessPerDay: Int64 = 0,
        allowPartial: Bool = true
    ) {
        self.lines = lines
        self.sites = sites
        self.splitCost = splitCost
        self.deadline = deadline
        self.latenessPerDay = latenessPerDay
        self.allowPartial = allowPartial
    }

    /// What is wanted of one component.
    package struct Line: Sendable {
        package var quantity: Int64
        /// Weight of one unit.
        package var grams: Int64
        /// Volume of one unit, mm³.
        package var volume: Int64
        /// Lines with the same number are a kit: they leave together, all of it from one site, or not at all.
        package var keepTogether: Int?

        package init(quantity: Int64, grams: Int64, volume: Int64 = 0, keepTogether: Int? = nil) {
            self.quantity = quantity
            self.grams = grams
            self.volume = volume
            self.keepTogether = keepTogether
        }
    }

    /// A place that could ship, and what it has.
    package struct Site: Sendable {
        package var id: ID<SiteTag>
        /// From the recipient, in kilometres; ranks sites for the nearest-site rule and costs nothing by itself.
        package var distance: Int64
        /// Units free to promise, a number for each line.
        package var available: [Int64]
        package var handlingPerParcel: Int64
        package var handlingPerUnit: Int64
        /// What a unit is worth if it stays here for a later order, a number for each line. Empty: nothing.
        package var scarcity: [Int64]
        package var options: [Option]

        package init(
            id: ID<SiteTag>, distance: Int64 = 0, available: [Int64], handlingPerParcel: Int64 = 0,
            handlingPerUnit: Int64 = 0, scarcity: [Int64] = [], options: [Option]
        ) {
            self.id = id
            self.distance = distance
            self.available = available
            self.handlingPerParcel = handlingPerParcel
            self.handlingPerUnit = handlingPerUnit
            self.scarcity = scarcity
            self.options = options
        }
    }

    /// A carrier service from a site to this recipient.
    package struct Option: Sendable {
        package var service: ID<ServiceTag>
        /// Price of a parcel up to each weight, in ascending order of weight.
        package var prices: [PriceBreak]
        /// mm³ that count as one gram (5000 for the usual 5000 cm³/kg); 0 where volume is not charged.
        package var dimDivisor: Int64
        /// Heaviest parcel by billable weight; what is heavier goes in several parcels.
        package var maxGrams: Int64
        /// Which lines may travel by this service. Empty: all.
        package var accepts: [Bool]
        package var shipBy: Instant
        package var arrival: Instant

        package init(
            service: ID<ServiceTag>, prices: [PriceBreak], dimDivisor: Int64 = 0, maxGrams: Int64 = .max,
            accepts: [Bool] = [], shipBy: Instant, arrival: Instant
        ) {
            self.service = service
            self.prices = prices
            self.dimDivisor = dimDivisor
            self.maxGrams = maxGrams
            self.accepts = accepts
            self.shipBy = shipBy
            self.arrival = arrival
        }
    }

    /// A parcel of at most `upToGrams` billable grams costs `price`, or less where a heavier step is cheaper.
    package struct PriceBreak: Sendable {
        package var upToGrams: Int64
        package var price: Int64

        package init(upToGrams: Int64, price: Int64) {
            self.upToGrams = upToGrams
            self.price = price
        }
    }
}
