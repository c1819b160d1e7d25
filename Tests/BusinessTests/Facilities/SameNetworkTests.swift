import Facilities
import Kernel
import Store
import TestGround
import Testing

@Suite struct SameNetworkTests {
    @Test func `two networks of the same statements are the same`() throws {
        func describe() throws -> String {
            try withNetwork(.sqliteMemory) { stepper in
                let service = try stepper.addService(), site = try stepper.addSite()
                let lane = NewLane(
                    origin: site, service: service,
                    departures: [3, 1, 2].map { LaneDeparture(weekday: $0, leaves: clock("17:00"), cutOffMinutes: 30 * $0) })
                _ = try stepper.perform(InPlace { tx in try SaveLanes.run([lane], in: tx) })
                let network = try stepper.network()
                return "\(network.sites) \(network.services) \(network.lanes) \(network.version)"
                    + "\(network.collections(site, service).map { "\($0.groups)" } ?? "")"
            }
        }
        #expect(try describe() == describe())
    }
}
