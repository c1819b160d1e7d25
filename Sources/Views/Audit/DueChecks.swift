import Kernel
import Store

/// What should have happened by now.
enum DueChecks {
    static let all = [clocks, outbox, deliveries]

    private static let patience = Duration.minutes(5)

    static let clocks = AuditCheck(
        "clock.overdue", "No open clock is overdue by more than five minutes.",
        severity: .attention, table: "clock", keys: .ids(of: "clock", limit: 5000)
    ) { range, tx in
        try tx.query(
            """
            SELECT id, kind, due, attempts FROM clock
            WHERE \(range.covers("id")) AND closed_at IS NULL AND due < \(tx.now - patience) ORDER BY id
            """
        ) {
            let (id, kind): (ClockID, String) = try ($0.next(), $0.next())
            let (due, attempts): (Instant, Int) = try ($0.next(), $0.next())
            return Disagreement("\(id) \(kind)", expected: "fallen", found: "due \(due), \(attempts) attempts")
        }
    }

    static let deliveries = AuditCheck(
        "webhook_delivery.call", "A message that is not delivered and not given up has its call in the outbox.",
        table: "webhook_delivery", keys: .ids(of: "webhook_delivery", limit: 5000)
    ) { range in
        """
        SELECT d.id, d.state FROM webhook_delivery d WHERE \(range.covers("d.id")) AND d.closed_at IS NULL AND NOT EXISTS
            (SELECT 1 FROM outbox o WHERE o.subject = d.id AND o.kind = 'webhook.deliver' AND o.closed_at IS NULL)
        ORDER BY d.id
        """
    } decode: {
        Disagreement("\(try $0.next(DeliveryID.self))", expected: "an open call", found: "\(try $0.next(String.self)), none")
    }

    static let outbox = AuditCheck(
        "outbox.stuck", "Calls to the outside are made in time; none is given up, and of none is it unknown what became of it.",
        severity: .attention, table: "outbox", keys: .ids(of: "outbox", limit: 5000)
    ) { range, tx in
        try tx.query(
            """
            SELECT id, kind, state, attempts, COALESCE(reason, '') FROM outbox
            WHERE \(range.covers("id")) AND (state IN ('dead', 'unknown') AND kind <> 'webhook.deliver'
                OR state = 'waiting' AND due < \(tx.now - patience) OR state = 'leased' AND lease_until < \(tx.now - patience))
            ORDER BY id
            """
        ) {
            let (id, kind, state): (OutboxID, String, String) = try ($0.next(), $0.next(), $0.next())
            let (attempts, reason): (Int, String) = try ($0.next(), $0.next())
            let found = "\(state) after \(attempts) attempts\(reason.isEmpty ? "" : ": ")\(reason)"
            return Disagreement("\(id) \(kind)", expected: "done", found: found)
        }
    }
}
