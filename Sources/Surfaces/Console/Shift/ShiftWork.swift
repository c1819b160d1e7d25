import Flows
import Kernel
import Views
import Warehouse

/// What a release would put on the floor, and the button that does.
struct ShiftRelease {
    let markup: Markup

    init(_ found: ReleaseWave.Released, _ pause: ReleasePause?, site: SiteID, until: Instant, _ visit: Visit) {
        let texts = visit.texts
        let tiles = Tile.row([
            Tile(texts["shift.would_release"], visit.format.count(found.fulfillments), note: texts["shift.orders"]),
            Tile(texts["shift.would_pick"], visit.format.count(found.tasks), note: texts["shift.lines"]),
            Tile(
                texts["shift.would_stay"], visit.format.count(found.left), note: texts["shift.would_stay_note"],
                tone: found.left > 0 ? .warn : .plain),
        ])
        let form = Form(
            visit, to: "/shift/waves", [.hidden("site", site.description), .hidden("until", until.description)],
            submit: texts.count("shift.release_n", Int64(found.fulfillments)))
        let act: Markup
        if let pause {
            act = Table.Empty(texts["shift.paused"], pause.reason).markup
        } else if found.fulfillments == 0 {
            act = Table.Empty(texts["shift.nothing_due"], texts["shift.nothing_due_hint"]).markup
        } else {
            act = form.markup
        }
        markup = "<p>\(texts["shift.until"]) \(visit.format.time(until))</p>\(tiles)\(act)"
    }
}
