import Kernel
import Views

/// Why goods come from where they come, in words: the decision that was stored with the order.
struct OrderReasons {
    let story: OrderStory
    let format: Format

    init(_ story: OrderStory, _ format: Format) { (self.story, self.format) = (story, format) }

    private var texts: Texts { format.texts }
    private var names: Names { story.names }

    var markup: Markup {
        let told = story.decisions.compactMap { decision in tell(decision.reason.json).map { (decision.decidedAt, $0) } }
        if told.isEmpty { return .blank }
        let all = told.map { at, text -> Markup in
            told.count > 1 ? "<h3>\(texts("why.decided", ["at": format.moment(at)]))</h3>\(text)" : text
        }
        return Card(texts["why.title"], live: "why", "\(all)").markup
    }

    /// Nil where nothing was chosen.
    private func tell(_ why: JSON) -> Markup? {
        let chosen = (why["chosen"]?.array ?? []).compactMap(part)
        if chosen.isEmpty { return nil }
        let total = why["cost"]?["total"]?.int
        let other = (why["alternatives"]?.array ?? []).compactMap { alternative($0, than: total) }
            + (why["ruled_out"]?.array ?? []).compactMap(ruledOut)
        let proof: Markup = why["proven"]?.bool == true ? "<p class=\"note\">\(texts["why.proven"])</p>" : .blank
        let others: Markup = other.isEmpty ? .blank : "<h3>\(texts["why.others"])</h3><ul class=\"reasons\">\(other)</ul>"
        return "<ul class=\"reasons\">\(chosen)</ul>\(cost(why["cost"]))\(others)\(proof)"
    }

    private func part(_ json: JSON) -> Markup? {
        guard let site: SiteID = json.id("site"), let service: ServiceID = json.id("service") else { return nil }
        let units = texts.count("why.units", json["units"]?.int ?? 0)
        return "<li>\(texts("why.chosen", ["units": units, "site": names.site(site), "service": names.service(service)]))</li>"
    }

    /// In the operator’s currency.
    private func cost(_ json: JSON?) -> Markup {
        let causes = ["shipping", "handling", "split", "lateness", "scarcity"].compactMap { name -> String? in
            guard let minor = json?[name]?.int, minor > 0 else { return nil }
            return "\(texts["why.cost_\(name)"]) \(Self.decimal(minor))"
        }
        return causes.isEmpty ? .blank : "<p class=\"note\">\(texts["why.cost"]): \(causes.joined(separator: " · "))</p>"
    }

    private func alternative(_ json: JSON, than total: Int64?) -> Markup? {
        let who = json.id("site").map { (site: SiteID) in texts("why.only", ["site": names.site(site)]) } ?? texts["why.nearest"]
        let verdict: String
        if let cost = json["cost"]?.int {
            let more = cost - (total ?? cost)
            verdict = more > 0 ? texts("why.dearer", ["more": Self.decimal(more)]) : texts["why.same"]
        } else if let short = json["short"]?.int {
            verdict = texts.count("why.short", short)
        } else {
            verdict = texts["why.impossible"]
        }
        return "<li>\(who): \(verdict)</li>"
    }

    private func ruledOut(_ json: JSON) -> Markup? {
        guard let site: SiteID = json.id("site") else { return nil }
        return "<li>\(names.site(site)): \(texts.code("ruled_out", json["because"]?.string ?? ""))</li>"
    }

    private static func decimal(_ minor: Int64) -> String {
        let rest = minor % 100
        return "\((minor / 100).grouped).\(rest < 10 ? "0" : "")\(rest)"
    }
}
