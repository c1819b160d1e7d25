import Kernel
import Store

/// What merchants doubt of what was received.
enum DisputeChecks {
    static let all = [exceptions]

    static let exceptions = AuditCheck(
        "inbound_dispute.exception", "A dispute is open as long as its exception is: somebody counts again.",
        table: "inbound_dispute", keys: .ids(of: "inbound_dispute")
    ) { range, tx in
        let open = try tx.query(
            "SELECT id, state FROM inbound_dispute WHERE \(range.covers("id")) ORDER BY id"
        ) { (id: try $0.next(DisputeID.self), state: try $0.next(String.self)) }
        let cases: [String] = try tx.values(
            """
            SELECT subject FROM exception WHERE subject IN \(list: open.map(\.id.description)) AND kind = 'asn.disputed'
                AND closed_at IS NULL ORDER BY subject
            """)
        let looked = Set(cases)
        return open.filter { ($0.state == "open") != looked.contains($0.id.description) }.map {
            Disagreement(
                $0.id.description, expected: $0.state == "open" ? "an open exception" : "none",
                found: $0.state == "open" ? "none" : "an open one")
        }
    }
}
