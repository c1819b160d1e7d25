import Flows
import Identity
import Kernel
import Store
import Views
import Warehouse

/// The shift of one warehouse: what must leave when, what hangs, what is released, who does what.
struct ShiftPages {
    static let leads: Set<AccountRole> = Set<AccountRole>.operators.union([.lead])

    var pages: [Page] { looking + acting }

    private var looking: [Page] {
        [
            .get("/shift", "shift.title", for: Self.leads, at: Place(.now, 5, "people")) { visit in
                let site = try await Self.site(visit), scope = visit.scope
                var filter = ExceptionPages.Filter()
                filter.site = site
                let (board, troubles, name) = try await visit.read { [filter] tx in
                    try Ownership.sites([site], scope, in: tx)
                    return (
                        try ShiftBoard.read(site, in: tx), try ExceptionPages.open(filter, scope, after: nil, limit: 8, in: tx),
                        try SiteView.find(site, scope, in: tx).name
                    )
                }
                let names = try await Self.names(board.workers.map(\.worker), visit)
                return .content(
                    ShiftView(board, troubles, site: site, names, visit).markup, title: name,
                    actions: .link(visit.texts["shift.tasks"], to: "/tasks?site=\(site)"))
            },
            .get("/shift/release", "shift.release", for: Self.leads) { visit in
                let site = try await Self.site(visit), scope = visit.scope
                guard let until = visit.query["until"].flatMap({ Instant($0) }) else { return .to("/shift?site=\(site)") }
                let wave = ReleaseWave(site: site, until: until)
                let (found, pause) = try await visit.read { tx in
                    try Ownership.sites([site], scope, in: tx)
                    return (try wave.preview(in: tx), try ReleasePauses.find(site, in: tx))
                }
                return .content(
                    ShiftRelease(found, pause, site: site, until: until, visit).markup, crumbs: [Self.crumb(visit, site)])
            },
        ]
    }

    private var acting: [Page] {
        [
            .post("/shift/waves", for: Self.leads) { visit in
                let site = try visit.form.id("site", SiteID.self), scope = visit.scope
                guard let until = Instant(visit.form["until"]) else {
                    throw InvalidInput(field: "/until", "'\(visit.form["until"])' is no moment.")
                }
                let wave = try await visit.perform(ReleaseWave(site: site, until: until)) { try Ownership.sites([site], scope, in: $0) }
                return .to("/shift?site=\(site)", said: wave.wave == nil ? "said.nothing_released" : "said.released")
            },
            .post("/shift/pause", for: Self.leads) { visit in
                let site = try visit.form.id("site", SiteID.self), scope = visit.scope
                _ = try await visit.perform(PauseRelease(site, reason: visit.form["reason"], actor: visit.actor)) {
                    try Ownership.sites([site], scope, in: $0)
                }
                return .to("/shift?site=\(site)", said: "said.paused")
            },
            .post("/shift/resumption", for: Self.leads) { visit in
                let site = try visit.form.id("site", SiteID.self), scope = visit.scope
                _ = try await visit.perform(ResumeRelease(site, actor: visit.actor)) { try Ownership.sites([site], scope, in: $0) }
                return .to("/shift?site=\(site)", said: "said.resumed")
            },
        ]
    }

    /// The account's own site; for who sees the network the one that is named, else the first that we run.
    static func site(_ visit: Visit) async throws -> SiteID {
        if let own = visit.caller.site { return own }
        if let named = visit.queryID("site", SiteID.self) { return named }
        let sites = try await visit.read { try SiteView.page(.network, after: nil, limit: 500, in: $0) }
        guard let first = sites.first(where: { $0.mode == .own && $0.kind == .fulfillmentCenter }) ?? sites.first else {
            throw NotFound("site", "")
        }
        return first.id
    }

    /// The names of people by the actor that the log has.
    static func names(_ workers: [String], _ visit: Visit) async throws -> [String: String] {
        let ids = workers.compactMap { AccountID($0) }
        let names = try await visit.read { try Account.names(ids, in: $0) }
        return Dictionary(uniqueKeysWithValues: names.map { ($0.key.description, $0.value) })
    }

    private static func crumb(_ visit: Visit, _ site: SiteID) -> Crumb { Crumb(visit.texts["shift.title"], "/shift?site=\(site)") }
}
