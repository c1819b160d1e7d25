import Testing

@testable import Identity

@Suite struct NormalisedTests {
    @Test(arguments: [
        ("+351 912-345-678", "+351912345678"), ("00351912345678", "+351912345678"), ("(+351) 912", "+351912"),
        ("912 345", "912345"), ("1+2", "12"), ("+", nil), ("", nil), ("00", nil), ("n/a", nil),
    ])
    func `a phone number is its digits, with a plus where it is international`(_ text: String, _ phone: String?) {
        #expect(Normalised.phone(text) == phone)
    }

    @Test(arguments: [(" Ana@Example.COM\n", "ana@example.com"), ("  ", nil)])
    func `an e-mail address is in lower case without spaces`(_ text: String, _ email: String?) {
        #expect(Normalised.email(text) == email)
    }

    @Test func `an address is its words, whatever stands between them`() {
        var typed = Person.ana
        typed.street = ["rua  das flores,1; 3.º", "ESQ"]
        typed.postalCode = "4000 001"
        typed.city = "PORTO"
        #expect(Normalised.address(typed) == Normalised.address(.ana))
        typed.city = "Po\u{301}rto"
        var composed = typed
        composed.city = "P\u{F3}rto"
        #expect(Normalised.address(typed)?.utf8.elementsEqual(Normalised.address(composed)?.utf8 ?? "".utf8) == true)
        typed.street = []
        #expect(Normalised.address(typed) == nil)
    }
}
