import Kernel
import Orders
import Testing
import Transport

@testable import Views

@Suite struct StageMoveTests {
    private static let site = SiteID(7)

    private func move(_ type: String, _ payload: JSON = [:]) throws -> StageMove? {
        try StageMoves.of(type, site: Self.site, quantity: 3, payload: payload)
    }

    private static let steps: [(type: String, from: Stage?, to: Stage, parcels: Int64)] = [
        ("order.placed", nil, .waiting, 0), ("fulfillment.opened", .waiting, .reserved, 0),
        ("fulfillment.picked", .reserved, .picked, 0), ("parcel.packed", .picked, .packed, 1),
        ("parcel.handed_over", .packed, .handedOver, 1), ("parcel.voided", .packed, .cancelled, 1),
    ]

    @Test("each step moves its units on to the next stage", arguments: steps)
    func move(_ step: (type: String, from: Stage?, to: Stage, parcels: Int64)) throws {
        let moved = try move(step.type, ["purpose": "sale"])
        #expect(moved == StageMove(from: step.from, to: step.to, site: Self.site, units: 3, parcels: step.parcels))
    }

    @Test("a report moves a parcel only where it changes its stage", arguments: [
        ("handed_over", "out_for_delivery", Stage.handedOver, Stage.outForDelivery),
        ("out_for_delivery", "attempted", .outForDelivery, .handedOver),
        ("out_for_delivery", "delivered", .outForDelivery, .delivered),
        ("handed_over", "returning", .handedOver, .returning), ("returning", "returned", .returning, .returned),
        ("lost", "delivered", .lost, .delivered),
    ])
    func tracked(_ before: String, _ after: String, _ from: Stage, _ to: Stage) throws {
        let moved = try move("parcel.tracked", ["code": "x", "from": .string(before), "to": .string(after)])
        #expect(moved == StageMove(from: from, to: to, site: Self.site, units: 3, parcels: 1))
    }

    @Test("a report that changes no stage moves nothing", arguments: [
        ["code": "arrived_at_hub"] as JSON, ["code": "in_transit", "from": nil, "to": nil],
        ["code": "attempted", "from": "handed_over", "to": "attempted"],
    ])
    func storyOnly(_ payload: JSON) throws { #expect(try move("parcel.tracked", payload) == nil) }

    private static let vague: [(String, JSON)] = [
        ("order.moved", ["from": "reserved"]), ("order.moved", ["from": "reserved", "to": "nowhere"]),
        ("parcel.tracked", ["from": "voided", "to": "delivered"]), ("parcel.tracked", ["to": "delivered"]),
    ]

    @Test("a move that does not say where it went is an error that names it", arguments: vague)
    func unreadable(_ type: String, _ payload: JSON) { #expect(throws: UnreadableMove.self) { try move(type, payload) } }

    @Test("units that go back or are cancelled go by their positions", arguments: Position.allCases)
    func moved(_ from: Position) throws {
        let moved = try move("order.moved", ["from": .string(from.rawValue), "to": "cancelled"])
        #expect(moved?.from?.position == from && moved?.to == .cancelled)
    }

    @Test("the units of a transfer find goods as those of a sale do")
    func transfer() throws {
        let moved = try move("fulfillment.opened", ["purpose": "transfer"])
        #expect(moved?.from == .waiting && moved?.to == .reserved)
    }

    @Test("what leaves between our sites is shipped once")
    func network() throws {
        let first = try move("parcel.departed", ["from": "packed", "to": "shipped"])
        #expect(first == StageMove(from: .packed, to: .handedOver, site: Self.site, units: 3, parcels: 1))
        #expect(try move("parcel.departed") == nil)
        #expect(try move("parcel.handed_over", ["from": "shipped"]) == nil)
        let stopped = try move("parcel.stopped", ["from": "shipped", "to": "returned"])
        #expect(stopped == StageMove(from: .handedOver, to: .returned, site: Self.site, units: 3, parcels: 1))
    }

    @Test("each state of a parcel that exists has a stage, and its units' position")
    func states() {
        for state in ParcelState.allCases where state != .voided { #expect(Stage(state)?.holdsParcels == true) }
        for position in Position.allCases { #expect(Stage(position).position == position) }
    }
}
