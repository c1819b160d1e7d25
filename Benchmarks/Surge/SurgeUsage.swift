import Foundation
import Glibc
import Kernel

/// Time and CPU that went by in this process since it was made.
struct SurgeUsage {
    private let begun = ContinuousClock.now
    private let cpu = Self.cpuMicros

    var seconds: Double { Double((ContinuousClock.now - begun).micros) / 1e6 }
    /// Of all threads, user and system.
    var cpuMicros: Int64 { Self.cpuMicros - cpu }

    private static var cpuMicros: Int64 {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let time = [usage.ru_utime, usage.ru_stime]
        return time.reduce(0) { $0 + Int64($1.tv_sec) * 1_000_000 + Int64($1.tv_usec) }
    }
}

/// What a measurement of orders came to.
struct SurgeRate {
    var orders: Int
    var seconds: Double
    /// Of the process with the store; a database server's own is not in it.
    var cpuMicros: Int64
    var p50Micros: Int64 = 0
    var p99Micros: Int64 = 0
    var refused: Int64 = 0
    /// Events the slowest follower was behind at the end.
    var lag = 0

    var perSecond: Double { seconds > 0 ? Double(orders) / seconds : 0 }
    var cpuPerOrder: Double { orders > 0 ? Double(cpuMicros) / Double(orders) : 0 }
}
