import Identity

/// The first page: the journey as it stands, for who sees the whole network. Others are led to their own first page.
struct TowerPages {
    var pages: [Page] {
        [
            .get("/tower", "tower.title", for: .network, at: Place(.now, 0, "tower")) { visit in
                .view(
                    "tower", TowerView(try await visit.parts.picture.current(), visit.format),
                    actions: .link(visit.texts["tower.wall"], to: "/tower/wall"))
            },
            .get("/tower/wall", "tower.title", for: .network) { visit in
                .view("tower", TowerView(try await visit.parts.picture.current(), visit.format), frame: .plain)
            },
            .get("/", "tower.title", for: .everyone) { visit in .to(Self.home(of: visit)) },
        ]
    }

    /// The first page of the navigation that is the viewer's.
    private static func home(of visit: Visit) -> String {
        let places = Pages.all(visit.parts).filter { $0.isShown(to: visit.role) }.compactMap { page in page.place.map { (page, $0) } }
        let groups = Place.Group.allCases
        let first = places.min { a, b in
            (groups.firstIndex(of: a.1.group) ?? 0, a.1.order) < (groups.firstIndex(of: b.1.group) ?? 0, b.1.order)
        }
        return first?.0.path ?? "/account"
    }
}
