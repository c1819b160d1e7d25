import Kernel
import Transport
import Views

/// One parcel of an order: how far it is, what is in it, and what happened to it in plain words.
struct ShopperParcel {
    let parcel: ShopperOrder.Parcel
    let number: Int
    let count: Int
    let visit: Visit

    private var texts: Texts { visit.texts }

    init(_ parcel: ShopperOrder.Parcel, number: Int, of count: Int, _ visit: Visit) {
        (self.parcel, self.number, self.count, self.visit) = (parcel, number, count, visit)
    }

    /// - Parameter more: what stands below the story.
    func markup(with more: Markup) -> Markup {
        let title = count > 1 ? texts("shopper.parcel_of", ["n": "\(number)", "count": "\(count)"]) : texts["shopper.parcel"]
        let carrier: Markup = parcel.number.map { "<p class=\"quiet\">\(parcel.carrier) <code>\($0)</code></p>" } ?? .blank
        return """
            <section class="card parcel"><header><h2>\(title)</h2>\(carrier)</header>\(progress)
            <p class="where">\(Markup.icon("site")) \(texts("shopper.at.\(parcel.state.rawValue)", place))</p>
            <ul class="goods">\(parcel.contents.map { Self.line($0.name, $0.quantity, visit.format) })</ul>
            <details\("open", if: parcel.state != .delivered)><summary>\(texts["shopper.story"])</summary>
            \(Timeline(story).markup(visit.format))</details>\(more)</section>
            """
    }

    private var place: KeyValuePairs<String, String> { ["town": parcel.town, "carrier": parcel.carrier] }

    /// Of `ordered packed on_the_way at_the_door delivered`, the last one that is reached; nil where it goes another way.
    private var progress: Markup {
        switch parcel.state {
        case .packed, .labelled: Self.steps(2, texts)
        case .inTransit, .handedOver: Self.steps(3, texts)
        case .outForDelivery, .attempted, .availableForPickup: Self.steps(4, texts)
        case .delivered: Self.steps(5, texts)
        case .returning, .returned, .lost, .voided: .blank
        }
    }

    /// - Parameter reached: how many of the five.
    static func steps(_ reached: Int, _ texts: Texts) -> Markup {
        let all = ["ordered", "packed", "on_the_way", "at_the_door", "delivered"].enumerated().map { index, step -> Markup in
            let isAt = index == reached - 1
            return """
                <li\("class", is: index < reached ? "done" : nil)\("aria-current", is: isAt ? "step" : nil)>\
                <span>\(texts["shopper.step.\(step)"])</span></li>
                """
        }
        return "<ol class=\"steps\">\(all)</ol>"
    }

    static func line(_ name: String, _ quantity: Quantity, _ format: Format) -> Markup {
        "<li><span>\(name)</span><span class=\"quiet\">× \(format.count(quantity.rawValue))</span></li>"
    }

    /// The newest first. What we know ourselves is left out where the carrier tells it too.
    private var story: [Timeline.Entry] {
        var entries = [Timeline.Entry(parcel.packedAt, say("packed"))]
        let told = Set(parcel.reports.map(\.code))
        if let at = parcel.handedOverAt, !told.contains("handed_over") { entries.append(.init(at, say("handed_over"))) }
        entries += parcel.reports.filter { $0.code != "label_created" }.map { report in
            Timeline.Entry(report.occurredAt, say(report.code), tone: .of(state: report.code))
        }
        if let at = parcel.deliveredAt, !told.contains("delivered") { entries.append(.init(at, say("delivered"), tone: .good)) }
        return entries.reversed()
    }

    private func say(_ code: String) -> Markup {
        .plain(texts.has("shopper.told.\(code)") ? texts("shopper.told.\(code)", place) : texts.code("state", code))
    }
}
