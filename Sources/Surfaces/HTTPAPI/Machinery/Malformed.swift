/// The body is not the JSON it should be; says where and why.
struct Malformed: Error, Equatable {
    /// JSON pointer of the innermost value that was being read; empty for the whole.
    let pointer: String
    /// One sentence.
    let rule: String
    /// Byte of the body, from 0.
    let offset: Int
}

/// RFC 6901.
package enum JSONPointer {
    package static func text(_ path: some Sequence<String>) -> String {
        path.reduce(into: "") { $0 += "/" + escaped($1) }
    }

    static func escaped(_ step: String) -> String {
        guard step.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return step }
        return step.reduce(into: "") { $0 += $1 == "~" ? "~0" : $1 == "/" ? "~1" : String($1) }
    }
}
