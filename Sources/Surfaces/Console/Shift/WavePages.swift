import Flows
import Identity
import Kernel
import Store
import Views
import Warehouse

/// The work that was released: waves with how far they are, and the open tasks with whose they are.
struct WavePages {
    private static let leads = ShiftPages.leads
    private static let readers = leads.union([.planner, .reader])
    private static let rows = 50

    var pages: [Page] {
        [
            .get("/waves", "waves.title", for: Self.readers, at: Place(.work, 20, "wave")) { try await Self.waves($0) },
            .post("/waves/{wave}/undo", for: Self.leads) { visit in
                try await Self.act("said.wave_undone", visit) { UndoWave($0, actor: visit.actor) }
            },
            .post("/waves/{wave}/place", for: Self.leads) { visit in
                let isFirst = visit.form["place"] == "first"
                return try await Self.act(isFirst ? "said.put_first" : "said.put_back", visit) {
                    PutFirst(.wave($0), isFirst: isFirst, actor: visit.actor)
                }
            },
        ] + TaskPages().pages
    }

    private static func act<F: Flow>(_ said: String, _ visit: Visit, _ flow: (WaveID) -> F) async throws -> PageAnswer {
        let id = try visit.id("wave", WaveID.self), scope = visit.scope
        _ = try await visit.perform(flow(id)) { tx in
            guard let wave = try Waves.load(id, in: tx) else { throw NotFound("wave", id) }
            do { try Ownership.sites([wave.site], scope, in: tx) } catch { throw NotFound("wave", id) }
        }
        return .to(visit.form["to"] == "shift" ? "/shift?site=\(visit.form["site"])" : "/waves?site=\(visit.form["site"])", said: said)
    }

    private static func waves(_ visit: Visit) async throws -> PageAnswer {
        let texts = visit.texts, scope = visit.scope, site = try await ShiftPages.site(visit), after = visit.queryID("after", WaveID.self)
        let onlyOpen = visit.query["state"] == "open"
        let (found, names) = try await visit.read { tx in
            try Ownership.sites([site], scope, in: tx)
            return (try ShiftWave.page(at: site, onlyOpen: onlyOpen, after: after, limit: rows + 1, in: tx), try Names(in: tx))
        }
        let (waves, nextKey) = found.page(rows, key: \.wave.id)
        let table = Table(
            texts["waves.title"],
            columns: ["wave", "state", "released", "leaves", "orders", "done"].map {
                Table.Column(texts["waves.\($0)"], number: $0 == "orders" || $0 == "done")
            } + (leads.contains(visit.role) ? [.init("")] : []),
            rows: waves.map { row($0, site, visit) }, empty: .init(texts["waves.none"], texts["waves.none_hint"]),
            pager: Pager(visit, nextKey: nextKey))
        let states = [Form.Option("", texts["waves.all"]), Form.Option("open", texts["waves.in_work"])]
        let filters = Filters(visit, Self.siteField(names, site, visit) + [.choice("state", texts["waves.state"], states)])
        return .content("\(filters.markup)<div id=\"waves\" data-live>\(table.markup(visit.format))</div>")
    }

    /// Of which site: chosen by who sees several.
    static func siteField(_ names: Names, _ site: SiteID, _ visit: Visit) -> [Form.Field] {
        guard visit.caller.site == nil else { return [] }
        let sites = names.sites.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { Form.Option($0.key.description, $0.value) }
        return [.choice("site", visit.texts["waves.site"], sites, value: site.description)]
    }

    private static func row(_ one: ShiftWave, _ site: SiteID, _ visit: Visit) -> Table.Row {
        let texts = visit.texts, wave = one.wave, done = Int64(wave.tasks) - one.openTasks
        let state = wave.undone != nil ? Badge(texts["waves.undone"], .done)
            : one.openTasks == 0 ? Badge(texts["waves.finished"], .good)
            : one.isUntouched ? Badge(texts["waves.not_begun"], .plain) : Badge(texts["waves.in_work"], .info)
        var cells: [Cell] = [
            .code(wave.id.description), .badge(state), .time(wave.released),
            .due(wave.shipBy, isLate: one.openTasks > 0 && wave.shipBy < visit.format.now), .quantity(Int64(wave.orders)),
            wave.undone == nil ? .text(texts("waves.of", ["n": done.grouped, "of": Int64(wave.tasks).grouped])) : .empty,
        ]
        if leads.contains(visit.role) { cells.append(one.openTasks == 0 ? .empty : .markup(acts(one, site, visit))) }
        return Table.Row(cells, to: one.openTasks == 0 ? nil : "/tasks?site=\(site)&wave=\(wave.id)")
    }

    private static func acts(_ one: ShiftWave, _ site: SiteID, _ visit: Visit) -> Markup {
        let hidden = Form.Field.hidden("site", site.description), path = "/waves/\(one.wave.id)"
        let place = Form(
            visit, to: path + "/place", [hidden, .hidden("place", one.isFirst ? "back" : "first")],
            submit: visit.texts[one.isFirst ? "waves.put_back" : "waves.put_first"], tone: .plain, inline: true)
        let undo = Form(visit, to: path + "/undo", [hidden], submit: visit.texts["shift.undo"], tone: .bad, inline: true)
        return "\(place.markup)\(one.isUntouched ? undo.markup : .blank)"
    }
}

/// The open tasks of a site in the order in which they are done, and whose they are.
struct TaskPages {
    private static let rows = 50

    var pages: [Page] {
        [
            .get("/tasks", "shift.tasks", for: ShiftPages.leads.union([.planner, .reader]), at: Place(.work, 21, "task")) {
                try await Self.list($0)
            },
            .post("/tasks/{task}/worker", for: ShiftPages.leads) { visit in
                try await Self.act("said.given", visit) { GiveTask($0, to: visit.form.optional("worker")) }
            },
            .post("/tasks/{task}/place", for: ShiftPages.leads) { visit in
                let isFirst = visit.form["place"] == "first"
                return try await Self.act(isFirst ? "said.put_first" : "said.put_back", visit) {
                    PutFirst(.task($0), isFirst: isFirst, actor: visit.actor)
                }
            },
        ]
    }

    private static func act<F: Flow>(_ said: String, _ visit: Visit, _ flow: (TaskID) -> F) async throws -> PageAnswer {
        let task = try visit.id("task", TaskID.self), scope = visit.scope
        _ = try await visit.perform(flow(task)) { _ = try Ownership.tasks([task], kinds: TaskKind.allCases.map(\.rawValue), scope, in: $0) }
        return .to("/tasks?site=\(visit.form["site"])", said: said)
    }

    private static func list(_ visit: Visit) async throws -> PageAnswer {
        let texts = visit.texts, scope = visit.scope, site = try await ShiftPages.site(visit)
        let kind = visit.query["kind"].flatMap(TaskKind.init(rawValue:)) ?? .pick, wave = visit.queryID("wave", WaveID.self)
        let after = visit.query["after"].flatMap(cursor), worker = visit.query["worker"].flatMap { $0.isEmpty ? nil : $0 }
        let (found, workers, names) = try await visit.read { tx -> ([TaskView], [FloorWorker], Names) in
            try Ownership.sites([site], scope, in: tx)
            let workers = try FloorWorkers.present(at: site, since: tx.now - .hours(12), in: tx)
            let people = try Names(actors: workers.map(\.worker), in: tx)
            guard let worker else {
                return (
                    try TaskView.open(at: site, kind: kind, wave: wave, after: after, limit: rows + 1, in: tx), workers, people
                )
            }
            let task = workers.first { $0.worker == worker }?.task
            let found = try task.flatMap { try TaskView.find($0, at: site, in: tx) }
            return (found.map { [$0] } ?? [], workers, people)
        }
        let (tasks, next) = found.page(rows) { "\($0.walk).\($0.id)" }
        let kinds = TaskKind.allCases.map { Form.Option($0.rawValue, texts["shift.kind_\($0.rawValue)"]) }
        let people = workers.map { Form.Option($0.worker, names.people[$0.worker] ?? $0.worker) }
        let filters = Filters(visit, WavePages.siteField(names, site, visit) + [
            .choice("kind", texts["shift.kind"], kinds),
            .choice("worker", texts["shift.who"], [Form.Option("", texts["shift.anybody"])] + people),
            .input("wave", texts["waves.wave"], type: "search"),
        ])
        let isLead = ShiftPages.leads.contains(visit.role)
        let table = Table(
            texts["shift.tasks"],
            columns: [
                .init(texts["shift.kind"]), .init(texts["shift.from"]), .init("SKU"), .init(texts["shift.pieces"], number: true),
                .init(texts["shift.who"]),
            ] + (isLead ? [.init("")] : []),
            rows: tasks.map { row(of: $0, workers, names, site, visit, isLead: isLead) },
            empty: .init(texts["shift.no_tasks"], texts["shift.no_tasks_hint"]), pager: Pager(visit, nextKey: next))
        return .content("\(filters.markup)\(table.markup(visit.format))")
    }

    private static func row(
        of task: TaskView, _ workers: [FloorWorker], _ names: Names, _ site: SiteID, _ visit: Visit, isLead: Bool
    ) -> Table.Row {
        let texts = visit.texts, has = workers.first { $0.task == task.id }?.worker, hidden = Form.Field.hidden("site", site.description)
        let options = workers.map { Form.Option($0.worker, names.people[$0.worker] ?? $0.worker) }
        let give = Form(
            visit, to: "/tasks/\(task.id)/worker",
            [hidden, .choice("worker", texts["shift.who"], [Form.Option("", texts["shift.anybody"])] + options, value: has ?? "")],
            submit: texts["shift.give"], tone: .plain, inline: true)
        let who = has.map { names.people[$0] ?? $0 } ?? texts["shift.anybody"], isFirst = task.walk < 0
        var cells: [Cell] = [
            isFirst ? .badge(Badge(texts["shift.kind_\(task.kind.rawValue)"] + " · " + texts["waves.first"], .warn))
                : .text(texts["shift.kind_\(task.kind.rawValue)"]),
            .code(task.fromLocationCode ?? task.fromUnitCode ?? ""), .text("\(task.skuCode) · \(task.name)"),
            .quantity(task.quantity.rawValue),
            isLead && !workers.isEmpty ? .markup(give.markup) : .quiet(who),
        ]
        if isLead {
            let place = Form(
                visit, to: "/tasks/\(task.id)/place", [hidden, .hidden("place", isFirst ? "back" : "first")],
                submit: texts[isFirst ? "waves.put_back" : "waves.put_first"], tone: .plain, inline: true)
            cells.append(.markup(place.markup))
        }
        return Table.Row(cells)
    }

    /// A key of the pager: the walk and the id of the last row.
    private static func cursor(_ text: String) -> TaskCursor? {
        let parts = text.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let walk = Int64(parts[0]), let id = TaskID(parts[1]) else { return nil }
        return TaskCursor(walk: walk, id: id)
    }
}
