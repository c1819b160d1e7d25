import Kernel

/// Something that is due: a ship-by, a hold's expiry, a cut-off. A row, run by the timer.
package struct ClockRow: Sendable {
    package let id: ClockID
    package let kind: String
    /// Who set it: `promise`, `channel`, `carrier`, a policy's name.
    package let source: String
    /// The raw id of the thing it stands on.
    package let subject: Int64
    package let owner: MerchantID?
    package let due: Instant
    package let payload: JSON
}

/// What happens when clocks of some kinds fall due.
package protocol ClockHandler: Sendable {
    var kinds: [String] { get }
    /// Acts on clocks of one kind, ordered by due; answers the outcome of each (`done`, `met`, `missed` …).
    func fall(due clocks: [ClockRow], in tx: Transaction) throws -> [String]
}

extension Transaction {
    /// Sets clocks of one kind; answers nothing, they are found by subject.
    package func schedule(
        _ kind: String, source: String, due: [(subject: Int64, owner: MerchantID?, at: Instant, payload: JSON)]
    ) throws {
        var rows = Rows(["id": .int, "subject": .int, "owner": .int, "due": .int, "payload": .text])
        for clock in due {
            rows.add(id(ClockID.self), clock.subject, clock.owner, clock.at, clock.payload)
            left?.clock(at: clock.at)
        }
        try run(
            """
            INSERT INTO clock (id, kind, source, subject, owner, due, run_at, payload, created_at)
            SELECT v.id, \(kind), \(source), v.subject, v.owner, v.due, v.due, v.payload, \(now) FROM (\(rows: rows)) AS v
            """)
    }

    /// Whether a clock of this kind is open on a subject.
    package func isScheduled(_ kind: String, of subject: Int64) throws -> Bool {
        try value("SELECT id FROM clock WHERE closed_at IS NULL AND subject = \(subject) AND kind = \(kind)", as: Int64.self) != nil
    }

    /// Closes the open clocks of `kinds` on these subjects with one outcome.
    package func closeClocks(_ kinds: [String], of subjects: [Int64], outcome: String) throws {
        guard !subjects.isEmpty else { return }
        try run(
            """
            UPDATE clock SET outcome = \(outcome), closed_at = \(now)
            WHERE closed_at IS NULL AND subject IN \(list: subjects) AND kind IN \(list: kinds)
            """)
    }
}

/// One step of the timer: takes what is due and hands it to its handlers. Answers how many fell.
///
/// A clock whose handler keeps failing is put off (1, 4, 16 … minutes; its due stays what it was) and closed as
/// `failed` after eight attempts.
package struct TimerStep: Flow {
    private let handlers: [any ClockHandler]
    private let limit: Int

    package init(_ handlers: [any ClockHandler], limit: Int = 500) {
        self.handlers = handlers
        self.limit = limit
    }

    package func run(in tx: Transaction) throws -> Int {
        let due = try tx.query(
            """
            SELECT id, kind, source, subject, owner, due, payload FROM clock
            WHERE closed_at IS NULL AND run_at <= \(tx.now) AND kind IN \(list: handlers.flatMap(\.kinds))
            ORDER BY run_at, id LIMIT \(limit) \(.skipLocked)
            """
        ) {
            try ClockRow(
                id: $0.next(), kind: $0.next(), source: $0.next(), subject: $0.next(), owner: $0.next(), due: $0.next(),
                payload: $0.next())
        }
        for handler in handlers {
            for kind in handler.kinds {
                let clocks = due.filter { $0.kind == kind }
                if !clocks.isEmpty { try fall(clocks, to: handler, in: tx) }
            }
        }
        return due.count
    }

    private func fall(_ clocks: [ClockRow], to handler: any ClockHandler, in tx: Transaction) throws {
        do {
            let outcomes = try tx.attempt { try handler.fall(due: clocks, in: tx) }
            precondition(outcomes.count == clocks.count, "a handler answers each clock")
            for (clock, outcome) in zip(clocks, outcomes) { try close(clock, outcome, in: tx) }
        } catch let error as StoreError where error.isTransient {
            throw error
        } catch where clocks.count > 1 {
            for clock in clocks { try fall([clock], to: handler, in: tx) }
        } catch {
            try postpone(clocks[0], because: error, in: tx)
        }
    }

    private func close(_ clock: ClockRow, _ outcome: String, in tx: Transaction) throws {
        try tx.run(
            "UPDATE clock SET outcome = \(outcome), closed_at = \(tx.now) WHERE id = \(clock.id) AND closed_at IS NULL")
    }

    private func postpone(_ clock: ClockRow, because error: any Error, in tx: Transaction) throws {
        let attempts = try tx.value("SELECT attempts FROM clock WHERE id = \(clock.id)", as: Int.self) ?? 0
        if attempts >= 7 { return try close(clock, "failed: \(error)", in: tx) }
        try tx.run(
            """
            UPDATE clock SET attempts = attempts + 1, run_at = \(tx.now + .minutes(1 << min(2 * attempts, 12)))
            WHERE id = \(clock.id)
            """)
    }
}
