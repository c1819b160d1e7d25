import Inventory
import Kernel
import Store

/// Closes the physical book every day, a stretch of movements a transaction.
package struct CloseBooks: ClockHandler {
    static let clock = "books.close"
    package let kinds = [clock]
    /// Of movements a transaction.
    package static let stretch = 2000
    private static let period = Duration.days(1)

    package init() {}

    package func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String] {
        let step: BookClose?
        do {
            step = try Self.step(asOf: tx.now - Books.rest, in: tx)
        } catch is Books.Refused {
            step = nil
        }
        // Where two nodes have set one each, one goes on.
        let isGoingOn = step?.state == .building
        try tx.schedule(Self.clock, source: "books", due: [(0, nil, isGoingOn ? tx.now : tx.now + Self.period, [:])])
        return clocks.map { _ in isGoingOn ? "carried" : "closed" }
    }

    /// The next stretch of the period that is being closed, or the first of the one that ends at `asOf`.
    static func step(asOf: Instant, in tx: Transaction) throws -> BookClose? {
        if let close = try Books.carry(limit: stretch, in: tx) { return close }
        _ = try Books.begin(asOf: asOf, in: tx)
        return try Books.carry(limit: stretch, in: tx)
    }
}

/// Sets the clock that closes the books, where none is set.
package struct KeepBooksClosed: Flow {
    package init() {}

    package func run(in tx: Transaction) throws {
        guard try !tx.isScheduled(CloseBooks.clock, of: 0) else { return }
        try tx.schedule(CloseBooks.clock, source: "books", due: [(0, nil, tx.now, [:])])
    }
}

/// One stretch of closing the books by hand. Answers how far it came.
package struct CloseBooksNow: Flow {
    let asOf: Instant?

    /// - Parameter asOf: the end of the period; as late as can be unless said.
    package init(asOf: Instant? = nil) { self.asOf = asOf }

    package func run(in tx: Transaction) throws -> BookClose {
        let asOf = asOf ?? tx.now - Books.rest
        guard let close = try CloseBooks.step(asOf: asOf, in: tx) else { throw Books.Refused.closed(asOf) }
        return close
    }
}
