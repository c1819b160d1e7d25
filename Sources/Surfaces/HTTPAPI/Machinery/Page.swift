import Crypto
import Foundation
import Kernel

/// One page of a list.
package struct Page<Item: Codable & Sendable>: Codable, Sendable {
    package var items: [Item]
    /// Send it as `cursor` to read on; null at the end.
    package var next: String?

    package init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encode(next, forKey: .next)
    }
}

extension Page: Documented {
    package static var fields: FieldNotes {
        [
            "next": "Send it as `cursor` to read on; null at the end.",
            "items": "The items of this page, in the order of the list.",
        ]
    }
}

/// The query parameters of every list.
struct PageQuery: Decodable, Sendable, Documented {
    var limit: Int?
    var cursor: String?

    static let limits = 1...200
    static let defaultLimit = 50
    static let fields: FieldNotes = [
        "limit": FieldNote("The most items to answer with; \(defaultLimit) unless said.", range: 1...200, example: 50),
        "cursor": FieldNote("`next` of the page before; opaque.", length: 1...512),
    ]
}

/// A list's own query beside that of every list.
struct Paged<Query: Decodable & Sendable>: Decodable, Sendable {
    let page: PageQuery
    let rest: Query

    init(from decoder: any Decoder) throws {
        page = try PageQuery(from: decoder)
        rest = try Query(from: decoder)
    }
}

extension Paged: Documented {
    static var fields: FieldNotes {
        PageQuery.fields.merging((Query.self as? any Documented.Type)?.fields ?? [:]) { own, _ in own }
    }
}

/// Which page of a list is asked for.
package struct PageRequest: Sendable {
    /// 1 to 200.
    package let limit: Int
    private let cursor: String?
    private let list: String

    init(_ query: PageQuery, of list: String) {
        limit = query.limit ?? PageQuery.defaultLimit
        cursor = query.cursor
        self.list = list
    }

    /// How many rows to fetch: one more than the page holds tells whether there is a next one.
    package var rowsToFetch: Int { limit + 1 }

    /// The key of the last row of the page before; nil for the first page.
    /// - Throws: `InvalidRequest` where the cursor was not made by this list.
    package func after<Key: Codable>(_ type: Key.Type = Key.self) throws -> Key? {
        guard let cursor else { return nil }
        guard let payload = Cursor.open(cursor, of: list),
            let key = try? JSONDecoder().decode([Key].self, from: payload).first
        else {
            throw InvalidRequest(
                parameter: "cursor", "The cursor is not one that this list gave.", code: "input.cursor")
        }
        return key
    }

    /// The page made of the rows fetched, at most `rowsToFetch` of them.
    /// - Parameter key: what the list is ordered by, unique among its rows; stands in the cursor.
    package func page<Row, Key: Codable, Item>(
        of rows: [Row], by key: (Row) -> Key, _ item: (Row) throws -> Item
    ) throws -> Page<Item> {
        let shown = rows.prefix(limit)
        let next = try shown.last.flatMap { last in
            rows.count > limit ? Cursor.sealed(try JSONEncoder().encode([key(last)]), of: list) : nil
        }
        return Page(items: try shown.map(item), next: next)
    }
}

/// The text of a cursor: base64url of six bytes of SHA-256 over list and payload, then the payload.
///
/// It finds a cursor that was garbled or taken from another list. It is no secret and guards none: a cursor holds
/// a position, and what may be read is decided by the caller's role.
enum Cursor {
    private static let checkBytes = 6

    static func sealed(_ payload: Data, of list: String) -> String {
        (check(payload, list) + payload).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func open(_ text: String, of list: String) -> Data? {
        guard text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "=") })
        else { return nil }
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let bytes = Data(base64Encoded: text.replacing("-", with: "+").replacing("_", with: "/") + padding),
            bytes.count > checkBytes
        else { return nil }
        let payload = Data(bytes.dropFirst(checkBytes))
        return bytes.prefix(checkBytes) == check(payload, list) ? payload : nil
    }

    private static func check(_ payload: Data, _ list: String) -> Data {
        Data(SHA256.hash(data: Data(list.utf8) + [0] + payload).prefix(checkBytes))
    }
}
