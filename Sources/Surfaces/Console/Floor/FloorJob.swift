import Flows
import HTTPAPI
import Identity
import Kernel
import Store
import Views

/// One kind of work in the hands of one person: what a scan leads to, and what is to be done next.
struct FloorJob: Sendable {
    /// In the address and in texts.
    let name: String
    /// A drawing of the sprite.
    let icon: String
    let take: @Sendable (FloorScan, FloorState, Transaction) throws -> FloorStep
    let screen: @Sendable (FloorState, Format, Transaction) throws -> FloorScreen
}

/// The pages of somebody who scans: a screen for each job, one scan after the other.
struct FloorDesk: Sendable {
    /// The page with all jobs: `/floor`.
    let home: String
    let jobs: [FloorJob]

    /// A device may tell a scan so much later.
    private static let latest = Duration.days(2)

    func job(_ visit: Visit) throws -> FloorJob {
        let name = visit.path["process"] ?? ""
        guard let job = jobs.first(where: { $0.name == name }) else { throw NotFound("page", name) }
        return job
    }

    /// - Parameter waiting: how much waits, by the name of the job.
    func menu(_ visit: Visit, waiting: [String: Int64], under line: String) -> Markup {
        let tiles = jobs.map { job -> Markup in
            let count: Markup = waiting[job.name].map { "<b>\($0.grouped)</b>" } ?? .blank
            return """
                <li><a href="\(home)/\(job.name)" data-process="\(job.name)">\(Markup.icon(job.icon))\
                <span>\(visit.texts["floor.\(job.name).title"])</span>\(count)<em hidden></em></a></li>
                """
        }
        return """
            <div class="floor desk" data-who="\(visit.actor)" data-waiting="\(visit.texts["floor.waiting"])">
            <p class="quiet">\(line)</p><ul class="jobs">\(tiles)</ul></div>
            """
    }

    func show(_ visit: Visit) async throws -> PageAnswer {
        try await page(try job(visit), FloorStep(FloorState(text: visit.query["state"] ?? "")), visit)
    }

    /// Takes a scan once, however often it is sent; what is refused is said, and leaves the worker where they are.
    func take(_ visit: Visit) async throws -> PageAnswer {
        let job = try job(visit), form = visit.form, state = FloorState(text: form.exact("state"))
        let code = form["act"].isEmpty ? form["code"] : form["act"]
        if code.isEmpty || code == "*look" { return try await page(job, FloorStep(state), visit) }
        guard code.count <= 100 else { return try await page(job, FloorStep(state, .wrong("too_long")), visit) }
        let late = Duration.milliseconds(max(0, Int64(form["late"]) ?? 0))
        let scan = FloorScan(code: code, occurred: visit.parts.store.clock() - min(late, Self.latest))
        let step: FloorStep
        do {
            let kept = try await visit.perform(
                Once(scope: "floor \(visit.actor)", key: form["key"], fingerprint: "\(job.name) \(code) \(state.text)") { tx in
                    try job.take(scan, state, tx).kept()
                })
            step = try FloorStep(kept: kept)
        } catch let refusal as any Refusal {
            step = FloorStep(state, FloorNote(refusal, visit.texts))
        }
        return try await page(job, step, visit)
    }

    /// The screen of a step; what it names and is gone, or is somebody else's, leads to the beginning.
    private func drawn(_ job: FloorJob, _ step: FloorStep, _ visit: Visit) async throws -> (FloorScreen, FloorStep) {
        let format = visit.format
        return try await visit.read { tx in
            do {
                return (try job.screen(step.state, format, tx), step)
            } catch let refusal as any Refusal {
                let start = FloorStep(FloorState(), step.note ?? FloorNote(refusal, format.texts))
                return (try job.screen(start.state, format, tx), start)
            }
        }
    }

    private func page(_ job: FloorJob, _ step: FloorStep, _ visit: Visit) async throws -> PageAnswer {
        let texts = visit.texts, path = "\(home)/\(job.name)"
        let (screen, shown) = try await drawn(job, step, visit)
        // The form stands first, so that Enter presses its own button and none of the screen's.
        let key = APIToken.make(Vault.systemRandom).hash
        return .view("content", ["content": """
            <div class="floor" data-process="\(job.name)" data-who="\(visit.actor)">
            <header><a href="\(home)" aria-label="\(texts["floor.back"])">‹</a><b>\(texts["floor.\(job.name).title"])</b>\
            <span id="line" role="status"></span>\
            <button type="button" id="keyboard" aria-label="\(texts["floor.keyboard"])" hidden>⌨</button></header>
            <form id="scan" method="post" action="\(path)/scans" data-floor>
            <input type="hidden" name="csrf" value="\(visit.formToken)">
            <label for="code" class="hidden">\(texts["floor.code"])</label>
            <input id="code" name="code" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="done"
            placeholder="\(texts["floor.code"])" maxlength="100" autofocus><button type="submit">\(texts["floor.enter"])</button></form>
            \(screen.markup(shown.state, shown.note, key, texts))
            <section id="queue" role="status" hidden><h2>\(texts["floor.offline"])</h2><p>\(texts["floor.waits"])</p><ul></ul></section>
            <section id="refused" hidden><h2>\(texts["floor.refused"])</h2><ul></ul>\
            <button type="button" class="act">\(texts["floor.seen"])</button></section>
            <p id="gone" role="alert" hidden>\(texts["floor.gone"])
            <a href="/sign-in?to=\(FormValues.encoded(path))">\(texts["sign_in.submit"])</a></p>
            </div>
            """ as Markup], title: texts["floor.\(job.name).title"], frame: .plain)
    }
}
