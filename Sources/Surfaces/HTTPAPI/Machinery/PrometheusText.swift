/// The text exposition format: https://prometheus.io/docs/instrumenting/exposition_formats/
enum PrometheusText {
    /// A label of swift-metrics as a metric or label name: what the format does not allow becomes `_`.
    static func name(_ label: String, suffix: String) -> String {
        if isName(label) { return label.hasSuffix(suffix) ? label : label + suffix }
        let plain = String(
            label.unicodeScalars.map { scalar in
                scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                    ? Character(scalar) : "_"
            })
        let named = plain.first.map { $0.isNumber } ?? true ? "_" + plain : plain
        return named.hasSuffix(suffix) ? named : named + suffix
    }

    private static func isName(_ label: String) -> Bool {
        let letters = label.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: false
            }
        }
        return letters && !label.isEmpty && !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= label.utf8[label.startIndex])
    }

    static func append(_ state: MetricCell.State, of name: String, _ labels: MetricLabels, to text: inout String) {
        guard state.count > 0 || !state.buckets.isEmpty else {
            return line(name, labels, number(state.value), to: &text)
        }
        for (bound, count) in zip(MetricCell.bounds, state.buckets) {
            line(name + "_bucket", labels, "\(count)", le: number(bound), to: &text)
        }
        if !state.buckets.isEmpty { line(name + "_bucket", labels, "\(state.count)", le: "+Inf", to: &text) }
        line(name + "_sum", labels, number(state.value), to: &text)
        line(name + "_count", labels, "\(state.count)", to: &text)
    }

    private static func line(
        _ name: String, _ labels: MetricLabels, _ value: String, le: String? = nil, to text: inout String
    ) {
        var pairs = labels.pairs.map { "\($0.name)=\"\(escaped($0.value))\"" }
        if let le { pairs.append("le=\"\(le)\"") }
        text += name + (pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}") + " \(value)\n"
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return Int64(exactly: value).map { String($0) } ?? String(value)
    }

    static func escaped(_ value: String) -> String {
        value.reduce(into: "") { text, character in
            switch character {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            case "\r\n": text += "\\r\\n"
            default: text.append(character)
            }
        }
    }
}
