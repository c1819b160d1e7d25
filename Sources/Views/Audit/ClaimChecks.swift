import Claims
import Kernel
import Store

/// Money that is claimed for what was lost or damaged.
enum ClaimChecks {
    static let all = [exceptions, clocks]

    static let exceptions = AuditCheck(
        "claim.exception", "A claim is open as long as its exception is: somebody sends or decides it.",
        table: "claim", keys: .ids(of: "claim", limit: 1000)
    ) { range, tx in
        let claims = try tx.query("SELECT id, state FROM claim WHERE \(range.covers("id")) ORDER BY id") {
            (id: try $0.next(ClaimID.self), state: try $0.next(ClaimState.self))
        }
        let cases: [String] = try tx.values(
            """
            SELECT subject FROM exception WHERE subject IN \(list: claims.map(\.id.description))
                AND kind IN ('claim.unsent', 'claim.undecided') AND closed_at IS NULL ORDER BY subject, id
            """)
        let waiting = Set(cases)
        return claims.filter { ($0.state == .open) != waiting.contains($0.id.description) }.map {
            Disagreement(
                $0.id.description, expected: $0.state == .open ? "an open exception" : "none",
                found: $0.state == .open ? "none" : "an open one")
        }
    }

    static let clocks = AuditCheck(
        "claim.clock", "A claim that a carrier may still answer in time has a clock.",
        table: "claim", keys: .ids(of: "claim", limit: 1000)
    ) { range, tx in
        try tx.query(
            """
            SELECT c.id FROM claim c WHERE \(range.covers("c.id")) AND c.state = 'sent' AND c.due_at > \(tx.now) AND NOT EXISTS
                (SELECT 1 FROM clock k WHERE k.kind = 'claim.answer' AND k.subject = c.id AND k.closed_at IS NULL) ORDER BY c.id
            """
        ) { Disagreement(try $0.next(ClaimID.self).description, expected: "a clock", found: "none") }
    }
}
