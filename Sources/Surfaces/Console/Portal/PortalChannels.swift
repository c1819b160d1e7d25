import Views

/// Whether each channel of a merchant may sell a SKU, and what keeps the rest from it.
struct PortalChannels {
    let channels: [ChannelSale]
    let portal: PortalVisit

    init(_ channels: [ChannelSale], _ portal: PortalVisit) { (self.channels, self.portal) = (channels, portal) }

    var markup: Markup {
        let texts = portal.texts
        let table = Table(
            texts["portal.channels"],
            columns: portal.columns(["through"]) + portal.columns(["shows", "kept_back"], number: true)
                + portal.columns(["draws", "why_channel"]),
            rows: channels.map { one in
                Table.Row(
                    [
                        .text(one.channel), .quantity(one.now.rawValue), .quantity(one.keptBack.rawValue),
                        .quiet(one.pools.joined(separator: ", ")), .markup(why(one)),
                    ], tone: one.why == nil ? nil : .warn)
            }, empty: .init(texts["portal.no_channels"], texts["portal.no_channels_hint"]))
        return Card(texts["portal.channels"], table.markup(portal.format)).markup
    }

    private func why(_ one: ChannelSale) -> Markup {
        let texts = portal.texts
        let words =
            switch one.why {
            case nil: Badge(texts["portal.channel.sells"], .good)
            case .nothingLeft: Badge(texts["portal.channel.nothing_left"], .bad)
            case .keptBack: Badge(texts["portal.channel.kept_back"], .warn)
            case .others(let units):
                Badge(texts("portal.channel.others", ["n": portal.format.count(units.rawValue)]), .warn)
            }
        let next = one.next.map { step -> Markup in
            " <span class=\"quiet\">\(texts("portal.channel.next", ["date": portal.format.moment(step.from)]))</span>"
        }
        return "\(words.markup)\(next ?? .blank)"
    }
}
