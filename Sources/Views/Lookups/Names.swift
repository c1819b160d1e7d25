import Identity
import Kernel
import Store

/// The names under which people know sites, services and whoever did something.
package struct Names: Sendable {
    package struct Service: Sendable {
        package let name: String
        package let carrier: String
    }

    package private(set) var sites: [SiteID: String] = [:]
    package private(set) var services: [ServiceID: Service] = [:]
    package private(set) var carriers: [CarrierID: String] = [:]
    package private(set) var merchants: [MerchantID: String] = [:]
    /// People and keys, by the id that the log holds.
    package private(set) var people: [String: String] = [:]

    /// All sites, services and carriers, which are few, and the merchants and people asked for.
    ///
    /// - Parameter actors: as the log names them; what is no account has no name.
    package init(merchants: [MerchantID] = [], actors: [String] = [], in tx: Transaction) throws {
        sites = Dictionary(uniqueKeysWithValues: try tx.query("SELECT id, name FROM site ORDER BY id") {
            (try $0.next(SiteID.self), try $0.next(String.self))
        })
        carriers = Dictionary(uniqueKeysWithValues: try tx.query("SELECT id, name FROM carrier ORDER BY id") {
            (try $0.next(CarrierID.self), try $0.next(String.self))
        })
        let known = carriers
        services = Dictionary(uniqueKeysWithValues: try tx.query("SELECT id, name, carrier FROM carrier_service ORDER BY id") {
            let id = try $0.next(ServiceID.self), name = try $0.next(String.self), carrier = try $0.next(CarrierID.self)
            return (id, Service(name: name, carrier: known[carrier] ?? ""))
        })
        let asked = Set(merchants).sorted(), accounts = Set(actors.compactMap { AccountID($0) }).sorted()
        self.merchants = Dictionary(
            uniqueKeysWithValues: try tx.query("SELECT id, name FROM merchant WHERE id IN \(list: asked) ORDER BY id") {
                (try $0.next(MerchantID.self), try $0.next(String.self))
            })
        people = Dictionary(
            uniqueKeysWithValues: try tx.query("SELECT id, name FROM account WHERE id IN \(list: accounts) ORDER BY id") {
                (try $0.next(AccountID.self).description, try $0.next(String.self))
            })
        let keys = Set(actors.compactMap { KeyID($0) }).sorted()
        guard !keys.isEmpty else { return }
        for (id, name) in try tx.query(
            "SELECT id, name FROM api_key WHERE id IN \(list: keys) ORDER BY id",
            { (try $0.next(KeyID.self).description, try $0.next(String.self)) }
        ) { people[id] = name }
    }

    package func site(_ id: SiteID) -> String { sites[id] ?? id.description }
    package func carrier(_ id: CarrierID) -> String { carriers[id] ?? id.description }
    package func merchant(_ id: MerchantID) -> String { merchants[id] ?? id.description }
    /// `Carrier, service`.
    package func service(_ id: ServiceID) -> String { services[id].map { "\($0.carrier), \($0.name)" } ?? id.description }
}
