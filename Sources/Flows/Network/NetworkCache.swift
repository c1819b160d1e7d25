import Facilities
import Kernel
import Store
import Synchronization

/// Keeps the network of the last version seen, for all threads of a process.
package final class NetworkCache: Sendable {
    private let last = Mutex<Network?>(nil)

    package init() {}

    /// The network as this transaction sees it; read anew only where its version changed.
    package func network(in tx: Transaction) throws -> Network {
        let known = last.withLock { $0 }
        let current = try Network.current(known, in: tx)
        if current.version != known?.version { last.withLock { $0 = current } }
        return current
    }
}
