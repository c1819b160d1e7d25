import Kernel
import Views

/// Carriers with their services: they are few.
struct CarriersPages {
    var pages: [Page] {
        [
            .get("/carriers", "carriers.title", for: .network, at: Place(.network, 40, "courier")) { visit in
                let texts = visit.texts, scope = visit.scope
                let carriers = try await visit.read { try CarrierView.all(scope, in: $0) }
                let table = Table(
                    texts["carriers.title"],
                    columns: [
                        .init(texts["carriers.name"]), .init(texts["carriers.code"]), .init(texts["carriers.services"], number: true),
                    ],
                    rows: carriers.map { one in
                        Table.Row([.text(one.name), .code(one.code), .quantity(Int64(one.services.count))], to: "/carriers/\(one.id)")
                    }, empty: .init(texts["carriers.none"], texts["carriers.none_hint"]))
                return .content(table.markup(visit.format))
            },
            .get("/carriers/{carrier}", "carriers.one", for: .network) { try await Self.show($0) },
        ]
    }

    private static func show(_ visit: Visit) async throws -> PageAnswer {
        let id = try visit.id("carrier", CarrierID.self), texts = visit.texts, scope = visit.scope
        let carriers = try await visit.read { try CarrierView.all(scope, in: $0) }
        guard let carrier = carriers.first(where: { $0.id == id }) else { throw NotFound("carrier", id) }
        let table = Table(
            texts["carriers.services"],
            columns: [.init(texts["carriers.service"]), .init(texts["carriers.code"]), .init(texts["carriers.mode"])],
            rows: carrier.services.map { Table.Row([.text($0.name), .code($0.code), .text(texts.code("mode", $0.mode.rawValue))]) },
            empty: .init(texts["carriers.no_services"], texts["carriers.none_hint"]))
        return .content(
            Card(texts["carriers.services"], table.markup(visit.format)).markup, title: carrier.name,
            crumbs: [Crumb(texts["carriers.title"], "/carriers")])
    }
}
