import Facilities
import Flows
import Kernel
import Views

/// What a site does in its shifts, changed by those who run the network and by the lead of the site.
struct SiteShifts {
    private static let processes: [WorkProcess] = [.pick, .pack, .sort]
    /// Which days a form names.
    private enum Days: String, CaseIterable {
        case all, working, weekdays
        case monday = "1", tuesday = "2", wednesday = "3", thursday = "4", friday = "5", saturday = "6", sunday = "7"

        var numbers: [Int] {
            switch self {
            case .all: Array(1...7)
            case .working: Array(1...6)
            case .weekdays: Array(1...5)
            default: Int(rawValue).map { [$0] } ?? []
            }
        }
    }

    static var pages: [Page] {
        [
            .post("/sites/{site}/shifts", for: .operators) { visit in
                let id = try visit.id("site", SiteID.self), units = try visit.form.number("units")
                let process = try visit.form.choice("process", WorkProcess.self), days = try visit.form.choice("days", Days.self)
                guard processes.contains(process) else { throw InvalidInput(field: "/process", "'\(process)' is not one of the choices.") }
                let (opens, closes) = (try time("opens", visit), try time("closes", visit))
                let shifts = days.numbers.map { SiteCapacity(process: process, weekday: $0, opens: opens, closes: closes, units: units) }
                return try await perform(ChangeShifts(shifts, at: id, actor: visit.actor), at: id, visit)
            },
            .post("/sites/{site}/shifts/removal", for: .operators) { visit in
                let id = try visit.id("site", SiteID.self), scope = visit.scope, key = visit.form["shift"]
                let all = try await visit.read { try SiteStory.read(id, scope, in: $0).capacities }
                let shifts = all.filter { Self.key($0) == key }
                guard !shifts.isEmpty else { throw NotFound("shift", key) }
                return try await perform(ChangeShifts(shifts, at: id, takesOff: true, actor: visit.actor), at: id, visit)
            },
        ]
    }

    private static func perform(_ flow: ChangeShifts, at id: SiteID, _ visit: Visit) async throws -> PageAnswer {
        let scope = visit.scope
        let over = try await visit.perform(flow) { try Ownership.sites([id], scope, in: $0) }
        return .to("/sites/\(id)", said: over.isEmpty ? "said.saved" : "said.shift_over")
    }

    private static func time(_ name: String, _ visit: Visit) throws -> LocalTime {
        guard let time = LocalTime(visit.form[name]) else {
            throw InvalidInput(field: "/\(name)", "'\(visit.form[name])' is no time of a day, such as 06:00.")
        }
        return time
    }

    /// The same on several days is one line.
    static func lines(_ all: [SiteCapacity]) -> [(shift: SiteCapacity, weekdays: [Int])] {
        var lines: [(shift: SiteCapacity, weekdays: [Int])] = []
        for one in all {
            if let at = lines.firstIndex(where: { key($0.shift) == key(one) }) {
                lines[at].weekdays.append(one.weekday)
            } else {
                lines.append((one, [one.weekday]))
            }
        }
        return lines
    }

    /// What is the same on all days of a line.
    private static func key(_ one: SiteCapacity) -> String {
        let service = one.service.map(\.description) ?? "", from = one.validity.from.map(\.description) ?? ""
        return "\(one.process.rawValue)|\(service)|\(one.opens)|\(one.closes)|\(one.units)|\(from)"
    }

    /// The button that takes a line of shifts off.
    static func removal(of one: SiteCapacity, at site: SiteID, _ visit: Visit) -> Markup {
        Form(
            visit, to: "/sites/\(site)/shifts/removal", [.hidden("shift", key(one))], submit: visit.texts["shifts.remove"], tone: .plain,
            inline: true
        ).markup
    }

    /// The form that adds a shift, or states another number of units for it.
    static func form(at site: SiteID, _ visit: Visit) -> Markup {
        let texts = visit.texts
        let days = Days.allCases.map { one in
            Form.Option(one.rawValue, one.numbers.count == 1 ? texts["week_day.\(one.rawValue)"] : texts["shifts.\(one.rawValue)"])
        }
        let form = Form(
            visit, to: "/sites/\(site)/shifts", [
                .choice("process", texts["sites.process"], processes.map { Form.Option($0.rawValue, texts["process.\($0.rawValue)"]) }),
                .choice("days", texts["sites.weekday"], days, value: Days.working.rawValue),
                .input("opens", texts["shifts.opens"], type: "time", value: "06:00", required: true),
                .input("closes", texts["shifts.closes"], type: "time", value: "14:00", required: true),
                .input("units", texts["shifts.units"], type: "number", hint: texts["shifts.hint"], required: true),
            ], submit: texts["shifts.save"])
        return "<details class=\"fold\"><summary class=\"button\">\(texts["shifts.change"])</summary>\(form.markup)</details>"
    }
}
