import Kernel
import Store

/// What a person on the floor is asked to do.
package enum TaskKind: String, SQLValue, CaseIterable, Codable {
    case pick
    /// Back to a bin what was picked for an order that is cancelled.
    case unpick
    case putaway
}

package enum TaskState: String, SQLValue, CaseIterable, Codable {
    case open
    case done
    /// Done as far as goods were found.
    case short
    case cancelled

    package static let transitions: [TaskState: Set<TaskState>] = [.open: [.done, .short, .cancelled]]
}

/// One move of one SKU from one place to another.
package struct FloorTask: Sendable {
    package let id: TaskID
    package let kind: TaskKind
    package let site: SiteID
    package let state: TaskState
    package let wave: WaveID?
    package let fulfillment: FulfillmentID?
    package let line: FulfillmentLineID?
    package let allocation: AllocationID?
    package let owner: MerchantID
    package let sku: SKUID
    package let lot: LotID?
    /// Of the goods: `new`, `damaged` …
    package let condition: String
    /// Raw ids of a location or unit; 0 where the worker chooses.
    package let from: Int64
    package let fromKind: String
    package let to: Int64
    package let toKind: String
    package let quantity: Quantity
    /// Place in the walking order of the site.
    package let walk: Int

    package init(
        id: TaskID, kind: TaskKind, site: SiteID, state: TaskState = .open, wave: WaveID? = nil,
        fulfillment: FulfillmentID? = nil, line: FulfillmentLineID? = nil, allocation: AllocationID? = nil,
        owner: MerchantID, sku: SKUID, lot: LotID?, condition: String = "new", fromKind: String, from: Int64, toKind: String, to: Int64,
        quantity: Quantity, walk: Int
    ) {
        self.id = id
        self.kind = kind
        self.site = site
        self.state = state
        self.wave = wave
        self.fulfillment = fulfillment
        self.line = line
        self.allocation = allocation
        self.owner = owner
        self.sku = sku
        self.lot = lot
        self.condition = condition
        self.fromKind = fromKind
        self.from = from
        self.toKind = toKind
        self.to = to
        self.quantity = quantity
        self.walk = walk
    }
}

/// What was picked of a line into one tote.
package struct PickedGoods: Sendable {
    package let fulfillment: FulfillmentID
    package let line: FulfillmentLineID
    package let sku: SKUID
    package let unit: UnitID
    package let lot: LotID?
    package let condition: String
    package var quantity: Quantity
}

package enum Tasks {
    package enum Refused: Refusal, Equatable {
        case notOpen(TaskID, TaskState)
        case tooMuch(TaskID, wanted: Quantity, done: Quantity)

        package var code: String {
            switch self {
            case .notOpen: "task.not_open"
            case .tooMuch: "task.too_much"
            }
        }
        package var message: String {
            switch self {
            case .notOpen(let id, let state): "\(id) is \(state.rawValue); only an open task is worked on."
            case .tooMuch(let id, let wanted, let done): "\(id) asks for \(wanted), not \(done)."
            }
        }
        package var kind: RefusalKind { if case .tooMuch = self { .invalid } else { .conflict } }
        package var field: String? { if case .tooMuch = self { "/quantity" } else { nil } }
    }

    package static func add(_ tasks: [FloorTask], in tx: Transaction) throws {
        var rows = Rows([
            "id": .int, "kind": .text, "site": .int, "wave": .int, "ful": .int, "line": .int, "allocation": .int,
            "owner": .int, "sku": .int, "lot": .int, "condition": .text, "fk": .text, "fp": .int, "tk": .text, "tp": .int, "quantity": .int,
            "walk": .int,
        ])
        for one in tasks {
            rows.add(
                one.id, one.kind, one.site, one.wave?.raw ?? 0, one.fulfillment?.raw ?? 0, one.line?.raw ?? 0,
                one.allocation?.raw ?? 0, one.owner, one.sku, one.lot?.raw ?? 0, one.condition, one.fromKind, one.from, one.toKind, one.to,
                one.quantity, one.walk)
        }
        try tx.run(
            """
            INSERT INTO task (id, kind, site, state, wave, fulfillment_order, fulfillment_line, allocation, owner, sku, lot,
                condition, from_kind, from_place, to_kind, to_place, quantity, walk, created_at)
            SELECT v.id, v.kind, v.site, 'open', v.wave, v.ful, v.line, v.allocation, v.owner, v.sku, v.lot,
                v.condition, v.fk, v.fp, v.tk, v.tp, v.quantity, v.walk, \(tx.now) FROM (\(rows: rows)) AS v
            """)
    }

    /// Tasks that match, in walking order, locked.
    package static func load(where condition: SQL, limit: Int = 10_000, in tx: Transaction) throws -> [FloorTask] {
        try tx.query(
            """
            SELECT id, kind, site, state, wave, fulfillment_order, fulfillment_line, allocation, owner, sku, lot,
                condition, from_kind, from_place, to_kind, to_place, quantity, walk
            FROM task WHERE \(condition) ORDER BY walk, id LIMIT \(limit) \(.forUpdate)
            """
        ) {
            try FloorTask(
                id: $0.next(), kind: $0.next(), site: $0.next(), state: $0.next(), wave: some($0.next()),
                fulfillment: some($0.next()), line: some($0.next()), allocation: some($0.next()), owner: $0.next(),
                sku: $0.next(), lot: some($0.next()), condition: $0.next(), fromKind: $0.next(), from: $0.next(),
                toKind: $0.next(), to: $0.next(), quantity: $0.next(), walk: $0.next())
        }
    }

    private static func some<Tag>(_ raw: Int64) -> ID<Tag>? { raw == 0 ? nil : ID(raw) }

    package static func load(_ ids: [TaskID], in tx: Transaction) throws -> [FloorTask] {
        try load(where: "id IN \(list: ids)", in: tx)
    }

    package static func open(_ kind: TaskKind, at site: SiteID, limit: Int, in tx: Transaction) throws -> [FloorTask] {
        try load(where: "site = \(site) AND kind = \(kind) AND state = 'open'", limit: limit, in: tx)
    }

    package static func open(_ kind: TaskKind, of fulfillments: [FulfillmentID], in tx: Transaction) throws -> [FloorTask] {
        try load(where: "fulfillment_order IN \(list: fulfillments) AND kind = \(kind) AND state = 'open'", in: tx)
    }

    package static func open(allocations: [AllocationID], fulfillments: [FulfillmentID], in tx: Transaction) throws -> [FloorTask] {
        try load(
            where: """
                fulfillment_order IN \(list: fulfillments) AND allocation IN \(list: allocations) AND kind = 'pick' AND state = 'open'
                """, in: tx)
    }

    /// Closes open tasks with what was done of each.
    package static func close(
        _ results: [(task: FloorTask, done: Quantity)], to unit: UnitID? = nil, occurred: Instant, in tx: Transaction
    ) throws {
        var rows = Rows(["id": .int, "state": .text, "done": .int])
        for (task, done) in results.sorted(by: { $0.task.id < $1.task.id }) {
            guard task.state == .open else { throw Refused.notOpen(task.id, task.state) }
            guard done >= 0, done <= task.quantity else { throw Refused.tooMuch(task.id, wanted: task.quantity, done: done) }
            rows.add(task.id, done == task.quantity ? TaskState.done : .short, done)
        }
        try tx.run(
            """
            UPDATE task SET state = v.state, done = v.done, closed_at = \(occurred),
                to_place = COALESCE(\(unit?.raw), to_place)
            FROM (\(rows: rows)) AS v WHERE task.id = v.id AND task.state = 'open'
            """, expecting: rows.count)
    }

    package static func cancel(_ ids: [TaskID], in tx: Transaction) throws {
        guard !ids.isEmpty else { return }
        try tx.run(
            "UPDATE task SET state = 'cancelled', closed_at = \(tx.now) WHERE id IN \(list: ids) AND state = 'open'",
            expecting: ids.count)
    }

    /// Which of these fulfillment orders still have open pick tasks.
    package static func unfinished(_ fulfillments: [FulfillmentID], in tx: Transaction) throws -> Set<FulfillmentID> {
        Set(try tx.values(
            """
            SELECT DISTINCT fulfillment_order FROM task
            WHERE fulfillment_order IN \(list: fulfillments) AND kind = 'pick' AND state = 'open'
            """))
    }

    /// Where picked goods of these fulfillment orders are: line, tote, lot and what went in.
    package static func picked(
        for fulfillments: [FulfillmentID], in tx: Transaction
    ) throws -> [PickedGoods] {
        try tx.query(
            """
            SELECT fulfillment_order, fulfillment_line, sku, to_place, lot, condition, done FROM task
            WHERE fulfillment_order IN \(list: fulfillments) AND kind = 'pick' AND state IN ('done', 'short') AND done > 0
            ORDER BY fulfillment_order, fulfillment_line, id
            """
        ) {
            try PickedGoods(
                fulfillment: $0.next(), line: $0.next(), sku: $0.next(), unit: $0.next(), lot: some($0.next()),
                condition: $0.next(), quantity: $0.next())
        }
    }
}
