import Foundation
import Kernel

/// The forms under which a phone, an e-mail address or a street address is the same however it was typed.
enum Normalised {
    /// Digits, with `+` in front of an international number (`00` counts as `+`); nil where there is no digit.
    static func phone(_ text: String) -> String? {
        let digits = text.unicodeScalars.filter { ("0"..."9").contains($0) }
        var number = String(String.UnicodeScalarView(digits))
        guard !number.isEmpty else { return nil }
        let head = text.unicodeScalars.first { $0 == "+" || ("0"..."9").contains($0) }
        if head == "+" { return "+" + number }
        if number.hasPrefix("00") {
            number.removeFirst(2)
            return number.isEmpty ? nil : "+" + number
        }
        return number
    }

    /// Lower case without spaces; nil where it is empty.
    static func email(_ text: String) -> String? {
        let kept = text.unicodeScalars.filter { !($0.isASCII ? $0 == " " || (9...13).contains($0.value) : $0.properties.isWhitespace) }
        let email = String(String.UnicodeScalarView(kept)).lowercased()
        return email.isEmpty ? nil : email
    }

    /// Letters and digits of street, postal code, city and country in lower case; nil where there is no street.
    static func address(_ person: Person) -> String? {
        let street = fold(person.street.joined(separator: " "))
        guard !street.isEmpty else { return nil }
        return [street, fold(person.postalCode), fold(person.city), person.country.code.lowercased()]
            .joined(separator: "|")
    }

    /// Words of letters and digits in lower case, one space between two; é is one letter, composed or not.
    private static func fold(_ text: String) -> String {
        var lower = text.lowercased()
        // Below U+0300 every character is its own composed form.
        if !lower.utf8.allSatisfy({ $0 < 0xCC }) { lower = lower.precomposedStringWithCanonicalMapping }
        var words: [UInt8] = [], isBetween = false
        for scalar in lower.unicodeScalars {
            guard scalar.isWordPart else {
                isBetween = true
                continue
            }
            if isBetween, !words.isEmpty { words.append(UInt8(ascii: " ")) }
            isBetween = false
            words += scalar.utf8
        }
        return String(decoding: words, as: UTF8.self)
    }
}

extension Unicode.Scalar {
    /// A letter, a mark on one, or a digit.
    fileprivate var isWordPart: Bool {
        if isASCII { return ("a"..."z").contains(self) || ("0"..."9").contains(self) || ("A"..."Z").contains(self) }
        return properties.isAlphabetic || properties.numericType != nil || properties.generalCategory == .nonspacingMark
    }
}
