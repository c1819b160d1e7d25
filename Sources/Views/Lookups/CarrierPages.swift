import Facilities
import Kernel
import Store

/// A carrier with its services.
package struct CarrierView: Codable, Sendable {
    package struct Service: Codable, Sendable {
        package let id: ServiceID
        package let code: String
        package let name: String
        package let mode: TransportMode
    }

    package let id: CarrierID
    package let code: String
    package let name: String
    package let services: [Service]

    /// All carriers that the reader may know of, in the order of ids; they are few. A carrier knows itself.
    package static func all(_ scope: Scope, in tx: Transaction) throws -> [CarrierView] {
        let services = Dictionary(grouping: try CarrierService.all(in: tx), by: \.carrier)
        return try Carrier.all(in: tx).filter { scope == .carrier($0.id) || !scope.isCarrier }.map { carrier in
            CarrierView(
                id: carrier.id, code: carrier.code, name: carrier.name,
                services: (services[carrier.id] ?? []).map {
                    Service(id: $0.id, code: $0.code, name: $0.name, mode: $0.mode)
                })
        }
    }
}

extension Scope {
    fileprivate var isCarrier: Bool { if case .carrier = self { true } else { false } }
}
