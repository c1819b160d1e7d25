import Flows
import HTTPAPI
import Identity
import Kernel
import Store
import Views
import Warehouse

/// The work of hands, on a phone or a hand scanner: one page a process, one scan after the other.
struct FloorPages {
    static let processes: [any FloorProcess] = [
        PickFloor(), PackFloor(), ReceiveFloor(), PutawayFloor(), SortFloor(), BagFloor(), LoadFloor(), ArriveFloor(), CountFloor(),
        InspectFloor(),
    ]

    /// A partner picks and packs by its own system; what goes from site to site is scanned there as everywhere.
    private static let atPartners: Set = ["sort", "bag", "load", "arrive", "inspect"]

    var pages: [Page] {
        [
            .get("/floor", "floor.title", for: .site, at: Place(.now, 10, "scan")) { try await Self.menu($0) },
            .get("/floor/{process}", "floor.title", for: .site) { visit in try await Self.desk(visit).show(visit) },
            .post("/floor/{process}/scans", for: .site) { visit in try await Self.desk(visit).take(visit) },
            .get("/floor/labels/{parcel}", "floor.label", for: .site) { visit in
                let id = try visit.id("parcel", UnitID.self), (scope, vault) = (visit.scope, visit.parts.vault)
                let papers = try await visit.read { try ParcelPapers.find(id, scope, vault: vault, in: $0) }
                return .file(try papers.labelPDF(), mediaType: "application/pdf", name: nil)
            },
        ]
    }

    /// - Throws: `NotFound` where the account is of no site.
    private static func post(_ visit: Visit) throws -> FloorPost {
        guard let site = visit.caller.site else { throw NotFound("site", visit.account.login) }
        return FloorPost(site: site, scope: visit.scope, actor: visit.actor, desk: visit.parts.orders)
    }

    private static func desk(_ visit: Visit) throws -> FloorDesk {
        let post = try post(visit)
        let mine = visit.role == .partner ? processes.filter { atPartners.contains($0.name) } : processes
        return FloorDesk(home: "/floor", jobs: mine.map { $0.job(of: post) })
    }

    private static func menu(_ visit: Visit) async throws -> PageAnswer {
        let post = try post(visit), desk = try desk(visit)
        let (site, work) = try await visit.read { tx in
            (try SiteView.find(post.site, post.scope, in: tx), try FloorWork.read(at: post.site, in: tx))
        }
        let waiting = ["pick": work.picks, "putaway": work.putaways, "pack": work.toPack, "receive": work.inbound]
        return .content(desk.menu(visit, waiting: waiting, under: site.name), title: visit.texts["floor.what"])
    }
}

extension FloorProcess {
    /// This work, done by somebody at a site, who is seen to be at work by each scan.
    func job(of post: FloorPost) -> FloorJob {
        FloorJob(
            name: name, icon: icon,
            take: { scan, state, tx in
                try FloorWorkers.seen(post.actor, at: post.site, process: self.name, in: tx)
                return try self.take(scan, state, post, in: tx)
            },
            screen: { state, format, tx in try self.screen(state, post, format, in: tx) })
    }
}
