import Foundation
import Kernel
import Orders
import Testing

@testable import HTTPAPI

/// The order reader against the general way, on orders made up from a seed and on those orders spoilt.
@Suite struct OrderReaderTests {
    private static let schemas: (order: Schema, batch: Schema, components: [String: Schema]) = {
        let book = SchemaBook()
        guard let order = try? book.schema(of: OrderBody.self), let batch = try? book.schema(of: BatchBody.self) else {
            preconditionFailure("orders have a schema")
        }
        return (order, batch, book.components)
    }()

    /// What the general way makes of the bytes; nil where it refuses them.
    private static func general<Body: Decodable>(_ bytes: [UInt8], _ schema: Schema) -> Body? {
        guard let value = try? WireReader.read(bytes) else { return nil }
        var check = SchemaCheck(components: schemas.components)
        check.check(value, against: schema)
        return check.violations.isEmpty ? try? WireDecoder(value).read(Body.self) : nil
    }

    private static func text(_ body: (some Encodable)?) throws -> String? {
        guard let body else { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(body), as: UTF8.self)
    }

    @Test(arguments: 1...4) func `an order that is right is read as the general way reads it`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<400 {
            let bytes = Array(SampleOrders.order(&random).utf8)
            let read = OrderReader.order(bytes), other: OrderBody? = Self.general(bytes, Self.schemas.order)
            #expect(read != nil && other != nil, "\(String(decoding: bytes, as: UTF8.self))")
            #expect(try Self.text(read) == Self.text(other))
        }
    }

    @Test(arguments: 1...8) func `what the reader takes the general way takes alike, and what it leaves is wrong or rare`(
        seed: UInt64
    ) throws {
        var random = SeededRandom(seed: seed), taken = 0, refused = 0
        for _ in 0..<3000 {
            var bytes = Array(SampleOrders.order(&random).utf8)
            SampleOrders.spoil(&bytes, &random)
            let read = OrderReader.order(bytes), other: OrderBody? = Self.general(bytes, Self.schemas.order)
            if let read {
                taken += 1
                #expect(try Self.text(read) == Self.text(other), "\(String(decoding: bytes, as: UTF8.self))")
            } else if other != nil {
                #expect(SampleOrders.isRare(bytes), "\(String(decoding: bytes, as: UTF8.self))")
            } else {
                refused += 1
            }
        }
        #expect(taken > 100 && refused > 300, "the spoiling is too tame or too wild: \(taken), \(refused)")
    }

    @Test func `a batch is read as its orders are, up to five hundred of them`() throws {
        var random = SeededRandom(seed: 9)
        for count in [0, 1, 2, 37, 500, 501] {
            let orders = (0..<count).map { _ in SampleOrders.order(&random) }.joined(separator: ",")
            let bytes = Array(#"{"way": "record", "orders": [\#(orders)] }"#.utf8)
            let read = OrderReader.batch(bytes), other: BatchBody? = Self.general(bytes, Self.schemas.batch)
            #expect((read != nil) == (1...500).contains(count))
            #expect(try Self.text(read) == Self.text(other))
        }
    }

    @Test(arguments: [
        #"{"number":"1","currency":"EUR","lines":[{"sku":"A","quantity":1,"unit_price_minor":1}]} x"#,
        #"{"number":"1","number":"1","currency":"EUR","lines":[{"sku":"A","quantity":1,"unit_price_minor":1}]}"#,
        #"{"number":"1","currency":"EUR","lines":[{"sku":"A","quantity":01,"unit_price_minor":1}]}"#,
        #"{"number":"1","currency":"EUR","lines":[{"sku":"A","quantity":0,"unit_price_minor":1}]}"#,
        #"{"number":"1","currency":"EUR","lines":[{"sku":"A","quantity":1,"unit_price_minor":9223372036854775808}]}"#,
        #"{"number":"1","currency":"EUR","lines":[{"sku":"A","quantity":1,"unit_price_minor":1,"colour":"red"}]}"#,
        #"{"number":"\u0000","currency":"EUR","lines":[{"sku":"A","quantity":1,"unit_price_minor":1}]}"#,
        #"{"number":"\ud800","currency":"EUR","lines":[{"sku":"A","quantity":1,"unit_price_minor":1}]}"#,
        #"{"number":"","currency":"EUR","lines":[{"sku":"A","quantity":1,"unit_price_minor":1}]}"#,
        #"{"number":null,"currency":"EUR","lines":[{"sku":"A","quantity":1,"unit_price_minor":1}]}"#,
        #"{"number":"1","currency":"eur","lines":[{"sku":"A","quantity":1,"unit_price_minor":1}]}"#,
        #"{"number":"1","currency":"EUR","lines":[]}"#, #"{"number":"1","currency":"EUR","lines":[{"#, "", "[]", "null", "{}",
    ])
    func `what is no order is left to the general way, which refuses it`(text: String) {
        let other: OrderBody? = Self.general(Array(text.utf8), Self.schemas.order)
        #expect(OrderReader.order(Array(text.utf8)) == nil && other == nil)
    }

    @Test func `bytes that are no UTF-8 are no text`() {
        let head = Array(#"{"number":""#.utf8)
        let tail = Array(#"","currency":"EUR","lines":[{"sku":"A","quantity":1,"unit_price_minor":1}]}"#.utf8)
        for wrong: [UInt8] in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xF5, 0x80, 0x80, 0x80]] {
            #expect(OrderReader.order(head + wrong + tail) == nil)
        }
        #expect(OrderReader.order(head + Array("ü".utf8) + tail)?.number == "ü")
    }

    @Test func `replies written by hand are the encoder's, byte for byte`() throws {
        var random = SeededRandom(seed: 3)
        let items = (0..<50).map { SampleOrders.reply($0, &random) }.joined(separator: ",")
        let reply = try JSONDecoder().decode(BatchReply.self, from: Data("{\"items\":[\(items)]}".utf8))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var bytes: [UInt8] = []
        reply.write(to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == String(decoding: try encoder.encode(reply), as: UTF8.self))
    }
}
