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

    /// Lower case, without spaces around it; nil where it is empty.
    static func email(_ text: String) -> String? {
        let trimmed = text.split(whereSeparator: \.isWhitespace).joined().lowercased()
        return trimmed.isEmpty ? nil : trimmed
    }

    /// Letters and digits of street, postal code, city and country in lower case; nil where there is no street.
    static func address(_ person: Person) -> String? {
        let street = fold(person.street.joined(separator: " "))
        guard !street.isEmpty else { return nil }
        return [street, fold(person.postalCode), fold(person.city), person.country.code.lowercased()]
            .joined(separator: "|")
    }

    /// Words of letters and digits in lower case, one space between two.
    private static func fold(_ text: String) -> String {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
    }
}
