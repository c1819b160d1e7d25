import Flows
import Inventory
import Kernel
import Merchants
import Orders
import Store
import TestGround
import Testing
import Views

/// Orders for three things that share what lies on two shelves: two plain SKUs, and a kit of both.
@Suite("Orders in batches")
struct PlaceOrdersTests {
    private static func ground(_ database: TestDatabase) throws -> SmallNetwork {
        let network = try SmallNetwork(database, stock: [9, 6])
        let size = Dimensions(length: 100, width: 80, height: 40)
        let other = NewSKU(code: "C", name: "C", packaging: [.init(dimensions: size, weight: 300)])
        let sku = try network.stepper.perform(SaveSKUs([other], of: network.merchant))[0]
        let kit = NewSKU(code: "K", name: "K", components: [.init(code: "A", quantity: 2), .init(code: "C", quantity: 1)])
        _ = try network.stepper.perform(SaveSKUs([kit], of: network.merchant))
        let lines = zip(network.bins, [4, 8]).map {
            StockLine(owner: network.merchant, sku: sku, location: $0, quantity: Quantity($1))
        }
        try network.stepper.perform(OpenStock(lines, occurred: network.stepper.now))
        return network
    }

    /// Some numbers come twice, with the same or other content; some name what nobody sells.
    private static func requests(_ network: SmallNetwork, seed: UInt64) -> [OrderRequest] {
        var random = SeededRandom(seed: seed)
        return (0..<40).map { index in
            var request = network.place(random.below(30), backorder: random.below(4) == 0).request
            let codes = (0..<1 + random.below(3)).map { _ in ["A", "A", "C", "C", "K", "Z"][random.below(index % 9 == 0 ? 6 : 5)] }
            request.lines = codes.map { .init(sku: $0, quantity: Quantity(Int64(1 + random.below(2))), unitPrice: 500) }
            return request
        }
    }

    private static func text(_ answer: Result<PlacedOrder, any Error>) -> String {
        switch answer {
        case .success(let placed):
            "\(placed.number) \(placed.isRepeat) \(placed.reserved) \(placed.waiting) \(placed.sites) \(placed.shipBy, default: "-")"
        case .failure(let refusal as any Refusal): "refused \(refusal.code): \(refusal.message)"
        case .failure(let error): "failed: \(error)"
        }
    }

    private static func books(_ network: SmallNetwork) throws -> [String] {
        try network.stepper.read { tx in
            let supplies = try tx.query("SELECT sku, site, sellable, reserved FROM supply ORDER BY sku, site, id") {
                "supply \(try $0.next(Int64.self)) \(try $0.next(Int64.self)): \(try $0.next(Int64.self)), \(try $0.next(Int64.self))"
            }
            let events = try tx.query("SELECT type, COUNT(*) FROM event GROUP BY type ORDER BY type") {
                "\(try $0.next(String.self)) \(try $0.next(Int64.self))"
            }
            let tables = ["orders", "order_line", "order_component", "reservation", "fulfillment_order", "shortage", "clock"]
            let counts = try tables.map { table in
                "\(table) \(try tx.value(SQL(verbatim: "SELECT COUNT(*) FROM \(table)"), as: Int.self) ?? 0)"
            }
            return supplies + events + counts
        }
    }

    @Test("a batch of orders is answered and leaves the same as its orders one by one", arguments: EngineKind.all, [3, 4, 5] as [UInt64])
    func batchEqualsOneByOne(kind: EngineKind, seed: UInt64) throws {
        let alone = try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try Self.ground(database)
            let told = Self.requests(network, seed: seed).map { request in
                Self.text(network.stepper.perform([PlaceOrder(request, desk: network.desk)])[0])
            }
            return (told: told, books: try Self.books(network), findings: try network.findings())
        }
        let batched = try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try Self.ground(database)
            var told: [String] = [], rest = Self.requests(network, seed: seed)[...], random = SeededRandom(seed: seed)
            while !rest.isEmpty {
                let part = Array(rest.prefix(1 + random.below(15)))
                rest = rest.dropFirst(part.count)
                told += try Self.place(part, asOne: random.below(2) == 0, network)
            }
            return (told: told, books: try Self.books(network), findings: try network.findings())
        }
        #expect(batched.told == alone.told)
        #expect(batched.books == alone.books)
        #expect(alone.findings == [] && batched.findings == [])
        #expect(Set(alone.told.map { $0.prefix(16) }).count > 5, "the orders are too tame: \(alone.told)")
    }

    /// As flows of one batch, or as two flows of many orders in one batch.
    private static func place(_ part: [OrderRequest], asOne: Bool, _ network: SmallNetwork) throws -> [String] {
        guard asOne else { return network.stepper.perform(part.map { PlaceOrder($0, desk: network.desk) }).map(text) }
        let halves = [Array(part.prefix(part.count / 2)), Array(part.dropFirst(part.count / 2))]
        let answers = network.stepper.perform(halves.map { PlaceOrders($0, desk: network.desk, actor: "system") })
        return try answers.flatMap { try $0.get() }.map { outcome in
            switch outcome {
            case .taken(let placed): text(.success(placed))
            case .refused(let refusal): text(.failure(refusal))
            }
        }
    }

    @Test("what is measured or changed is known to the next order", arguments: EngineKind.all)
    func catalogueChanges(kind: EngineKind) throws {
        try withDatabase(kind) { (database: TestDatabase) throws in
            let network = try SmallNetwork(database, stock: [9, 6]), stepper = network.stepper
            _ = try stepper.perform(SaveSKUs([NewSKU(code: "N", name: "N")], of: network.merchant))
            var request = network.place(1, backorder: false).request
            request.lines = [.init(sku: "N", quantity: 1, unitPrice: 1)]
            #expect(throws: PlaceOrderRefused.unmeasured(line: 0, "N")) {
                try stepper.perform(PlaceOrder(request, desk: network.desk))
            }
            let size = Dimensions(length: 100, width: 80, height: 40)
            let measured = NewSKU(code: "N", name: "N", packaging: [.init(dimensions: size, weight: 200)])
            let sku = try stepper.perform(SaveSKUs([measured], of: network.merchant))[0]
            try stepper.perform(
                OpenStock(
                    [StockLine(owner: network.merchant, sku: sku, location: network.bins[0], quantity: 1)], occurred: stepper.now))
            #expect(try stepper.perform(PlaceOrder(request, desk: network.desk)).reserved == 1)
        }
    }
}
