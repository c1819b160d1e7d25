import Kernel

extension Int64 {
    /// `1,234,567`.
    var grouped: String {
        let digits = Array(String(magnitude))
        var text = self < 0 ? "−" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return text
    }

    /// `order to release`, `orders to release`: what stands under the number itself.
    func caption(_ noun: String, _ rest: String) -> String { "\(noun)\(self == 1 ? "" : "s") \(rest)" }

    /// `1 order`, `2,000 orders`.
    func of(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }
}

extension Duration {
    /// The span in the two units that matter: `2 h 10 min`, `3 d 4 h`; under a minute `less than a minute`.
    var inWords: String {
        let minutes = max(0, micros / 60_000_000)
        let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60)
        if days > 0 { return hours > 0 ? "\(days) d \(hours) h" : "\(days) d" }
        if hours > 0 { return rest > 0 ? "\(hours) h \(rest) min" : "\(hours) h" }
        return rest > 0 ? "\(rest) min" : "less than a minute"
    }
}

extension Instant {
    /// `in 2 h 10 min`, or `20 min ago`.
    func relative(to now: Instant) -> String {
        self >= now ? "in \((self - now).inWords)" : "\((now - self).inWords) ago"
    }
}
