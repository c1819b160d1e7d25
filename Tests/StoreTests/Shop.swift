import Kernel
import Store

/// A shelf with a bound on what may be taken from it: the smallest thing a batch can get wrong.
enum Shop {
    static let migrations = [
        Migration(9001, "shop", [
            """
            CREATE TABLE shelf (
                id BIGINT PRIMARY KEY, sellable BIGINT NOT NULL, promised BIGINT NOT NULL,
                CHECK (promised <= sellable), CHECK (promised >= 0))
            """,
            """
            CREATE TABLE taking (
                key TEXT PRIMARY KEY, shelf BIGINT NOT NULL, quantity BIGINT NOT NULL, CHECK (quantity < 1000))
            """,
            "CREATE TABLE remark (number BIGINT PRIMARY KEY, words TEXT NOT NULL)",
        ])
    ]

    /// Fills the shelves 1, 2, 3 … with so many pieces.
    static func stock(_ pieces: [Int], in tx: Transaction) throws {
        var rows = Rows(["id": .int, "sellable": .int])
        for (index, count) in pieces.enumerated() { rows.add(index + 1, count) }
        try tx.run("INSERT INTO shelf (id, sellable, promised) SELECT v.id, v.sellable, 0 FROM (\(rows: rows)) AS v")
    }

    /// Everything its tables and the log hold, as text in order.
    static func dump(_ tx: Transaction) throws -> [String] {
        let shelves = try tx.query("SELECT id, sellable, promised FROM shelf ORDER BY id") {
            try "shelf \($0.next(Int.self)): \($0.next(Int.self)), \($0.next(Int.self))"
        }
        let takings = try tx.query("SELECT key, shelf, quantity FROM taking ORDER BY key") {
            try "taking \($0.next(String.self)): \($0.next(Int.self)), \($0.next(Int.self))"
        }
        let remarks = try tx.query("SELECT number, words FROM remark ORDER BY number") {
            try "remark \($0.next(Int.self)): \($0.next(String.self))"
        }
        let events = try tx.query("SELECT type, key, payload FROM event ORDER BY tx, seq") {
            try "event \($0.next(String.self)) \($0.next(String.self)) \($0.next(JSON.self).text)"
        }
        return shelves + takings + remarks + events
    }
}

enum ShopRefusal: String, Refusal {
    case noShelf, otherContent, soldOut
    var code: String { "shop.\(rawValue)" }
    var message: String { rawValue }
    var kind: RefusalKind { .conflict }
}

/// Takes pieces from a shelf, once for each key; answers what is left.
struct Take: BatchFlow {
    let key: String
    let shelf: Int
    let quantity: Int

    typealias Answer = Int

    struct Shelf {
        let sellable: Int
        var promised: Int
    }

    struct Loaded {
        var shelves: [Int: Shelf]
        var takings: [String: [Int]]
        var new: [Take] = []
    }

    static func load(_ flows: [Take], in tx: Transaction) throws -> Loaded {
        let shelves = try tx.query(
            """
            SELECT id, sellable, promised FROM shelf WHERE id IN \(list: Set(flows.map(\.shelf)).sorted())
            ORDER BY id \(.forUpdate)
            """
        ) { try ($0.next(Int.self), Shelf(sellable: $0.next(), promised: $0.next())) }
        let takings = try tx.query("SELECT key, shelf, quantity FROM taking WHERE key IN \(list: flows.map(\.key))") {
            try ($0.next(String.self), [$0.next(Int.self), $0.next(Int.self)])
        }
        return Loaded(
            shelves: Dictionary(uniqueKeysWithValues: shelves), takings: Dictionary(uniqueKeysWithValues: takings))
    }

    func decide(_ loaded: inout Loaded, in tx: Transaction) throws -> Int {
        tx.emit(NewEvent("shop.taken", key: key, occurred: tx.now, payload: ["quantity": .int(Int64(quantity))]))
        guard let found = loaded.shelves[shelf] else { throw ShopRefusal.noShelf }
        if let earlier = loaded.takings[key] {
            guard earlier == [shelf, quantity] else { throw ShopRefusal.otherContent }
            return found.sellable - found.promised
        }
        guard found.promised + quantity <= found.sellable else { throw ShopRefusal.soldOut }
        loaded.shelves[shelf]?.promised += quantity
        loaded.takings[key] = [shelf, quantity]
        loaded.new.append(self)
        return found.sellable - found.promised - quantity
    }

    static func write(_ loaded: Loaded, in tx: Transaction) throws {
        var shelves = Rows(["id": .int, "promised": .int])
        for (id, shelf) in loaded.shelves.sorted(by: { $0.key < $1.key }) { shelves.add(id, shelf.promised) }
        try tx.run("UPDATE shelf SET promised = v.promised FROM (\(rows: shelves)) AS v WHERE shelf.id = v.id")
        var takings = Rows(["key": .text, "shelf": .int, "quantity": .int])
        for take in loaded.new { takings.add(take.key, take.shelf, take.quantity) }
        try tx.run("INSERT INTO taking (key, shelf, quantity) SELECT v.key, v.shelf, v.quantity FROM (\(rows: takings)) AS v")
    }
}

/// Adds pieces, and leaves a remark and an event; where `fails`, throws after all of it.
struct Restock: Flow {
    let shelf: Int
    let pieces: Int
    let number: Int
    var fails = false

    func run(in tx: Transaction) throws -> Int {
        try tx.run("UPDATE shelf SET sellable = sellable + \(pieces) WHERE id = \(shelf)")
        try tx.run("INSERT INTO remark (number, words) VALUES (\(number), \("shelf \(shelf) got \(pieces)"))")
        tx.emit(NewEvent("shop.restocked", key: "shelf \(shelf)", occurred: tx.now))
        if fails { throw NotFound("truck", number) }
        return try tx.value("SELECT sellable FROM shelf WHERE id = \(shelf)") ?? -1
    }
}
