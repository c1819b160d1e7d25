/// A JSON object written member by member, for hot paths: a tree of values would be built, sorted and taken down again.
///
/// Members are added in the order of their names, so that the text is canonical: the same as `JSON.text` of the same members.
package struct JSONMembers: Hashable, Sendable {
    private var bytes: [UInt8] = []
    private var last = ""

    package init() {}

    package init(_ write: (inout JSONMembers) -> Void) {
        bytes.reserveCapacity(256)
        write(&self)
    }

    package var text: String { "{" + String(decoding: bytes, as: UTF8.self) + "}" }

    package mutating func add(_ name: String, _ value: Int64) {
        begin(name)
        bytes += String(value).utf8
    }

    package mutating func add(_ name: String, _ value: Bool) {
        begin(name)
        bytes += (value ? "true" : "false").utf8
    }

    package mutating func add(_ name: String, _ value: String?) {
        begin(name)
        if let value { JSON.write(value, to: &bytes) } else { bytes += "null".utf8 }
    }

    package mutating func add<Tag>(_ name: String, _ id: ID<Tag>) { add(name, id.description) }

    package mutating func add(_ name: String, _ object: JSONMembers) {
        begin(name)
        write(object)
    }

    package mutating func add(_ name: String, _ objects: [JSONMembers]) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
        for (index, object) in objects.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(object)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func begin(_ name: String) {
        precondition(last < name, "'\(name)' comes before '\(last)'")
        last = name
        if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
        JSON.write(name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func write(_ object: JSONMembers) {
        bytes.append(UInt8(ascii: "{"))
        bytes += object.bytes
        bytes.append(UInt8(ascii: "}"))
    }
}
