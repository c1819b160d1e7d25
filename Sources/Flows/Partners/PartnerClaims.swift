import Inventory
import Kernel
import Orders
import Partners
import Store

/// A quantity of one line of a handoff.
package struct HandoffPart: Sendable {
    package let line: FulfillmentLineID
    package let quantity: Quantity

    package init(line: FulfillmentLineID, quantity: Quantity) {
        self.line = line
        self.quantity = quantity
    }
}

/// The claims behind a handoff's open units, taken a part at a time.
struct PartnerClaims {
    private var open: [FulfillmentLineID: [Reservation]]

    init(_ one: Handoff, in tx: Transaction) throws {
        let claims = try Reservations.open(of: one.lines.map(\.id), in: tx)
        // Those whose goods are said to be gone come last: a partner sends what it has.
        open = Dictionary(grouping: claims, by: \.line).mapValues { all in
            all.filter { $0.state == .active } + all.filter { $0.state != .active }
        }
    }

    /// Claims of a line that come to exactly this quantity; one that is larger is split.
    mutating func take(_ quantity: Quantity, of line: FulfillmentLineID, in tx: Transaction) throws -> [Reservation] {
        var left = quantity, taken: [Reservation] = []
        while left > 0 {
            guard let first = open[line]?.first else { throw StoreError.unexpected("\(line) claims less than it has open") }
            if first.quantity <= left {
                taken.append(first)
                open[line]?.removeFirst()
                left -= first.quantity
            } else {
                let part = try Reservations.split(first.id, off: left, in: tx)
                taken.append(first.with(part, left))
                open[line]?[0] = first.with(first.id, first.quantity - left)
                left = 0
            }
        }
        return taken
    }
}

extension Reservation {
    fileprivate func with(_ id: ReservationID, _ quantity: Quantity) -> Reservation {
        Reservation(
            id: id, supply: supply, owner: owner, sku: sku, site: site, order: order, component: component, line: line,
            quantity: quantity, due: due, state: state)
    }
}

extension Handoff {
    /// The lines that parts are about, with the quantity of each.
    /// - Parameter place: the JSON pointer of a part, by its index.
    /// - Throws: `HandoffRefused`.
    func check(_ parts: [HandoffPart], place: (Int) -> String) throws -> [(line: HandoffLine, quantity: Quantity)] {
        var seen: Set<FulfillmentLineID> = []
        let named = try parts.enumerated().map { index, part in
            guard let line = lines.first(where: { $0.id == part.line }) else { throw HandoffRefused.unknownLine(place(index)) }
            guard seen.insert(part.line).inserted else { throw HandoffRefused.repeatedLine(place(index)) }
            return (line: line, quantity: part.quantity)
        }
        for (index, part) in named.enumerated() where part.quantity > part.line.open {
            throw HandoffRefused.tooMany(place(index), wanted: part.quantity, open: part.line.open)
        }
        return named
    }

    /// - Throws: `NotFound`.
    static func find(_ id: FulfillmentID, in tx: Transaction) throws -> Handoff {
        guard let one = try Handoffs.load([id], in: tx).first else { throw NotFound("fulfillment_order", id) }
        return one
    }
}
