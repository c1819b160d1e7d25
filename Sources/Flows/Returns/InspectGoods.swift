import Exceptions
import Facilities
import Inventory
import Kernel
import Returns
import Store
import Warehouse

/// What a person at the desk decides about goods.
package struct Inspection: Sendable {
    package var goods: GoodsID
    /// Nil: all of them.
    package var quantity: Quantity?
    package var grade: Grade
    /// Nil: as the terms of the return have it for the grade.
    package var disposition: Disposition?
    /// Wanted where goods leave the books: the number of a certificate, a photo's reference.
    package var proof: String?

    package init(
        _ goods: GoodsID, quantity: Quantity? = nil, grade: Grade, disposition: Disposition? = nil, proof: String? = nil
    ) {
        self.goods = goods
        self.quantity = quantity
        self.grade = grade
        self.disposition = disposition
        self.proof = proof
    }
}

/// Why goods are not graded, in the order of the checks.
package enum InspectionRefused: Refusal, Equatable {
    case notWaiting(GoodsID, GoodsState)
    case badQuantity(item: Int, Quantity, of: Quantity)
    case notNew(GoodsID, Grade)
    case counterfeit(GoodsID)
    case again(GoodsID)
    case proofMissing(GoodsID)

    package static let codes = [
        "inspection.not_waiting", "inspection.quantity_invalid", "inspection.not_new", "inspection.counterfeit",
        "inspection.refurbished_already", "inspection.proof_missing",
    ]

    package var code: String {
        switch self {
        case .notWaiting: Self.codes[0]
        case .badQuantity: Self.codes[1]
        case .notNew: Self.codes[2]
        case .counterfeit: Self.codes[3]
        case .again: Self.codes[4]
        case .proofMissing: Self.codes[5]
        }
    }

    package var message: String {
        switch self {
        case .notWaiting(let id, let state): "\(id) is \(state.rawValue); goods are graded when received or back from refurbishing."
        case .badQuantity(_, let quantity, let all): "\(quantity) cannot be graded of \(all)."
        case .notNew(let id, let grade): "\(id) has the grade \(grade.rawValue); only grade A is restocked."
        case .counterfeit(let id): "\(id) is counterfeit and is never restocked."
        case .again(let id): "\(id) comes from refurbishing and does not go there again."
        case .proofMissing(let id): "\(id) is disposed of with a proof only."
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .badQuantity, .proofMissing: .invalid
        case .notWaiting, .notNew, .counterfeit, .again: .conflict
        }
    }

    package var field: String? { if case .badQuantity(let item, _, _) = self { "/results/\(item)/quantity" } else { nil } }
}

/// Grades goods and decides what becomes of them, in both books: restocked goods wait to be put away and are sold again as
/// soon as they are; the rest is mended, set aside, or destroyed.
package struct InspectGoods: Flow {
    let inspections: [Inspection]
    let occurred: Instant
    let actor: String

    package struct Inspected: Sendable {
        package let goods: GoodsID
        package let quantity: Quantity
        package let state: GoodsState
        package let disposition: Disposition
        /// To be put away.
        package let task: TaskID?
    }

    package init(_ inspections: [Inspection], occurred: Instant, actor: String) {
        self.inspections = inspections
        self.occurred = occurred
        self.actor = actor
    }

    package func run(in tx: Transaction) throws -> [Inspected] {
        var standing = Dictionary(
            uniqueKeysWithValues: try GoodsBook.load(inspections.map(\.goods), in: tx).map { ($0.id, $0) })
        let terms = Dictionary(
            uniqueKeysWithValues: try RMAs.load(standing.values.compactMap(\.rma), in: tx).map { ($0.id, $0.terms) })
        let places = try Locations.find(Set(standing.values.map(\.location)).sorted(), in: tx)
        var decided: [(goods: ReturnedGoods, decision: GoodsBook.Decision)] = []
        for (index, one) in inspections.enumerated() {
            guard var goods = standing[one.goods] else { throw NotFound("goods", one.goods) }
            let disposition = one.disposition ?? Self.proposal(goods, one.grade, goods.rma.flatMap { terms[$0] } ?? ReturnTerms())
            try check(index, one, goods, disposition)
            if let part = one.quantity, part < goods.quantity {
                standing[goods.id]?.quantity -= part
                goods = try GoodsBook.split(goods, off: part, occurred: occurred, in: tx)
            } else {
                standing[goods.id]?.state = GoodsState(disposition)
            }
            let state = GoodsState(disposition)
            let task: TaskID? = state == .restocked ? tx.id() : nil
            decided.append(
                (goods, GoodsBook.Decision(
                    goods, to: state, grade: one.grade, disposition: disposition,
                    condition: Condition(one.grade).rawValue, proof: one.proof, task: task)))
        }
        try write(decided, places, in: tx)
        return decided.map { goods, decision in
            Inspected(
                goods: goods.id, quantity: goods.quantity, state: decision.to, disposition: decision.disposition, task: decision.task)
        }
    }

    /// What the terms make of a grade. Counterfeits go to the merchant, whose they claim to be.
    static func proposal(_ goods: ReturnedGoods, _ grade: Grade, _ terms: ReturnTerms) -> Disposition {
        if goods.finding == .counterfeit { return .returnToMerchant }
        let wanted: Disposition = switch grade {
        case .new: .restock
        case .opened: terms.gradeB
        case .damaged: terms.gradeC
        case .unusable: terms.gradeD
        }
        return wanted == .refurbish && goods.state == .refurbishing ? .liquidate : wanted
    }

    private func check(
        _ index: Int, _ one: Inspection, _ goods: ReturnedGoods, _ disposition: Disposition
    ) throws(InspectionRefused) {
        guard goods.state == .received || goods.state == .refurbishing else { throw .notWaiting(goods.id, goods.state) }
        let part = one.quantity ?? goods.quantity
        guard part > 0, part <= goods.quantity else { throw .badQuantity(item: index, part, of: goods.quantity) }
        if disposition == .restock, one.grade != .new { throw .notNew(goods.id, one.grade) }
        if disposition == .restock, goods.finding == .counterfeit { throw .counterfeit(goods.id) }
        if disposition == .refurbish, goods.state == .refurbishing { throw .again(goods.id) }
        if disposition == .dispose, one.proof ?? "" == "" { throw .proofMissing(goods.id) }
    }

    private func write(
        _ decided: [(goods: ReturnedGoods, decision: GoodsBook.Decision)], _ places: [LocationID: Location],
        in tx: Transaction
    ) throws {
        var moves: [NewMovement] = [], tasks: [FloorTask] = []
        for (goods, decision) in decided {
            guard let place = places[goods.location] else { throw StoreError.unexpected("\(goods.location) is gone") }
            if let move = move(goods, decision, place.place) { moves.append(move) }
            if let task = decision.task {
                tasks.append(
                    FloorTask(
                        id: task, kind: .putaway, site: goods.site, owner: goods.owner, sku: goods.sku, lot: goods.lot,
                        fromKind: "location", from: goods.location.raw, toKind: "location", to: 0, quantity: goods.quantity, walk: 0))
            }
            tx.emit(.graded(goods, decision.grade, decision.disposition, actor: actor, at: occurred))
        }
        try GoodsBook.decide(decided.map(\.decision), occurred: occurred, in: tx)
        try StockBook.post(moves, in: tx)
        try Tasks.add(tasks, in: tx)
        for finding in GoodsFinding.allCases {
            guard let kind = ReturnExceptions.goods(finding) else { continue }
            let settled = decided.filter { $0.goods.finding == finding }.map(\.goods.id.description)
            try Exceptions.close(settled, kind: kind, outcome: "graded", occurred: occurred, actor: actor, in: tx)
        }
        try ReturnInspection.advance(
            Set(decided.compactMap(\.goods.rma)).sorted(), actor: actor, occurred: occurred, in: tx)
    }

    /// From the condition goods were found in to that of their grade, or out of the books.
    private func move(_ goods: ReturnedGoods, _ decision: GoodsBook.Decision, _ place: Place) -> NewMovement? {
        let isGone = decision.to == .gone
        let before = Condition(rawValue: goods.condition) ?? .unknown, after = Condition(decision.grade)
        guard isGone || before != after else { return nil }
        var move = NewMovement(
            owner: goods.owner, sku: goods.sku, lot: goods.lot, quantity: goods.quantity, site: goods.site, from: place,
            to: isGone ? .outside(.disposed) : place, reason: isGone ? .dispose : .grade, reference: goods.id.raw, actor: actor,
            occurred: occurred)
        move.fromCondition = before
        move.toCondition = after
        return move.with(serials: goods.serials)
    }
}

extension Condition {
    fileprivate init(_ grade: Grade) {
        switch grade {
        case .new: self = .new
        case .opened: self = .opened
        case .damaged, .unusable: self = .damaged
        }
    }
}

enum ReturnInspection {
    /// Returns on a desk of which all goods are graded are inspected.
    static func advance(_ ids: [RMAID], actor: String, occurred: Instant, in tx: Transaction) throws {
        let here = try RMAs.load(ids, in: tx).filter { $0.state == .received }
        let waiting = try GoodsBook.ungraded(here.map(\.id), in: tx)
        let done = here.filter { !waiting.contains($0.id) }
        try RMAs.change(done, to: .inspected, actor: actor, occurred: occurred, in: tx)
        try tx.closeClocks([ReturnClocks.grading], of: done.map(\.id.raw), outcome: "met")
        try Exceptions.close(
            done.map(\.id.description), kind: ReturnExceptions.ungraded, outcome: "graded", occurred: occurred, actor: actor,
            in: tx)
    }
}

/// Goods that were set aside leave: to their merchant, or to whoever bought them.
package struct SendOffGoods: Flow {
    let goods: [GoodsID]
    let reference: String
    let occurred: Instant
    let actor: String

    package struct NotAside: Refusal, Equatable {
        package let goods: GoodsID
        package let state: GoodsState

        package init(_ goods: GoodsID, _ state: GoodsState) {
            self.goods = goods
            self.state = state
        }

        package var code: String { "returned_goods.not_aside" }
        package var message: String { "\(goods) is \(state.rawValue); only goods that are set aside are sent off." }
        package var kind: RefusalKind { .conflict }
    }

    /// - Parameter reference: of the removal, the sale or the consignment note; kept as proof.
    package init(_ goods: [GoodsID], reference: String, occurred: Instant, actor: String) {
        self.goods = goods
        self.reference = reference
        self.occurred = occurred
        self.actor = actor
    }

    package func run(in tx: Transaction) throws {
        guard !reference.isEmpty else { throw InvalidInput(field: "/reference", "A reference has 1 to 100 characters.") }
        let all = Dictionary(uniqueKeysWithValues: try GoodsBook.load(goods, in: tx).map { ($0.id, $0) })
        let places = try Locations.find(Set(all.values.map(\.location)).sorted(), in: tx)
        let leaving = try Set(goods).sorted().map { id -> ReturnedGoods in
            guard let one = all[id] else { throw NotFound("goods", id) }
            guard one.state == .aside else { throw NotAside(id, one.state) }
            return one
        }
        try GoodsBook.decide(
            leaving.compactMap { one in
                guard let grade = one.grade, let disposition = one.disposition else { return nil }
                return GoodsBook.Decision(
                    one, to: .gone, grade: grade, disposition: disposition, condition: one.condition, proof: reference, task: nil)
            }, occurred: occurred, in: tx)
        try StockBook.post(
            leaving.compactMap { one in
                places[one.location].map { place in
                    let isMerchants = one.disposition == .returnToMerchant
                    var move = NewMovement(
                        owner: one.owner, sku: one.sku, lot: one.lot, quantity: one.quantity, site: one.site, from: place.place,
                        to: .outside(isMerchants ? .supplier : .disposed), reason: .dispose, reference: one.id.raw,
                        actor: actor, occurred: occurred)
                    move.fromCondition = Condition(rawValue: one.condition) ?? .unknown
                    move.toCondition = move.fromCondition
                    return move.with(serials: one.serials)
                }
            }, in: tx)
    }
}
