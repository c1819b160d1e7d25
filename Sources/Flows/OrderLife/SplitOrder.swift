import Identity
import Inventory
import Kernel
import Orders
import Store

/// Makes an order of its own of some lines of an order, or of some pieces of them: for the same shopper and address, with
/// its share of the money, and promised for the date that the shopper was shown.
///
/// Of a line of which units wait, those go first. What nobody splits off keeps its goods and dates.
package struct SplitOrder: Flow {
    package struct Part: Sendable {
        package let line: LineID
        /// Nil: all of it.
        package let quantity: Quantity?

        package init(_ line: LineID, _ quantity: Quantity? = nil) {
            self.line = line
            self.quantity = quantity
        }
    }

    package struct Answer: Sendable, Equatable {
        package let order: OrderID
        package let number: String
        /// Of the order that it was split off.
        package let version: Int64
    }

    /// In the order of the checks, after those of `EditRefused` up to `noSale`.
    package enum Refused: Refusal, Equatable {
        case noParts
        case unknownLine(part: Int, LineID)
        case lineTwice(part: Int, LineID)
        case badQuantity(part: Int, Quantity, of: Quantity)
        case nothingLeft(OrderID)
        case badNumber(String)
        case numberUsed(String)

        package static let samples: [Refused] = [
            .noParts, .unknownLine(part: 0, LineID(0)), .lineTwice(part: 0, LineID(0)), .badQuantity(part: 0, 0, of: 0),
            .nothingLeft(OrderID(0)), .badNumber(""), .numberUsed(""),
        ]
        package var code: String {
            switch self {
            case .noParts: "order.split_nothing"
            case .unknownLine: "order.line_unknown"
            case .lineTwice: "order.line_twice"
            case .badQuantity: "order.quantity_invalid"
            case .nothingLeft: "order.split_whole"
            case .badNumber: "order.text_invalid"
            case .numberUsed: "order.number_used"
            }
        }
        package var message: String {
            switch self {
            case .noParts: "A split names 1 to 200 lines."
            case .unknownLine(_, let line): "The order has no line \(line)."
            case .lineTwice(_, let line): "Line \(line) is named twice."
            case .badQuantity(_, let quantity, let all): "1 to \(all) of the line can be split off, not \(quantity)."
            case .nothingLeft(let id): "Nothing of \(id) would be left."
            case .badNumber: "A number has 1 to 100 characters."
            case .numberUsed(let number): "Order '\(number)' of this channel exists already."
            }
        }
        package var kind: RefusalKind {
            switch self {
            case .nothingLeft, .numberUsed: .conflict
            default: .invalid
            }
        }
        package var field: String? {
            switch self {
            case .noParts, .nothingLeft: "/parts"
            case .unknownLine(let part, _), .lineTwice(let part, _): "/parts/\(part)/line"
            case .badQuantity(let part, _, _): "/parts/\(part)/quantity"
            case .badNumber, .numberUsed: "/number"
            }
        }
    }

    let order: OrderID
    let merchant: MerchantID?
    let parts: [Part]
    let number: String?
    let seen: Int64?
    let acceptLater: Bool
    let desk: OrderDesk
    let actor: String

    /// - Parameters:
    ///   - merchant: the only one whose order it may be; nil for the operator.
    ///   - number: of the new order; nil: the order's with the next number behind it.
    ///   - seen: the version that the caller goes by; nil: whatever it is.
    ///   - acceptLater: whether what is split off may arrive after the date first shown.
    package init(
        _ order: OrderID, merchant: MerchantID?, _ parts: [Part], number: String? = nil, seen: Int64? = nil,
        acceptLater: Bool = false, desk: OrderDesk, actor: String
    ) {
        self.order = order
        self.merchant = merchant
        self.parts = parts
        self.number = number
        self.seen = seen
        self.acceptLater = acceptLater
        self.desk = desk
        self.actor = actor
    }

    package func run(in tx: Transaction) throws -> Answer {
        let record = try EditRefused.load(order, of: merchant, seen: seen, in: tx)
        let taken = try taken(OrderEdits.lines(of: order, in: tx))
        let number = try number(of: record, in: tx)
        let work = try OpenWork(record, in: tx)
        if let line = taken.first(where: { work.begunLines.contains($0.line.id) })?.line { throw EditRefused.lineInWork(order, line.id) }
        var again = try SourceAgain(
            work, skus: Set(work.components.map(\.sku)).sorted(), backorder: false, sold: record.way == .record, desk: desk, in: tx)
        let edit = tx.id(EditID.self), new = tx.id(OrderID.self)
        let units = units(taken, work)
        try work.giveBack(units, in: tx)
        try OpenPart.run(new, of: record, number: number, recipient: recipient(of: record, for: new, in: tx), edit: edit, in: tx)
        try move(taken, units, work, to: new, in: tx)
        try OrderHolds.copy(from: order, to: [new], of: record.merchant, in: tx)
        let made = try OrderEdits.write(edit, .split, of: record, other: new, owed: false, actor: actor, in: tx)
        try OpenPart.sum(new, of: made, in: tx)
        tx.emit(.orderSplit(made, into: new, number: number, units: units.values.reduce(0, +), at: tx.now))
        try source(new, &again, taken, in: tx)
        try OrderEdits.dated(order, in: tx)
        try FirstPromise.run(record, in: tx)
        try ParcelEnds.settleOrders([(order, tx.now)], in: tx)
        if let session = try LiveSessions.of([order], in: tx)[order].flatMap({ try LiveSessions.find($0, in: tx) }) {
            try LiveSessions.join([new], session, in: tx)
        }
        try SessionHold.renew([order, new], in: tx)
        return Answer(order: new, number: number, version: made.version)
    }

    private func taken(_ lines: [LineRecord]) throws(Refused) -> [(line: LineRecord, quantity: Quantity)] {
        guard (1...200).contains(parts.count) else { throw .noParts }
        var taken: [(line: LineRecord, quantity: Quantity)] = []
        for (index, part) in parts.enumerated() {
            guard let line = lines.first(where: { $0.id == part.line }) else { throw .unknownLine(part: index, part.line) }
            guard !taken.contains(where: { $0.line.id == line.id }) else { throw .lineTwice(part: index, line.id) }
            let quantity = part.quantity ?? line.quantity
            guard quantity > 0, quantity <= line.quantity else { throw .badQuantity(part: index, quantity, of: line.quantity) }
            taken.append((line, quantity))
        }
        guard taken.count < lines.count || taken.contains(where: { $0.quantity < $0.line.quantity }) else { throw .nothingLeft(order) }
        return taken
    }

    private func number(of record: OrderRecord, in tx: Transaction) throws -> String {
        func isUsed(_ number: String) throws -> Bool {
            let key = OrderKey(merchant: record.merchant, channel: record.channel, number: number)
            return try OrderNumbers.known([key], in: tx)[key] != nil
        }
        if let number {
            guard (1...100).contains(number.count) else { throw Refused.badNumber(number) }
            guard try !isUsed(number) else { throw Refused.numberUsed(number) }
            return number
        }
        var next = 2
        while try isUsed("\(record.number)-\(next)") { next += 1 }
        let made = "\(record.number)-\(next)"
        guard made.count <= 100 else { throw Refused.badNumber(made) }
        return made
    }

    /// What goes of each component.
    private func units(_ taken: [(line: LineRecord, quantity: Quantity)], _ work: OpenWork) -> [ComponentID: Quantity] {
        var units: [ComponentID: Quantity] = [:]
        for (line, quantity) in taken {
            for part in work.components where part.line == line.id {
                units[part.id] = quantity * (part.ordered.rawValue / line.quantity.rawValue)
            }
        }
        return units
    }

    /// Somebody of its own: another address for one order is none for the other.
    private func recipient(of record: OrderRecord, for new: OrderID, in tx: Transaction) throws -> RecipientID? {
        guard let known = record.recipient, let person = try Recipients.open([known], desk.vault, in: tx)[known] else { return nil }
        return try Recipients.add([(record.merchant, person)], for: [new], desk.vault, in: tx).first
    }

    private func move(
        _ taken: [(line: LineRecord, quantity: Quantity)], _ units: [ComponentID: Quantity], _ work: OpenWork, to new: OrderID,
        in tx: Transaction
    ) throws {
        var lines: [LineID] = [], names: [ComponentID: ComponentID] = [:]
        for (line, quantity) in taken {
            if quantity == line.quantity {
                lines.append(line.id)
            } else {
                let cut = try CutLine.run(line, off: quantity, of: order, in: tx)
                lines.append(cut.line)
                names.merge(cut.parts) { own, _ in own }
            }
        }
        try MoveLines.run(lines, to: new, in: tx)
        var left = units
        for shortage in work.shortages {
            let part = min(shortage.quantity, left[shortage.component] ?? 0)
            guard part > 0 else { continue }
            left[shortage.component, default: 0] -= part
            try Shortages.move(shortage, part, to: new, names[shortage.component] ?? shortage.component, in: tx)
        }
    }

    private func source(
        _ new: OrderID, _ again: inout SourceAgain, _ taken: [(line: LineRecord, quantity: Quantity)], in tx: Transaction
    ) throws {
        guard let record = try OrderRecords.load([new], in: tx)[new] else { throw StoreError.unexpected("\(new) is gone") }
        if let date = record.promisedBy { try OrderClocks.setPromised([(record, date)], in: tx) }
        let answer = try again.run(record, in: tx)
        let lines = try OrderEdits.lines(of: new, in: tx), components = try OrderRecords.components(of: [new], in: tx)
        let names = LineNames(OrderChange(keeping: []), nil, lines, components)
        if record.way == .place { try names.refuseShort(answer) }
        try again.wait(answer.short, of: record, naming: { names.name($0) }, in: tx)
        try OrderEdits.dated(new, in: tx)
        try FirstPromise.run(record, in: tx)
        guard !acceptLater, record.way == .place, let promised = record.promisedBy, let date = answer.sourced.deliverBy, date > promised
        else { return }
        throw EditRefused.later(order, promised: promised, now: date)
    }
}
