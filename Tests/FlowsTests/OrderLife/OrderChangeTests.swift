import Flows
import Kernel
import Orders
import Testing

@Suite("What an edit changes")
struct OrderChangeTests {
    private static let stands = [
        LineRecord(id: LineID(1), sku: SKUID(10), quantity: 2, unitPrice: 500),
        LineRecord(id: LineID(2), sku: SKUID(10), quantity: 1, unitPrice: 500),
        LineRecord(id: LineID(3), sku: SKUID(20), quantity: 1, unitPrice: 900, channelUnit: "u"),
        LineRecord(id: LineID(4), sku: SKUID(10), quantity: 1, unitPrice: 500),
    ]

    private static func wanted(_ sku: Int64, _ quantity: Int64, _ price: Int64, unit: String? = nil) -> OrderChange.Wanted {
        OrderChange.Wanted(
            SKUID(sku), .init(sku: "\(sku)", quantity: Quantity(quantity), unitPrice: price, channelUnit: unit))
    }

    private static let same = [wanted(10, 2, 500), wanted(10, 1, 500), wanted(20, 1, 900, unit: "u"), wanted(10, 1, 500)]

    @Test("the same lines in any order change nothing")
    func same() {
        #expect(OrderChange(from: Self.stands, to: Self.same, begun: []).isNone)
        #expect(OrderChange(from: Self.stands, to: Self.same.reversed(), begun: [LineID(4)]).isNone)
    }

    @Test("another quantity takes a line off and puts one on; another price changes its money only")
    func quantityAndPrice() {
        let change = OrderChange(
            from: Self.stands,
            to: [Self.wanted(10, 3, 500), Self.wanted(10, 1, 500), Self.wanted(10, 1, 400), Self.wanted(20, 1, 900, unit: "u")],
            begun: [])
        #expect(change.removed == [LineID(1)])
        #expect(change.added == [0])
        #expect(change.repriced.map(\.id) == [LineID(4)])
        #expect(change.repriced.map(\.unitPrice) == [400])
        #expect(change.touched == [LineID(1), LineID(4)])
        let other = OrderChange(from: Self.stands, to: [Self.wanted(20, 1, 900, unit: "v")], begun: [])
        #expect(other.removed.count == 4 && other.added == [0], "another unit of the channel is another line")
    }

    @Test("of equal lines the one that is worked on stays, and it is never priced anew")
    func begunStays() {
        let fewer = OrderChange(from: Self.stands, to: [Self.wanted(10, 1, 500)], begun: [LineID(4)])
        #expect(fewer.kept == [LineID(4)])
        #expect(fewer.removed == [LineID(1), LineID(2), LineID(3)])
        let priced = OrderChange(from: [Self.stands[3]], to: [Self.wanted(10, 1, 400)], begun: [LineID(4)])
        #expect(priced.removed == [LineID(4)] && priced.added == [0], "so that it is refused")
    }
}
