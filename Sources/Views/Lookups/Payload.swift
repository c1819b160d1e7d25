import Kernel

/// A JSON value inside a read model: an event's payload, the reason of a decision.
package struct Payload: Hashable, Sendable, Codable {
    package let json: JSON

    package init(_ json: JSON) { self.json = json }

    package init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            json = .null
        } else if let flag = try? value.decode(Bool.self) {
            json = .bool(flag)
        } else if let number = try? value.decode(Int64.self) {
            json = .int(number)
        } else if let text = try? value.decode(String.self) {
            json = .string(text)
        } else if let list = try? value.decode([Payload].self) {
            json = .array(list.map(\.json))
        } else {
            json = .object(try value.decode([String: Payload].self).mapValues(\.json))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch json {
        case .null: try value.encodeNil()
        case .bool(let flag): try value.encode(flag)
        case .int(let number): try value.encode(number)
        case .string(let text): try value.encode(text)
        case .array(let list): try value.encode(list.map(Payload.init))
        case .object(let members): try value.encode(members.mapValues(Payload.init))
        }
    }
}
