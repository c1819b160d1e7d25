import Kernel
import Store

/// What one chunk of a check gave.
package struct AuditChunk: Sendable {
    let bounds: ClosedRange<Int64>
    /// Nil: there was nothing left to look at.
    let range: AuditRange?
    let rows: Int
    let disagreements: [Disagreement]
}

/// Opens a snapshot and reads from it: `store.readBlocking` or `stepper.read`.
package typealias AuditRead = (@escaping @Sendable (Transaction) throws -> AuditChunk) throws -> AuditChunk

/// An audit under way: check by check, chunk by chunk, each chunk from a snapshot of its own, so that it can look at a
/// store that is being written to.
///
/// A check covers the keys there were when it began.
package struct AuditRun {
    private let checks: [AuditCheck]
    private var index = 0
    private var bounds: ClosedRange<Int64>?
    private var passed: Int64 = 0
    package private(set) var report = AuditReport()

    package init(_ checks: [AuditCheck] = Audit.checks) { self.checks = checks }

    /// The check under way and how much of it is done, 0 to 1; nil at the end.
    package var progress: (check: String, fraction: Double)? {
        guard index < checks.count else { return nil }
        guard let bounds, bounds.upperBound > bounds.lowerBound else { return (checks[index].name, 0) }
        let span = Double(bounds.upperBound) - Double(bounds.lowerBound)
        return (checks[index].name, max(0, (Double(passed) - Double(bounds.lowerBound)) / span))
    }

    /// Looks at one chunk more; false at the end.
    package mutating func step(_ read: AuditRead) throws -> Bool {
        guard index < checks.count else { return false }
        let check = checks[index], known = bounds, after = passed
        if known == nil { report.checks.append(.init(name: check.name, sentence: check.sentence, rows: 0)) }
        let chunk = try read { try check.look(within: known, after: after, in: $0) }
        report.checks[index].rows += chunk.rows
        report.findings += chunk.disagreements.map { Finding($0, of: check) }
        if let range = chunk.range, range.through < chunk.bounds.upperBound {
            bounds = chunk.bounds
            passed = range.through
        } else {
            bounds = nil
            index += 1
        }
        return index < checks.count
    }

    /// Goes through all checks.
    /// - Parameter progress: told after each chunk which check is next and how much of it is done.
    package static func run(
        _ checks: [AuditCheck] = Audit.checks, read: AuditRead,
        progress: (_ check: String, _ fraction: Double) -> Void = { _, _ in }
    ) throws -> AuditReport {
        var run = AuditRun(checks)
        while try run.step(read) {
            if let (check, fraction) = run.progress { progress(check, fraction) }
        }
        return run.report
    }
}

extension AuditCheck {
    /// One chunk: the first where nothing is known of the keys yet, else the one above `after`.
    func look(within known: ClosedRange<Int64>?, after: Int64, in tx: Transaction) throws -> AuditChunk {
        guard let bounds = try known ?? keys.bounds(in: tx) else {
            return AuditChunk(bounds: 0...0, range: nil, rows: 0, disagreements: [])
        }
        let start = known == nil ? bounds.lowerBound - 1 : after
        guard let (range, count) = try keys.next(after: start, through: bounds.upperBound, in: tx) else {
            return AuditChunk(bounds: bounds, range: nil, rows: 0, disagreements: [])
        }
        return AuditChunk(bounds: bounds, range: range, rows: count, disagreements: try disagreements(range, tx))
    }
}
