/// What became of one thing that was saved under its natural key.
package struct Saved<ID: Hashable & Sendable>: Hashable, Sendable {
    package let id: ID
    /// False where it existed and was brought to what is stated now.
    package let isNew: Bool
}

/// The texts a facility is known by.
enum FacilityText {
    /// 1 to 40 printable ASCII characters without spaces.
    static func isCode(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// 1 to 200 characters.
    static func isName(_ text: String) -> Bool { (1...200).contains(text.count) }
}
