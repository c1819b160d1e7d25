/// The languages that all texts are there in.
package enum Language: String, CaseIterable, Sendable {
    case en, pt, zh

    /// In its own words.
    package var name: String {
        switch self {
        case .en: "English"
        case .pt: "Português"
        case .zh: "中文"
        }
    }

    /// Of the element `html` (BCP 47).
    package var tag: String { self == .zh ? "zh-Hans" : rawValue }

    /// The first language of the header `Accept-Language` that there is; English where none is. Weights are taken as sorted,
    /// as browsers send them.
    static func accepted(_ header: String?) -> Language {
        for part in (header ?? "").split(separator: ",") {
            let tag = part.prefix { $0 != ";" }.drop { $0 == " " }.prefix { $0 != "-" }.lowercased()
            if let language = Language(rawValue: tag) { return language }
        }
        return .en
    }
}
