import Foundation
import Kernel

/// The number under which this process makes ids, so that no two processes make one twice.
package struct NodeLease: Sendable {
    package let number: Int
    /// Tells this process from a later one with the same number.
    let process: String

    /// How long a number stays taken after the last heartbeat.
    package static let duration = Duration.seconds(120)
    static let heartbeat = Duration.seconds(15)

    /// Takes the lowest free number from 1 on; 0 belongs to rehearsals. One that a dead process held is free
    /// again ten leases after its end, longer than clocks differ.
    package static func take(_ connection: any Connection, now: Instant) throws -> NodeLease {
        try connection.begin(readOnly: false)
        do {
            try connection.lockSchema()
            var taken: Set<Int> = []
            let margin = now - NodeLease.duration * 10
            try connection.query("SELECT number FROM node WHERE lease_until > \(margin) ORDER BY number") {
                taken.insert(try $0.next())
            }
            guard let number = (1..<IDGenerator.nodes.upperBound).first(where: { !taken.contains($0) }) else {
                throw StoreError.unsuitable("All 1,023 node numbers are taken.")
            }
            let lease = NodeLease(
                number: number, process: "\(ProcessInfo.processInfo.processIdentifier) \(UUID().uuidString)")
            try connection.run("DELETE FROM node WHERE number = \(number)")
            try connection.run(
                """
                INSERT INTO node (number, process, started_at, lease_until)
                VALUES (\(number), \(lease.process), \(now), \(now + duration))
                """)
            try connection.commit()
            return lease
        } catch {
            try? connection.rollback()
            throw error
        }
    }

    /// Keeps the number. Throws `StoreError.unsuitable` where it went to another process while this one slept.
    struct Renew: Flow {
        let lease: NodeLease

        func run(in tx: Transaction) throws {
            let touched = try tx.run(
                """
                UPDATE node SET lease_until = \(tx.now + NodeLease.duration)
                WHERE number = \(lease.number) AND process = \(lease.process)
                """)
            guard touched == 1 else {
                throw StoreError.unsuitable("Node number \(lease.number) went to another process. Restart this one.")
            }
        }
    }
}

extension Transaction {
    /// How many nodes serve this database now: those whose last heartbeat is less than three of them ago.
    func liveNodes() throws -> Int {
        try value("SELECT COUNT(*) FROM node WHERE lease_until > \(now + NodeLease.duration - NodeLease.heartbeat * 3)") ?? 1
    }
}
