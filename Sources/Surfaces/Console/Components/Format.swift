import Kernel

/// Writes values as the viewer reads them: their zone, their language.
package struct Format: Sendable {
    package let texts: Texts
    package let zone: TimeZoneRule
    package let now: Instant

    package init(_ texts: Texts, zone: TimeZoneRule, now: Instant) { (self.texts, self.zone, self.now) = (texts, zone, now) }

    /// `14:05` of today, else `21 Nov 14:05`, with the year where it is another one.
    package func moment(_ instant: Instant) -> String {
        let day = zone.day(of: instant), time = zone.time(of: instant).description
        return day == zone.day(of: now) ? time : "\(self.day(day)) \(time)"
    }

    /// The moment as an element that holds it exactly; the tool tip names the zone.
    package func time(_ instant: Instant) -> Markup {
        let whole = "\(zone.day(of: instant)) \(zone.time(of: instant)) \(zone.name)"
        return "<time datetime=\"\(instant)\" title=\"\(whole)\">\(moment(instant))</time>"
    }

    /// `21 Nov`, with the year where it is another one than now.
    package func day(_ date: CivilDate) -> String {
        let parts = date.description.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return date.description }
        let isThisYear = date.description.prefix(4) == zone.day(of: now).description.prefix(4)
        let month = texts["month.\(parts[1])"]
        if texts.language == .zh { return (isThisYear ? "" : "\(parts[0])年") + "\(month)\(parts[2])日" }
        return "\(parts[2]) \(month)" + (isThisYear ? "" : " \(parts[0])")
    }

    /// `in 2 h 10 min`, or `20 min ago`.
    package func relative(_ instant: Instant) -> String {
        let span = span(instant >= now ? instant - now : now - instant)
        return texts(instant >= now ? "time.in" : "time.ago", ["span": span])
    }

    /// The span in the two units that matter: `2 h 10 min`, `3 d 4 h`.
    package func span(_ duration: Duration) -> String {
        let minutes = max(0, duration.micros / 60_000_000)
        let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60)
        let parts: [(Int64, String)] = days > 0 ? [(days, "d"), (hours, "h")] : hours > 0 ? [(hours, "h"), (rest, "min")] : [(rest, "min")]
        let shown = parts.filter { $0.0 > 0 }.map { "\($0.0) \(texts["unit.\($0.1)"])" }
        return shown.isEmpty ? texts["time.moment"] : shown.joined(separator: " ")
    }

    /// `1,234.50 EUR`.
    package func money(_ money: Money) -> String {
        let text = money.description, point = text.firstIndex(of: ".") ?? text.firstIndex(of: " ") ?? text.endIndex
        guard let whole = Int64(text[..<point]) else { return text }
        return (money.minor < 0 && whole == 0 ? "−" : "") + whole.grouped + text[point...]
    }

    package func count(_ number: some BinaryInteger) -> String { Int64(number).grouped }

    /// `850 g`, from a kilogram on `1.25 kg`.
    package func weight(_ grams: Grams) -> String {
        grams.rawValue < 1000 ? "\(grams) g" : "\(Self.decimal(grams.rawValue, per: 1000)) kg"
    }

    /// `85 mm`, from ten centimetres on `12.5 cm`.
    package func length(_ length: Millimetres) -> String {
        length.rawValue < 100 ? "\(length) mm" : "\(Self.decimal(length.rawValue, per: 10)) cm"
    }

    package func size(_ box: Dimensions) -> String {
        [box.length, box.width, box.height].map { Self.decimal($0.rawValue, per: 10) }.joined(separator: " × ") + " cm"
    }

    /// Two decimals at most, none that say nothing.
    private static func decimal(_ value: Int64, per unit: Int64) -> String {
        let hundredths = value * 100 / unit
        let (whole, rest) = (hundredths / 100, hundredths % 100)
        if rest == 0 { return whole.grouped }
        return rest % 10 == 0 ? "\(whole.grouped).\(rest / 10)" : "\(whole.grouped).\(rest < 10 ? "0" : "")\(rest)"
    }
}
