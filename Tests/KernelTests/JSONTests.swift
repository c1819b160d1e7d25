import Kernel
import Testing

@Suite struct JSONTests {
    @Test("strict text is read and written canonically", arguments: [
        ("null", "null"), (" true ", "true"), ("-0", "0"), ("-9223372036854775808", "-9223372036854775808"),
        ("9223372036854775807", "9223372036854775807"), ("[]", "[]"), ("{}", "{}"), ("[ 1 , [ ] ]", "[1,[]]"),
        (#"{"b":1,"a":{"é":2,"z":3}}"#, #"{"a":{"z":3,"é":2},"b":1}"#),
        (#"{"a":1,"B":2,"aa":3}"#, #"{"B":2,"a":1,"aa":3}"#),
        (#""\u0041\/\b\f\n\r\t\"\\""#, #""A/\u0008\u000c\n\r\t\"\\""#),
        (#""\ud83d\ude00 \u20ac""#, "\"😀 €\""), ("\"\u{7F}\"", "\"\u{7F}\""), (#""a\u0000b""#, #""a\u0000b""#),
    ])
    func reading(text: String, canonical: String) throws { #expect(try JSON(text).text == canonical) }

    @Test("text that is not strict JSON of whole numbers is refused", arguments: [
        "", " ", "nul", "truth", "True", "01", "-", "-01", "+1", "1.0", "1e3", "1E3", ".5", "9223372036854775808",
        "-9223372036854775809", "1 2", "[1,]", "[1 2]", "[,1]", "[", "]", "{", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#,
        #"{a:1}"#, #"{"a":1 "b":2}"#, #"{"a":1,"a":2}"#, "'a'", "\"a", "\"\n\"", "\"\t\"", #""\x""#, #""\u12""#,
        #""\u+123""#, #""\uD800""#, #""\uDC00""#, #""\uD800\u0041""#, #""\uD800x""#, "NaN", "Infinity", "// a\n1",
        "\u{FEFF}1", "[1]]", "\"\\", "{\"a\":1}x", "\u{A0}1",
    ])
    func refused(text: String) { #expect(throws: JSONError.self) { try JSON(text) } }

    @Test func `depth is allowed to 64 and no further`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try JSON(nested(64)).text == nested(64))
        #expect(throws: JSONError(reason: "nested deeper than 64", offset: 64)) { try JSON(nested(65)) }
        #expect(try JSON("[" + [nested(63), nested(63)].joined(separator: ",") + "]").array?.count == 2)
    }

    @Test func `an error names its byte`() {
        let text = #"{"a":1.5}"#
        #expect(throws: JSONError(reason: "a number is not whole", offset: 6)) { try JSON(text) }
    }

    @Test func `any value comes back from its text, which is canonical`() throws {
        var random = SeededRandom(seed: 31)
        for _ in 0..<2000 {
            let value = Self.anything(&random, depth: 4)
            let text = value.text
            #expect(try JSON(text) == value)
            #expect(try JSON(text).text == text)
        }
    }

    @Test func `members are read by their kind`() throws {
        let json: JSON = ["id": .id(OrderID(9)), "n": 3, "s": "x", "b": true, "a": [1], "none": nil]
        #expect(json.id("id") == OrderID(9))
        #expect(json.id("id", as: SKUID.self) == nil)
        #expect(json["n"]?.int == 3 && json["s"]?.string == "x" && json["b"]?.bool == true && json["a"]?.array == [1])
        #expect(json["none"] == .null && json["absent"] == nil && json["s"]?.int == nil)
    }

    @Test func `members one by one give the canonical text`() throws {
        let inner = JSONMembers { $0.add("n", Int64.min) }
        let members = JSONMembers {
            $0.add("B", "\"é\n")
            $0.add("a", nil as String?)
            $0.add("aa", [inner, JSONMembers()])
            $0.add("b", true)
            $0.add("c", inner)
            $0.add("d", OrderID(9))
        }
        let tree: JSON = [
            "d": .id(OrderID(9)), "B": "\"é\n", "a": nil, "aa": [["n": .int(.min)], [:]], "b": true, "c": ["n": .int(.min)],
        ]
        #expect(members.text == tree.text)
        #expect(JSONMembers().text == "{}")
    }

    private static func anything(_ random: inout SeededRandom, depth: Int) -> JSON {
        switch random.below(depth > 0 ? 6 : 4) {
        case 0: return .null
        case 1: return .bool(random.chance(partsPerMillion: 500_000))
        case 2: return .int(Int64(bitPattern: random.next()) >> Int64(random.below(64)))
        case 3: return .string(letters(&random))
        case 4: return .array((0..<random.below(5)).map { _ in anything(&random, depth: depth - 1) })
        default:
            let pairs = (0..<random.below(5)).map { _ in (letters(&random), anything(&random, depth: depth - 1)) }
            return .object(Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
        }
    }

    private static func letters(_ random: inout SeededRandom) -> String {
        let alphabet: [Unicode.Scalar] = [
            "a", "Z", "\"", "\\", "/", "\n", "\0", "\u{1F}", "\u{7F}", "é", "€", "😀", "\u{FFFF}", "𐀀",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<random.below(8) { text.append(alphabet[random.below(alphabet.count)]) }
        return String(text)
    }
}
