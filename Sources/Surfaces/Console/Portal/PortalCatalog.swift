import Flows
import Identity
import Kernel
import Merchants
import Views

/// What a merchant sells: sizes, weights and barcodes, made and changed here.
struct PortalCatalog {
    private static let rows = 50

    var pages: [Page] {
        [
            PortalPages.first("/portal/catalog", "portal.catalog", at: Place(.goods, 8, "label", for: [.merchant])) {
                try await Self.list($0)
            },
            .get("/portal/catalog/new", "portal.new_sku", for: PortalPages.roles) { visit in
                Self.page(nil, try await PortalVisit(visit))
            },
            .get("/portal/catalog/{sku}", "portal.edit", for: PortalPages.roles) { visit in
                let portal = try await PortalVisit(visit), id = try visit.id("sku", SKUID.self)
                return Self.page(try await Self.find(id, portal), portal)
            },
            .post("/portal/catalog", for: PortalPages.roles) { visit in
                let portal = try await PortalVisit(visit)
                return try await Self.save(NewSKU(code: visit.form["code"], name: ""), portal)
            },
            .post("/portal/catalog/{sku}", for: PortalPages.roles) { visit in
                let portal = try await PortalVisit(visit), id = try visit.id("sku", SKUID.self)
                return try await Self.save(try await Self.stated(Self.find(id, portal), visit), portal)
            },
        ]
    }

    private static func find(_ id: SKUID, _ portal: PortalVisit) async throws -> SKU {
        let found = try await portal.visit.read { try Catalog.find([id], in: $0)[id] }
        guard let sku = found, sku.merchant == portal.id else { throw NotFound("sku", id) }
        return sku
    }

    /// A SKU as its merchant would state it today.
    private static func stated(_ sku: SKU, _ visit: Visit) async throws -> NewSKU {
        let parts = try await visit.read { try Catalog.find(sku.components.map(\.sku), in: $0) }
        return NewSKU(
            code: sku.code, name: sku.name, flags: sku.flags, dangerousGoods: sku.dangerousGoods, hsCode: sku.hsCode, origin: sku.origin,
            valueMinor: sku.valueMinor, lotTracked: sku.lotTracked, serialTracked: sku.serialTracked,
            packaging: sku.packaging.map {
                NewSKU.Level($0.kind, units: $0.units, dimensions: $0.dimensions, weight: $0.weight, barcodes: $0.barcodes)
            },
            components: sku.components.map {
                NewSKU.Component(code: parts[$0.sku]?.code ?? "", quantity: $0.quantity, priceWeight: $0.priceWeight)
            })
    }

    private static func list(_ portal: PortalVisit) async throws -> PageAnswer {
        let (visit, scope, texts, merchant) = (portal.visit, portal.scope, portal.texts, portal.id)
        let (prefix, after) = (visit.query["prefix"] ?? "", visit.query["after"])
        let found = try await visit.read { try SKUView.page(of: merchant, prefix: prefix, scope, after: after, limit: rows + 1, in: $0) }
        let (all, nextKey) = found.page(rows, key: \.code)
        let table = Table(
            texts["portal.catalog"],
            columns: [
                .init(texts["portal.sku"]), .init(texts["portal.code"]), .init(texts["portal.size"]),
                .init(texts["portal.weight"], number: true), .init(texts["portal.barcodes"]), .init(texts["portal.measured"]),
            ],
            rows: all.map { sku in
                let each = sku.packaging.first { $0.kind == .each }
                return Table.Row(
                    [
                        .text(sku.name), .code(sku.code), .optional(each?.size) { .text(portal.format.size($0)) },
                        .optional(each?.grams, Cell.weight), .text(each?.barcodes.joined(separator: ", ") ?? ""),
                        sku.components.isEmpty ? .optional(each?.measuredAt, Cell.time) : .badge(Badge(texts["portal.kit"], .plain)),
                    ], to: portal.path("/portal/catalog/\(sku.id)"))
            }, empty: .init(texts["portal.no_skus"], texts["portal.no_skus_hint"]), pager: Pager(visit, nextKey: nextKey))
        let filters = Filters(visit, portal.fields + [.input("prefix", texts["portal.code_begins"], type: "search")])
        return .content(
            "\(filters.markup)\(table.markup(portal.format))", crumbs: [portal.crumb("portal.title", "/portal")],
            actions: portal.link("portal.new_sku", to: "/portal/catalog/new", primary: true))
    }

    private static func page(_ sku: SKU?, _ portal: PortalVisit) -> PageAnswer {
        let texts = portal.texts, each = sku?.packaging.first { $0.kind == .each }, flags = sku?.flags ?? HandlingFlags()
        let code: [Form.Field] = sku == nil
            ? [.input("code", texts["portal.code"], hint: texts["portal.code_hint"], required: true)] : []
        let sizes: [Form.Field] = sku?.isKit == true ? [] : [
            number("length", each?.dimensions?.length.rawValue, texts), number("width", each?.dimensions?.width.rawValue, texts),
            number("height", each?.dimensions?.height.rawValue, texts), number("grams", each?.weight?.rawValue, texts),
            .input(
                "barcodes", texts["portal.barcodes"], value: each?.barcodes.joined(separator: ", ") ?? "",
                hint: texts["portal.barcodes_hint"]),
        ]
        let rest: [Form.Field] = [
            .check("fragile", texts["portal.fragile"], isOn: flags.fragile), .check("liquid", texts["portal.liquid"], isOn: flags.liquid),
            .check("this_side_up", texts["portal.this_side_up"], isOn: flags.thisSideUp),
            .input("hs_code", texts["portal.hs_code"], value: sku?.hsCode?.description ?? ""),
            .input("origin", texts["portal.origin"], value: sku?.origin?.code ?? "", placeholder: "DE"),
        ]
        let form = Form(
            portal.visit, to: sku.map { "/portal/catalog/\($0.id)" } ?? "/portal/catalog",
            portal.fields + code + [.input("name", texts["portal.name"], value: sku?.name ?? "", required: true)] + sizes + rest,
            submit: texts["form.save"])
        let measured: Markup = each?.measured.map {
            "<p class=\"quiet\">\(texts["portal.measured"]): \(portal.format.time($0))</p>"
        } ?? .blank
        return .content(
            Card(sku?.code ?? texts["portal.new_sku"], "<div class=\"measures\">\(measured)\(form.markup)</div>").markup,
            title: sku?.name ?? texts["portal.new_sku"],
            crumbs: [portal.crumb("portal.title", "/portal"), portal.crumb("portal.catalog", "/portal/catalog")])
    }

    private static func number(_ name: String, _ value: Int64?, _ texts: Texts) -> Form.Field {
        .input(name, texts["portal.\(name)"], type: "number", value: value.map { "\($0)" } ?? "")
    }

    /// What the form does not show stays as it was.
    private static func save(_ old: NewSKU, _ portal: PortalVisit) async throws -> PageAnswer {
        let form = portal.visit.form
        var sku = old
        sku.name = form["name"]
        sku.flags.fragile = form.isOn("fragile")
        sku.flags.liquid = form.isOn("liquid")
        sku.flags.thisSideUp = form.isOn("this_side_up")
        sku.hsCode = try read("hs_code", form) { HSCode($0) }
        sku.origin = try read("origin", form) { Country($0) }
        if sku.components.isEmpty {
            var each = sku.packaging.first { $0.kind == .each } ?? NewSKU.Level()
            if form.optional("length") != nil || form.optional("width") != nil || form.optional("height") != nil {
                each.dimensions = Dimensions(
                    length: try millimetres("length", form), width: try millimetres("width", form),
                    height: try millimetres("height", form))
            }
            if form.optional("grams") != nil { each.weight = Grams(try form.number("grams")) }
            each.barcodes = form["barcodes"].split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
            sku.packaging = [each] + sku.packaging.filter { $0.kind != .each }
        }
        let saved = try await portal.visit.perform(SaveSKUs([sku], of: portal.id, actor: portal.visit.actor))
        return .to(portal.path("/portal/catalog/\(saved[0])"), said: "said.saved")
    }

    private static func millimetres(_ name: String, _ form: FormValues) throws -> Millimetres { Millimetres(try form.number(name)) }

    private static func read<T>(_ name: String, _ form: FormValues, _ make: (String) -> T?) throws -> T? {
        guard let text = form.optional(name) else { return nil }
        guard let value = make(text) else { throw InvalidInput(field: "/\(name)", "'\(text)' is no valid \(name).") }
        return value
    }
}
