import Kernel

/// Checks a value against its schema and finds everything that is wrong with it, in the order of the schema.
struct SchemaCheck {
    let components: [String: Schema]
    /// The most violations that are collected; a body of garbage must not make a large answer.
    static let limit = 50

    private(set) var violations: [(path: [String], rule: String)] = []
    private var path: [String] = []

    init(components: [String: Schema]) { self.components = components }

    mutating func check(_ value: WireValue, against schema: Schema) {
        guard violations.count < Self.limit, !(value == .null && schema.isNullable) else { return }
        switch (schema.shape, value) {
        case (.component(let name), _):
            if let component = components[name] { check(value, against: component) }
        case (.any, _), (.boolean, .bool), (.boolean, .bare("true")), (.boolean, .bare("false")): break
        case (.integer(let range), .number(let text)), (.integer(let range), .bare(let text)):
            checkInteger(text, range)
        case (.number, .number(let text)), (.number, .bare(let text)):
            if Double(text)?.isFinite != true { refuse("\(value.quoted) must be a number.") }
        case (.string(_, _, let length), .string(let text)), (.string(_, _, let length), .bare(let text)):
            checkLength(text, length)
        case (.enumeration(let allowed), .string(let text)), (.enumeration(let allowed), .bare(let text)):
            if !allowed.contains(text) { refuse("\(value.quoted) must be \(allowed.sentence).") }
        case (.array(let items, let count), .array(let values)): checkItems(values, items, count)
        case (.array(let items, let count), .bare(let text)): checkItems(Self.items(of: text), items, count)
        case (.map(let each), .object(let members)):
            for (key, member) in members.sorted(by: { $0.key < $1.key }) {
                step(into: key) { $0.check(member, against: each) }
            }
        case (.object(let properties), .object(let members)): checkMembers(members, properties)
        default: refuse("\(value.quoted) must be \(schema.expected).")
        }
    }

    /// A list in a query is written with commas: `state=open,closed`.
    static func items(of text: String) -> [WireValue] {
        text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false).map { .bare(String($0)) }
    }

    private mutating func refuse(_ rule: String) {
        guard violations.count < Self.limit else { return }
        violations.append((path, rule))
    }

    private mutating func step(into name: String, _ body: (inout Self) -> Void) {
        path.append(name)
        body(&self)
        path.removeLast()
    }

    private mutating func checkInteger(_ text: String, _ range: ClosedRange<Int64>) {
        guard let number = Int64(text), !text.hasPrefix("+") else {
            return refuse("\(WireValue.number(text).quoted) must be a whole number of at most 64 bits.")
        }
        if !range.contains(number) {
            refuse(
                "\(number) must be \(range.lowerBound == .min ? "" : "at least \(range.lowerBound)")"
                    + (range.lowerBound == .min || range.upperBound == .max ? "" : " and ")
                    + (range.upperBound == .max ? "." : "at most \(range.upperBound)."))
        }
    }

    private mutating func checkLength(_ text: String, _ length: ClosedRange<Int>) {
        guard length != 0 ... .max else { return }
        let count = text.unicodeScalars.count
        if count < length.lowerBound {
            refuse("The text has \(count) characters; it needs at least \(length.lowerBound).")
        }
        if count > length.upperBound { refuse("The text has \(count) characters; it may have \(length.upperBound).") }
    }

    private mutating func checkItems(_ values: [WireValue], _ items: Schema, _ count: ClosedRange<Int>) {
        if values.count < count.lowerBound {
            refuse("There are \(values.count) items; at least \(count.lowerBound) are needed.")
        }
        if values.count > count.upperBound {
            refuse("There are \(values.count) items; at most \(count.upperBound) may be.")
        }
        for (index, value) in values.prefix(count.upperBound).enumerated() {
            step(into: String(index)) { $0.check(value, against: items) }
        }
    }

    private mutating func checkMembers(_ members: [String: WireValue], _ properties: [Schema.Property]) {
        var known = 0
        for property in properties {
            if let value = members[property.name] {
                known += 1
                step(into: property.name) { $0.check(value, against: property.schema) }
            } else if property.isRequired {
                step(into: property.name) { $0.refuse("'\(property.name)' is missing.") }
            }
        }
        guard known < members.count else { return }
        let names = Set(properties.map(\.name))
        for key in members.keys.sorted() where !names.contains(key) {
            step(into: key) { $0.refuse("\(WireValue.string(key).quoted) is not a known name here.") }
        }
    }
}

extension Schema {
    /// What a value must be, for a sentence.
    fileprivate var expected: String {
        switch shape {
        case .any: "anything"
        case .boolean: "true or false"
        case .integer: "a whole number"
        case .number: "a number"
        case .string: "a string"
        case .enumeration(let choices): choices.sentence
        case .array: "an array"
        case .map, .object: "an object"
        case .component(let name): "a \(name)"
        }
    }
}
