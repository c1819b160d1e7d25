import Flows
import HTTPAPI
import Identity
import Kernel
import Store
import Transport
import Views

/// The work of a driver, on a phone: the carrier's own trips and parcels, one scan after the other.
struct DriverPages {
    private static let drivers: Set<AccountRole> = [.driver]

    var pages: [Page] {
        [
            .get("/driver", "driver.title", for: Self.drivers, at: Place(.now, 1, "scan")) { try await Self.menu($0) },
            .get("/driver/{process}", "driver.title", for: Self.drivers) { visit in try await Self.desk(visit).show(visit) },
            .post("/driver/{process}/scans", for: Self.drivers) { visit in try await Self.desk(visit).take(visit) },
        ]
    }

    private static func post(_ visit: Visit) throws -> DriverPost {
        guard let carrier = visit.caller.carrier else { throw NotFound("carrier", visit.account.login) }
        return DriverPost(carrier: carrier, scope: visit.scope, actor: visit.actor, desk: visit.parts.orders)
    }

    private static func desk(_ visit: Visit) throws -> FloorDesk {
        let post = try post(visit)
        return FloorDesk(home: "/driver", jobs: [DriveTrip(post: post).job, RoundOut(post: post).job, Deliver(post: post).job])
    }

    private static func menu(_ visit: Visit) async throws -> PageAnswer {
        let post = try post(visit), desk = try desk(visit)
        let (names, out) = try await visit.read { (try Names(in: $0), try DriverWork.count(of: post.actor, in: $0)) }
        return .content(desk.menu(visit, waiting: ["deliver": out], under: names.carrier(post.carrier)), title: visit.texts["floor.what"])
    }
}

/// Somebody who drives for a carrier.
struct DriverPost: Sendable {
    let carrier: CarrierID
    let scope: Scope
    let actor: String
    let desk: OrderDesk
}
