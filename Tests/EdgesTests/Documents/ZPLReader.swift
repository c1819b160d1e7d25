import Foundation

/// Reads the commands of a ZPL II label, knowing nothing of how it was written.
struct ZPLReader {
    struct Command: Equatable {
        var name: String
        var text: String

        var numbers: [Int] { text.split(separator: ",", omittingEmptySubsequences: false).compactMap { Int($0) } }
    }

    struct Field: Equatable {
        var commands: [Command]

        subscript(name: String) -> Command? { commands.first { $0.name == name } }

        /// The data as the printer takes it.
        var data: String? {
            guard let data = self["FD"]?.text else { return nil }
            return self["FH"] == nil ? data : ZPLReader.unescaped(data)
        }
    }

    let commands: [Command]

    init(_ zpl: String) {
        commands = zpl.split(separator: "^").map { part in
            // A command is two characters; A0 stands for the font A with its name 0.
            Command(name: String(part.prefix(2)), text: part.dropFirst(2).trimmingCharacters(in: .newlines))
        }
    }

    /// What stands between each ^FO and its ^FS.
    var fields: [Field] {
        var fields: [Field] = []
        for command in commands {
            if command.name == "FO" { fields.append(Field(commands: [])) }
            guard !fields.isEmpty, fields[fields.count - 1]["FS"] == nil else { continue }
            fields[fields.count - 1].commands.append(command)
        }
        return fields
    }

    private static func unescaped(_ text: String) -> String {
        var bytes: [UInt8] = [], rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "_"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What a scanner gives for Code 128 data in mode N: FNC1 as `<F>`; nil where a subset is used wrongly.
    static func scanned(_ data: String) -> String? {
        var out = "", rest = data[...], isPairs = false
        while let first = rest.first {
            if first == ">" {
                switch rest.dropFirst().first {
                case ";", "5": isPairs = true
                case ":", "6": isPairs = false
                case "8": out += "<F>"
                default: return nil
                }
                rest = rest.dropFirst(2)
            } else if isPairs {
                guard rest.prefix(2).count == 2, rest.prefix(2).allSatisfy(\.isNumber) else { return nil }
                out += rest.prefix(2)
                rest = rest.dropFirst(2)
            } else {
                out.append(first)
                rest = rest.dropFirst()
            }
        }
        return out
    }
}
