import Kernel
import Views

/// The numbers at the top: what was promised for today, what is late, what passes.
struct TowerTiles {
    let journey: Journey
    let outlook: Outlook
    let format: Format

    var markup: Markup {
        let texts = format.texts, promise = outlook.promise
        let percent = promise.keptPercent.map { "\($0) %" } ?? "–"
        let delivered = promise.kept + promise.broken
        let tiles = [
            Tile(
                texts["tower.kept"], percent,
                note: delivered == 0 ? texts.count("tower.due_today", promise.due)
                    : texts("tower.kept_note", ["kept": format.count(promise.kept), "of": format.count(delivered)]) + " · "
                        + texts.count("tower.due_today", promise.due),
                tone: promise.keptPercent.map { $0 >= 98 ? .good : $0 >= 95 ? .warn : .bad } ?? .plain),
            Tile(
                texts["tower.late"], format.count(promise.late), note: texts["tower.late_note"], tone: promise.late > 0 ? .bad : .good),
            Tile(
                texts["tower.at_risk"], format.count(promise.atRisk), note: texts["tower.at_risk_note"],
                tone: promise.atRisk > 0 ? .warn : .good),
            flow("tower.placed", .ordersPlaced), flow("tower.handed_over", .parcelsHandedOver),
            flow("tower.delivered", .parcelsDelivered),
        ]
        return Tile.row(tiles)
    }

    private func flow(_ key: String, _ kind: FlowKind) -> Tile {
        let hour = journey.flows.sum(kind, minutes: 60, to: journey.now), day = journey.flows.sum(kind, minutes: 1440, to: journey.now)
        return Tile(format.texts[key], format.count(hour), note: format.texts("tower.in_a_day", ["n": format.count(day)]))
    }
}

/// What needs a person, the most urgent first.
struct TroublePanel {
    let journey: Journey
    let format: Format

    var markup: Markup {
        let texts = format.texts
        if journey.exceptions.isEmpty { return "<p class=\"well\">\(Markup.icon("task"))\(texts["tower.all_well"])</p>" }
        let lines = journey.exceptions.map { line -> Markup in
            let isLate = line.due < journey.now
            let what = texts.code("exception", line.kind.replacing(".", with: "_"))
            let due = Cell.due(line.due, isLate: isLate).markup(format)
            return """
                <li class="\(isLate ? "bad" : "warn")"><b>\(format.count(line.count))</b><div>\(what)\
                <small>\(line.site ?? texts["tower.everywhere"])</small></div>\(due)</li>
                """
        }
        return "<ul class=\"troubles\">\(lines)</ul>"
    }
}

/// The cut-offs ahead with the chance to make each.
struct CutOffPanel {
    let outlook: Outlook
    let format: Format

    var markup: Markup {
        let texts = format.texts
        if outlook.cutOffs.isEmpty { return "<p class=\"note\">\(texts["tower.no_cut_offs"])</p>" }
        return "<ul class=\"cutoffs\">\(outlook.cutOffs.map(line))</ul>"
    }

    private func line(_ next: CutOffAhead) -> Markup {
        let texts = format.texts
        let tones: [CutOffAhead.Chance: Tone] = [.done: .good, .idle: .plain, .good: .good, .tight: .warn, .poor: .bad]
        let filled = next.waiting == 0 ? 100 : min(100, next.reach * 100 / next.waiting)
        let says = next.chance == .poor ? texts.count("tower.behind", next.behind) : texts["tower.chance.\(next.chance.rawValue)"]
        let note = texts(
            "tower.cut_off_note", ["waiting": format.count(next.waiting), "pace": format.count(next.pace)])
        let tone = tones[next.chance] ?? .plain, time = next.collection.cutOffAtSite.description
        return """
            <li><div class="when"><b>\(time)</b><small>\(format.relative(next.collection.cutOff))</small></div>
            <div class="what"><b>\(next.name)</b> <small>\(note)</small>
            <svg class="meter \(tone.rawValue)" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">\
            <rect width="100" height="4"/><rect class="fill" width="\(filled)" height="4"/></svg></div>
            \(Badge(says, tone).markup)</li>
            """
    }
}

/// The minutes of the last hour.
struct MinuteBars {
    let journey: Journey
    let format: Format

    var markup: Markup {
        let series = journey.flows.series(.ordersPlaced, minutes: 60, to: journey.now), most = max(1, series.max() ?? 1)
        let bars = series.enumerated().map { index, count -> Markup in
            let height = count == 0 ? 1 : max(4, count * 100 / most)
            return """
                <rect x="\(index * 10)" y="\(100 - height)" width="7" height="\(height)"\("class", is: index == 59 ? "running" : nil)/>
                """
        }
        let texts = format.texts, highest = format.count(series.max() ?? 0)
        let label = texts("tower.minutes_label", ["all": format.count(series.reduce(0, +)), "most": highest])
        return """
            <svg class="minutes" viewBox="0 0 600 100" preserveAspectRatio="none" role="img" aria-label="\(label)">\(bars)</svg>
            <p class="scale"><span>\(texts["tower.hour_ago"])</span><span>\(texts("tower.most", ["n": highest]))</span>\
            <span>\(texts["tower.now"])</span></p>
            """
    }
}
