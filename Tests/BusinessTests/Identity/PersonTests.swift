import Kernel
import Testing

@testable import Identity

@Suite struct PersonTests {
    @Test func `a person is hidden wherever it is printed`() {
        var dumped = ""
        dump(Person.ana, to: &dumped)
        for text in ["\(Person.ana)", String(reflecting: Person.ana), String(reflecting: [Person.ana]), dumped] {
            for secret in ["Ana", "912", "ana@", "Flores", "4000"] { #expect(!text.contains(secret)) }
        }
    }

    @Test(arguments: [Person.ana, Person.ben])
    func `a person is read back from what is sealed`(_ person: Person) throws {
        #expect(Person(try JSON(person.json.text)) == person)
        #expect(!person.json.text.contains("\"\""))
    }
}
