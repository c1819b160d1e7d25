import Inventory
import Kernel
import Views

/// The page of one SKU: its numbers, where each unit is, what comes, and the newest movements.
struct SKUPage {
    let story: StockStory
    let ledger: LedgerWindow
    let visit: Visit
    private let doors: Doors

    init(_ story: StockStory, _ ledger: LedgerWindow, _ visit: Visit) {
        (self.story, self.ledger, self.visit) = (story, ledger, visit)
        doors = Doors(visit)
    }

    private var texts: Texts { visit.texts }
    private var format: Format { visit.format }
    private var path: String { "/skus/\(story.sku.id)" }

    var answer: PageAnswer {
        let content: Markup = """
            <div id="sku" data-live><p class="badges">\(StandingWords(story.line, texts).badge.markup)</p>\(tiles)</div>
            <div class="columns"><div>\(sites)\(places)\(movements)</div><div>\(facts)\(coming)\(lots)\(serials)</div></div>
            """
        return .content(
            content, title: "\(story.sku.code) · \(story.sku.name)",
            crumbs: StockPages.readers.contains(visit.role) ? [Crumb(texts["stock.title"], "/stock")] : [],
            actions: .link(texts["ledger.title"], to: "\(path)/movements"))
    }

    private var tiles: Markup {
        let sums = story.line.sums, shown = { (units: Quantity) in format.count(units.rawValue) }
        var tiles = [
            Tile(texts["stock.on_hand"], shown(sums.onHand), note: texts["stock.on_hand_note"], to: "\(path)/movements"),
            Tile(
                texts["stock.promised"], shown(sums.promised),
                note: sums.short > 0 ? texts("stock.short_note", ["n": shown(sums.short)]) : texts["stock.promised_note"],
                tone: sums.short > 0 ? .bad : .plain, to: "\(path)/claims"),
            Tile(
                texts["stock.available"], shown(sums.available), note: texts["stock.available_note"],
                tone: sums.available == 0 ? .warn : .good),
            Tile(texts["stock.in_transit"], shown(sums.inTransit), note: texts["stock.in_transit_note"], to: "\(path)#coming"),
            Tile(texts["stock.expected"], shown(sums.expected), note: texts["stock.expected_note"], to: "\(path)#coming"),
        ]
        if let days = story.line.daysOfCover, let pace = story.line.dailyDemand {
            tiles.append(
                Tile(
                    texts["stock.cover"], StandingWords.cover(days, texts),
                    note: texts("stock.cover_note", ["n": pace < 10 ? "\((pace * 10).rounded() / 10)" : format.count(Int64(pace))]),
                    tone: days < 7 ? .warn : .good))
        }
        return Tile.row(tiles)
    }

    private var sites: Markup {
        if story.sites.isEmpty { return .blank }
        let names = story.sites.map { story.names.site($0.site) }
        let parts: [(String, (StockSums) -> Quantity)] = [
            ("available", { $0.available }), ("promised", { $0.promised }), ("in_transit", { $0.inTransit }), ("expected", { $0.expected }),
        ]
        let chart = Chart(
            .stacked, texts["stock.units"], labels: names,
            series: parts.map { name, part in
                Chart.Series(texts["stock.\(name)"], story.sites.map { Double(part($0.sums).rawValue) })
            })
        let table = Table(
            texts["stock.by_site"],
            columns: [.init(texts["stock.site"])] + ["on_hand", "promised", "available", "in_transit", "expected"].map {
                Table.Column(texts["stock.\($0)"], number: true)
            },
            rows: story.sites.map { at in
                let here = "?site=\(at.site)", sums = at.sums
                return Table.Row([
                    .markup(doors.link(story.names.site(at.site), to: at.site)), number(sums.onHand, to: "\(path)/movements\(here)"),
                    number(sums.promised, to: "\(path)/claims\(here)"), .quantity(sums.available.rawValue),
                    .quantity(sums.inTransit.rawValue), .quantity(sums.expected.rawValue),
                ], tone: sums.short > 0 ? .bad : nil)
            }, empty: .init(texts["stock.none"], ""))
        return Card(texts["stock.by_site"], live: "sites", "\(chart.markup(texts))\(table.markup(format))").markup
    }

    private func number(_ units: Quantity, to path: String) -> Cell {
        units == 0 ? .empty : .link(format.count(units.rawValue), to: path)
    }

    private var places: Markup {
        let seesBins = StockPages.readers.contains(visit.role)
        let rows = story.cells.map { cell -> Table.Row in
            let code: Cell = if let bin = cell.location, seesBins {
                .codeLink(cell.code, to: "/bins/\(bin)")
            } else if let unit = cell.unit {
                .markup("<code>\(doors.link(cell.code, to: unit))</code>")
            } else {
                .code(cell.code)
            }
            return Table.Row([
                code, .text(story.names.site(cell.site)), .badge(ConditionWords.badge(cell, texts)), .optional(cell.lot, Cell.code),
                .optional(cell.expires) { .text(format.day($0)) }, .quantity(cell.onHand.rawValue), .quantity(cell.allocated.rawValue),
            ])
        }
        let table = Table(
            texts["stock.places"],
            columns: ["place", "site", "condition", "lot", "expires", "on_hand", "allocated"].map {
                Table.Column(texts["stock.\($0)"], number: $0 == "on_hand" || $0 == "allocated")
            }, rows: rows, empty: .init(texts["stock.nowhere"], texts["stock.nowhere_hint"]))
        let more: Markup = story.cells.count == StockStory.most ? "<p class=\"hint\">\(texts["stock.most"])</p>" : .blank
        return Card(texts["stock.places"], live: "places", "\(table.markup(format))\(more)").markup
    }

    private var movements: Markup {
        let table = LedgerTable(ledger.lines, story.names, visit, doors)
        return Card(
            texts["ledger.latest"], actions: .link(texts["ledger.all"], to: "\(path)/movements"), live: "moves",
            table.markup(pager: nil)
        ).markup
    }

    private var facts: Markup {
        let each = story.sku.packaging.first { $0.kind == .each }, codes = story.sku.packaging.flatMap(\.barcodes)
        let coded = codes.prefix(6).map { "<code>\($0)</code>" as Markup }.joined("<br>")
        var items: [(String, Cell)] = [
            (texts["orders.merchant"], .markup(doors.link(story.names.merchant(story.sku.merchant), to: story.sku.merchant))),
            (texts["stock.barcodes"], codes.isEmpty ? .empty : .markup(coded)),
            (texts["parcels.weight"], .optional(each?.grams, Cell.weight)),
            (texts["units.size"], .optional(each?.size) { .text(format.size($0)) }),
            (texts["stock.tracked"], .text(tracked)),
        ]
        if let hs = story.sku.hsCode { items.append((texts["stock.hs"], .code(hs))) }
        if let danger = story.sku.dangerousGoods { items.append((texts["stock.danger"], .code("UN \(danger.unNumber)"))) }
        items.append((texts["orders.id"], .code(story.sku.id.description)))
        return Card(texts["orders.facts"], Definitions(items).markup(format)).markup
    }

    private var tracked: String {
        let all = [story.sku.lotTracked ? texts["stock.by_lot"] : nil, story.sku.serialTracked ? texts["stock.by_serial"] : nil]
        let said = all.compactMap(\.self).joined(separator: ", ")
        return said.isEmpty ? texts["stock.untracked"] : said
    }

    private var coming: Markup {
        let rows = story.coming.map { one -> Table.Row in
            let text = one.number ?? texts["stock_kind.\(one.kind.rawValue)"]
            let what: Markup = if let asn = one.asn {
                doors.link(text, to: asn)
            } else if let order = one.order {
                doors.link(text, to: order)
            } else {
                "\(text)"
            }
            return Table.Row([
                .markup("\(what)<br><span class=\"quiet\">\(story.names.site(one.site))</span>"), .time(one.from),
                .quantity(one.quantity.rawValue), .quantity(one.promised.rawValue),
            ], tone: one.from < format.now && one.kind != .preorder ? .warn : nil)
        }
        let table = Table(
            texts["stock.coming"],
            columns: ["what", "from", "quantity", "promised"].map {
                Table.Column(texts["stock.\($0)"], number: $0 == "quantity" || $0 == "promised")
            }, rows: rows, empty: .init(texts["stock.nothing_comes"], texts["stock.nothing_comes_hint"]))
        return Card(texts["stock.coming"], live: "coming", table.markup(format)).markup
    }

    private var lots: Markup {
        guard story.sku.lotTracked else { return .blank }
        let today = format.zone.day(of: format.now)
        let rows = story.lots.map { lot -> Table.Row in
            let isGone = lot.expires.map { $0 <= today } ?? false
            let tone: Tone = lot.state == "ok" ? .good : .bad
            let state = isGone ? Badge(texts["stock.expired"], .bad) : Badge(texts["lot_state.\(lot.state)"], tone)
            return Table.Row([
                .code(lot.code), .optional(lot.expires) { .text(format.day($0)) }, .badge(state), .quantity(lot.onHand.rawValue),
            ], tone: isGone ? .bad : nil)
        }
        let table = Table(
            texts["stock.lots"],
            columns: ["lot", "expires", "state", "on_hand"].map { Table.Column(texts["stock.\($0)"], number: $0 == "on_hand") },
            rows: rows, empty: .init(texts["stock.nowhere"], ""))
        return Card(texts["stock.lots"], live: "lots", table.markup(format)).markup
    }

    private var serials: Markup {
        guard story.sku.serialTracked else { return .blank }
        let all = story.serials.map { "<code>\($0)</code>" as Markup }.joined(" ")
        let text: Markup = story.serials.isEmpty ? "<p class=\"quiet\">\(texts["stock.no_serials"])</p>" : "<p class=\"serials\">\(all)</p>"
        let more: Markup = story.serials.count == StockStory.most ? "<p class=\"hint\">\(texts["stock.most"])</p>" : .blank
        return Card(texts["stock.serials"], "\(text)\(more)").markup
    }
}

/// The condition of goods in a word.
enum ConditionWords {
    static func badge(_ cell: StockCell, _ texts: Texts) -> Badge {
        if cell.condition == .new, !cell.isSellable { return Badge(texts["condition.set_aside"], .plain) }
        return Badge(texts["condition.\(cell.condition.rawValue)"], cell.condition == .new ? .good : .warn)
    }
}
