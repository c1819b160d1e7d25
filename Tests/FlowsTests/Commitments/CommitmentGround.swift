import Flows
import Identity
import Inventory
import Kernel
import Merchants
import Orders
import Rehearsal
import Store
import TestGround
import Views

/// The small network with a kit of two of its SKU `A` and one of another, `B`, and what tests ask of its commitments.
struct CommitmentGround {
    let network: SmallNetwork
    let other: SKUID
    var stepper: Stepper { network.stepper }
    var merchant: MerchantID { network.merchant }

    init(_ database: TestDatabase, stock: [Int64], other: [Int64] = [0, 0]) throws {
        let network = try SmallNetwork(database, stock: stock)
        let size = Dimensions(length: 100, width: 80, height: 40)
        let saved = try network.stepper.perform(
            SaveSKUs(
                [
                    NewSKU(code: "B", name: "B", packaging: [.init(dimensions: size, weight: 300)]),
                    Self.kit(maySplit: false),
                ], of: network.merchant))
        self.network = network
        self.other = saved[0]
        let lines = zip(network.bins, other).filter { $1 > 0 }.map { bin, units in
            StockLine(owner: network.merchant, sku: saved[0], location: bin, quantity: Quantity(units))
        }
        try network.stepper.perform(OpenStock(lines, occurred: network.stepper.now))
    }

    private static func kit(maySplit: Bool) -> NewSKU {
        NewSKU(
            code: "KIT", name: "Kit", components: [.init(code: "A", quantity: 2), .init(code: "B", quantity: 1)],
            maySplit: maySplit)
    }

    func saveKit(maySplit: Bool) throws { _ = try stepper.perform(SaveSKUs([Self.kit(maySplit: maySplit)], of: merchant)) }

    func order(
        _ number: String, _ lines: [(String, Int64)] = [("A", 1)], channel: String = "api", pool: String? = nil,
        holds: [HoldID] = [], way: OrderWay = .place, backorder: Bool = false
    ) -> PlaceOrder {
        let request = OrderRequest(
            merchant: merchant, channel: channel, number: number, way: way, currency: network.world.currency, person: nil,
            destination: Destination(
                country: "DE", region: "BE", city: "Berlin", postalArea: "10", latitude: 52_520_000, longitude: 13_405_000),
            lines: lines.map { .init(sku: $0.0, quantity: Quantity($0.1), unitPrice: 1000) }, placedAt: network.stepper.now,
            backorder: backorder, pool: pool, holds: holds)
        return PlaceOrder(request, desk: network.desk)
    }

    func hold(_ lines: [(String, Int64)] = [("A", 1)], pool: String = Pool.main, minutes: Int = 15) -> HoldStock {
        HoldStock(
            merchant: merchant, lines: lines.map { .init(sku: $0.0, quantity: Quantity($0.1)) }, pool: pool,
            expires: stepper.now + .minutes(minutes))
    }

    func pool(
        _ code: String, _ kind: PoolKind = .creator, channel: String? = nil, thenMain: Bool = false, quota: [(String, Int64)]
    ) throws -> PoolID {
        let id = try stepper.perform(
            OpenPool(merchant: merchant, code: code, kind: kind, channel: channel, thenMain: thenMain))
        try setAside(id, quota)
        return id
    }

    func setAside(_ pool: PoolID, _ quota: [(String, Int64)], isReturn: Bool = false) throws {
        try stepper.perform(
            SetAside(
                pool, quota.map { QuotaLine(sku: $0.0, site: nil, quantity: Quantity($0.1)) }, isReturn: isReturn, actor: "test"))
    }

    /// What a pool has of SKU `A` over all sites.
    func levels(_ pool: String = Pool.main) throws -> (sellable: Quantity, held: Quantity, reserved: Quantity) {
        let sku = network.sku
        let all = try stepper.read { try Supply.load(of: [sku], locked: false, in: $0)[sku] ?? [] }.filter { $0.pool == pool }
        return all.reduce((0, 0, 0)) { ($0.0 + $1.sellable, $0.1 + $1.held, $0.2 + $1.reserved) }
    }

    func advance(_ duration: Duration, _ clocks: [any ClockHandler] = [DueClocks()]) throws {
        stepper.now = stepper.now + duration
        while try stepper.perform(TimerStep(clocks)) > 0 {}
    }

    /// The code of the refusal, `ok` where there is none.
    func code<F: Flow>(_ flow: F) throws -> String {
        do {
            _ = try stepper.perform(flow)
            return "ok"
        } catch let refusal as any Refusal {
            return refusal.code
        }
    }

    func findings() throws -> [String] { try network.findings() }
}
