import Decisions
import Facilities
import Inventory
import Kernel
import Merchants
import Orders
import Store
import Transport
import Warehouse

/// Packs picked fulfillment orders into the best of the site's cartons, by real three-dimensional fit, and asks for
/// their labels.
package struct PackOrders: Flow {
    let fulfillments: [FulfillmentID]
    let scans: [SerialScan]
    let network: NetworkCache
    let occurred: Instant
    let actor: String

    /// - Parameter scans: of all goods that are tracked by serial.
    package init(
        _ fulfillments: [FulfillmentID], serials scans: [SerialScan] = [], network: NetworkCache, occurred: Instant, actor: String
    ) {
        self.fulfillments = fulfillments
        self.scans = scans
        self.network = network
        self.occurred = occurred
        self.actor = actor
    }

    package enum Refused: Refusal, Equatable {
        case notPicked(FulfillmentID, FulfillmentState)
        case disposal(FulfillmentID)
        case doesNotFit(FulfillmentID, sku: String, reason: String)

        package static let codes = ["fulfillment.not_picked", "fulfillment.disposal", "packing.does_not_fit"]
        package var code: String {
            switch self {
            case .notPicked: Self.codes[0]
            case .disposal: Self.codes[1]
            case .doesNotFit: Self.codes[2]
            }
        }
        package var message: String {
            switch self {
            case .notPicked(let id, let state): "\(id) is \(state.rawValue); only a picked fulfillment order is packed."
            case .disposal(let id): "\(id) is a disposal; it ends with a proof and not in a parcel."
            case .doesNotFit(let id, let sku, let reason): "SKU '\(sku)' of \(id) cannot be packed: \(reason)."
            }
        }
        package var kind: RefusalKind { .conflict }
    }

    /// The parcels made, in the order of the fulfillment orders.
    package func run(in tx: Transaction) throws -> [UnitID] {
        let heads = try Fulfillments.load(fulfillments, in: tx)
        for id in fulfillments where !heads.contains(where: { $0.id == id }) { throw NotFound("fulfillment order", id) }
        for head in heads where head.state != .picked { throw Refused.notPicked(head.id, head.state) }
        for head in heads where head.purpose == .disposal { throw Refused.disposal(head.id) }
        let network = try network.network(in: tx)
        let facts = try Catalog.facts(of: Set(heads.flatMap { $0.lines.map(\.sku) }).sorted(), in: tx)
        let serials = try SerialCheck(scans, heads, facts, in: tx)
        let onHand = try Cartons.onHand(at: Set(heads.map(\.site)).sorted(), in: tx)
        let totes = Dictionary(grouping: try Tasks.picked(for: heads.map(\.id), in: tx), by: \.fulfillment)
        var made: [PackedOrder] = []
        for head in heads {
            let plan = try PackingTable(head, network, facts, onHand).plan()
            made.append(
                PackedOrder(
                    head, plan, totes[head.id] ?? [], facts, serials: serials.serials(of: head.id), occurred: occurred, in: tx))
        }
        try write(made, network, in: tx)
        return made.flatMap { $0.parcels.map(\.id) }
    }

    private func write(_ made: [PackedOrder], _ network: Network, in tx: Transaction) throws {
        let parcels = made.flatMap(\.parcels)
        let first = try NumberSeries.take(parcels.count, from: "sscc", in: tx)
        let codes = try parcels.indices.map { try OperatorSSCC.make(first + Int64($0)) }
        for (site, group) in Dictionary(grouping: zip(parcels, codes), by: \.0.site).sorted(by: { $0.key < $1.key }) {
            try HandlingUnits.add(group.map { ($0.0.id, $0.1) }, kind: .parcel, site: site, occurred: occurred, in: tx)
        }
        try StockBook.post(made.flatMap { $0.movements(actor: actor) }, in: tx)
        try Parcels.add(parcels, in: tx)
        try Cartons.use(parcels.compactMap { one in one.carton.map { ($0, 1) } }, in: tx)
        try Fulfillments.add(packed: made.flatMap { $0.head.lines.map { ($0.id, $0.picked) } }, in: tx)
        try OrderProgress.move(
            made.flatMap { $0.head.lines.map { (component: $0.component, quantity: $0.picked) } }, from: .picked, to: .packed,
            in: tx)
        try Fulfillments.change(made.map(\.head.id), to: .packed, in: tx)
        try FreeCapacity.run(made.map(\.head.id), in: tx)
        try ChooseRoutes.run(parcels.map { ($0, $0.site) }, network, in: tx)
        try RequestLabels.run(parcels, in: tx)
    }
}

/// The serial shipping container codes of this operator.
enum OperatorSSCC {
    /// GS1's prefix for examples and restricted circulation; an operator of its own sets its licensed prefix.
    static let companyPrefix = "9521234"

    /// - Parameter number: of a series that only grows; wraps after 10⁹ units, far more than leave in twelve months.
    static func make(_ number: Int64) throws -> String {
        try SSCC.make(extension: Int(number / 1_000_000_000 % 10), prefix: companyPrefix, serial: number % 1_000_000_000)
            .description
    }
}
