import Kernel
import Synchronization

@testable import HTTPAPI

/// A shop of a few orders in memory: enough of an API to try the machinery on.
struct TinyAPI {
    let shop = TinyShop()

    var endpoints: [Endpoint] {
        orders.tagged("Orders") + odds.tagged("Odds")
    }

    private var orders: [Endpoint] {
        [
            Endpoint.post("/v1/orders", "Place an order", for: [.merchant, .operator]).named("placeOrder")
                .body(NewOrder.self).idempotent.answering(.created)
                .refusing(.conflict, "inventory.stock_short").refusing(.busy, "store.busy")
                .handle { call, order in try shop.place(order, by: call.caller) },
            Endpoint.get("/v1/orders", "List orders, oldest first", for: .anyKey).query(OrderFilter.self)
                .list { call, page in
                    let rows = shop.orders(
                        state: call.query.state, after: try page.after(OrderID.self), limit: page.rowsToFetch)
                    return try page.page(of: rows, by: \.id) { $0 }
                },
            Endpoint.get("/v1/orders/{order}", "Read an order", for: .anyKey).path(OrderID.self)
                .refusing(.notFound, "order.not_found")
                .handle { call in try shop.order(call.path) },
            Endpoint.get("/v1/orders/{order}/lines/{line}", "Read a line", for: [.operator]).path(LinePath.self)
                .refusing(.notFound, "line.not_found")
                .handle { call in try shop.line(call.path.line, of: call.path.order) },
            Endpoint.put("/v1/orders/{order}/note", "Write the note", for: [.merchant, .operator]).path(OrderID.self)
                .body(Note.self).refusing(.notFound, "order.not_found")
                .handle { call, note in try shop.annotate(call.path, note.text) },
            Endpoint.delete("/v1/orders/{order}", "Forget an order", for: [.operator]).path(OrderID.self)
                .refusing(.notFound, "order.not_found")
                .handle { call in try shop.forget(call.path) },
        ]
    }

    private var odds: [Endpoint] {
        [
            Endpoint.post("/v1/everything", "Answer with what was sent", for: .anyKey).body(Everything.self)
                .bodyLimit(bytes: 4096).handle { _, everything in everything },
            Endpoint.get("/v1/greetings/{name}", "Greet", for: .open).path(String.self).query(Style.self)
                .handle { call in Note(text: "\(call.query.loud == true ? "HELLO" : "Hello") \(call.path)") },
            Endpoint.get("/v1/label", "Print a label", for: .anyKey)
                .download(as: "text/plain") { _ in
                    Download(mediaType: "text/plain", bytes: Array("^XA^XZ".utf8), fileName: "label.zpl")
                },
            Endpoint.post("/v1/imports", "Import rows", for: [.operator])
                .upload(of: "text/csv") { _, upload in Note(text: "\(upload.bytes.count) bytes") },
        ]
    }
}

struct NewOrder: Codable, Sendable, Documented {
    var number: String
    var lines: [Line]
    var total: Money?
    var placed: Instant?

    struct Line: Codable, Sendable, Documented {
        var sku: String
        var quantity: Quantity
        var weight: Grams?

        static let fields: FieldNotes = [
            "sku": FieldNote("The merchant's code of the SKU.", length: 1...64, example: "MUG-1"),
            "quantity": FieldNote("Pieces.", range: 1...1000),
        ]
    }

    static let fields: FieldNotes = [
        "number": FieldNote("The channel's number of the order.", length: 1...40, example: "A-1001"),
        "lines": FieldNote("What was ordered.", count: 1...100),
    ]
}

enum OrderState: String, Codable, CaseIterable, Sendable, Documented {
    case open, shipped
    static let fields: FieldNotes = ["open": "Nothing left the building.", "shipped": "All of it left."]
}

struct Order: Codable, Sendable {
    var id: OrderID
    var number: String
    var state: OrderState
    var pieces: Quantity
    var note: String?
}

struct OrderFilter: Decodable, Sendable, Documented {
    var state: OrderState?
    var sites: [SiteID]?
    var placedAfter: Instant?

    static let fields: FieldNotes = ["placedAfter": "Only orders placed at this moment or later."]
}

struct LinePath: Decodable, Sendable {
    var order: OrderID
    var line: LineID
}

struct Note: Codable, Sendable, Documented {
    var text: String
    static let fields: FieldNotes = ["text": FieldNote("Plain text.", length: 0...200)]
}

struct Style: Decodable, Sendable {
    var loud: Bool?
}

/// One field of each form that a body may have.
struct Everything: Codable, Sendable, Documented {
    var text: String
    var whole: Int64
    var small: UInt8
    var real: Double
    var yes: Bool
    var state: OrderState
    var when: Instant
    var price: Money
    var box: Dimensions
    var ids: [SKUID]
    var labels: [String: String]
    var tree: Branch?
    var matrix: [[Int32]]?

    static let fields: FieldNotes = ["whole": FieldNote("Any whole number.", range: -1_000_000...1_000_000)]

    /// A type that holds itself.
    struct Branch: Codable, Sendable {
        var name: String
        var branches: [Branch]
    }
}

final class TinyShop: Sendable {
    private let placed = Mutex<[Order]>([])
    private let last = Mutex<Int64>(0)

    func place(_ order: NewOrder, by caller: Caller) throws -> Order {
        let pieces = order.lines.reduce(0) { $0 + $1.quantity.rawValue }
        if order.number == "BUSY" { throw ShopRefusal.busy }
        if pieces == 666 { throw ShopFailure(secret: "password=hunter2") }
        if order.lines.contains(where: { $0.sku == "SOLD-OUT" }) { throw ShopRefusal.short }
        return placed.withLock { placed in
            let id = last.withLock { last in
                last += 1
                return OrderID(last)
            }
            let next = Order(id: id, number: order.number, state: .open, pieces: Quantity(pieces))
            placed.append(next)
            return next
        }
    }

    func orders(state: OrderState?, after: OrderID?, limit: Int) -> [Order] {
        placed.withLock { placed in
            Array(placed.filter { (state == nil || $0.state == state) && $0.id > after ?? OrderID(0) }.prefix(limit))
        }
    }

    func order(_ id: OrderID) throws -> Order {
        guard let order = placed.withLock({ $0.first { $0.id == id } }) else { throw NotFound("order", id) }
        return order
    }

    func forget(_ id: OrderID) throws -> Nothing {
        try placed.withLock { placed in
            guard let index = placed.firstIndex(where: { $0.id == id }) else { throw NotFound("order", id) }
            placed.remove(at: index)
            return Nothing()
        }
    }

    func line(_ id: LineID, of order: OrderID) throws -> Order { throw NotFound("line", id) }

    func annotate(_ id: OrderID, _ text: String) throws -> Order {
        try placed.withLock { placed in
            guard let index = placed.firstIndex(where: { $0.id == id }) else { throw NotFound("order", id) }
            placed[index].note = text
            return placed[index]
        }
    }
}

enum ShopRefusal: Refusal {
    case short, busy
    var code: String { self == .short ? "inventory.stock_short" : "store.busy" }
    var message: String { self == .short ? "There is none left of SOLD-OUT." : "Too much is waiting." }
    var kind: RefusalKind { self == .short ? .conflict : .busy }
    var field: String? { self == .short ? "/lines/0/sku" : nil }
}

struct ShopFailure: Error {
    var secret: String
}

struct TinyKeys: KeyLookup {
    static let merchant = "wb_merchant", `operator` = "wb_operator", site = "wb_site"

    func caller(forBearer token: String) async throws -> Caller? {
        switch token {
        case Self.merchant: Caller(keyID: KeyID(1), role: .merchant(MerchantID(7)), name: "A merchant")
        case Self.operator: Caller(keyID: KeyID(2), role: .operator, name: "The operator")
        case Self.site: Caller(keyID: KeyID(3), role: .site(SiteID(9)), name: "A site")
        default: nil
        }
    }
}
