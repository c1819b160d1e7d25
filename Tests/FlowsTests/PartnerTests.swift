import Edges
import Facilities
import Flows
import Inventory
import Kernel
import Orders
import Partners
import Store
import TestGround
import Testing
import Transport

/// Runs a body over a network with a partner, and audits the books after it.
func withPartner(_ kind: EngineKind, mode: Site.Mode = .partner, _ body: (PartnerGround) throws -> Void) throws {
    try withDatabase(kind) { (database: TestDatabase) throws in
        let ground = try PartnerGround(database, mode: mode)
        try body(ground)
        try ground.follow()
        #expect(try ground.findings() == [])
    }
}

@Suite("A site that a partner runs")
struct PartnerTests {
    @Test("sells what it reports, is asked, ships in parts, and the parcels arrive", arguments: EngineKind.all)
    func wholeWay(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            try ground.report(10)
            ground.stepper.now = ground.stepper.now + .minutes(1)
            let one = try ground.place(1, 3)
            #expect(one.state == .sent)
            #expect(one.site == ground.partner)
            try ground.accept(one)
            let first = try ground.ship(one, 1, number: "YP1")
            #expect(try ground.fresh(one).state == .shipping)
            #expect(try ground.component(one.order) == OrderUnits(reserved: 2, shipped: 1))
            #expect(try ground.supply().sellable == 9)
            #expect(try refusal { try ground.ship(one, 1, number: "YP1") } == "shipment.number_used")
            try ground.ship(one, 2, number: "YP2")
            #expect(try ground.fresh(one).state == .shipped)
            let parcel = try #require(try ground.stepper.read { try Parcels.load(first, in: $0) }.first)
            #expect(parcel.state == .handedOver)
            for number in ["YP1", "YP2"] {
                let update = TrackingUpdate(
                    trackingNumber: number, at: ground.stepper.now, code: .delivered, place: "", detail: "", vendorCode: "D")
                let stranger = try ground.stepper.perform(ReportPartnerTracking([update], site: ground.sites[0]))
                #expect(stranger.strangers == [number])
                #expect(try ground.stepper.perform(ReportPartnerTracking([update], site: ground.partner)).recorded == 1)
            }
            #expect(try ground.component(one.order) == OrderUnits(delivered: 3))
            #expect(try ground.fresh(one).state == .closed)
            #expect(try ground.penalties() == [])
        }
    }

    private func outbound(
        _ ground: PartnerGround, _ purpose: FulfillmentPurpose, _ change: (inout OutboundRequest) -> Void = { _ in }
    ) -> PlaceOutbound {
        var request = OutboundRequest(
            merchant: ground.merchant, purpose: purpose, number: "X-\(purpose.rawValue)", lines: [.init(sku: "A", quantity: 2)])
        request.from = ground.partner
        let home = ground.request(1, 1)
        if purpose == .transfer { request.to = ground.sites[0] }
        if purpose == .removal || purpose == .sample { (request.person, request.destination) = (home.person, home.destination) }
        if purpose == .disposal { request.reason = "broken" }
        change(&request)
        return PlaceOutbound(request, desk: ground.desk, actor: "test")
    }

    @Test("ships removals and samples as it ships sales; what ends there is refused by name", arguments: EngineKind.all)
    func outbound(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            try ground.report(10)
            ground.stepper.now = ground.stepper.now + .minutes(1)
            for purpose in [FulfillmentPurpose.removal, .sample] {
                let order = try ground.stepper.perform(outbound(ground, purpose)).order
                try ground.follow()
                let one = try #require(try ground.handoffs(order).first)
                try ground.accept(one)
                try ground.ship(one, 2, number: "YP-\(purpose.rawValue)")
                #expect(try ground.fresh(one).state == .shipped)
                #expect(try ground.component(order) == OrderUnits(shipped: 2))
            }
            #expect(try refusal { try ground.stepper.perform(outbound(ground, .disposal)) } == "outbound.site_not_ours")
            let damaged = outbound(ground, .removal) { ($0.condition, $0.number) = (.damaged, "X-2") }
            #expect(try refusal { try ground.stepper.perform(damaged) } == "outbound.site_not_ours")
        }
    }

    @Test("sends goods over to a site of ours, which promises them while they are under way", arguments: EngineKind.all)
    func transfer(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            try ground.report(10)
            ground.stepper.now = ground.stepper.now + .minutes(1)
            let order = try ground.stepper.perform(outbound(ground, .transfer)).order
            try ground.follow()
            let one = try #require(try ground.handoffs(order).first)
            try ground.accept(one)
            let parcel = try #require(try ground.ship(one, 2, number: "YP1").first)
            let coming = { () throws -> Quantity? in
                try ground.stepper.read { [sku = ground.sku, site = ground.sites[0]] in
                    try Supply.load(of: [sku], locked: false, in: $0)[sku]?.first { $0.site == site && $0.kind == .transfer }?.sellable
                }
            }
            #expect(try coming() == 2)
            let site = ground.sites[0]
            let docks = try ground.stepper.read { try Locations.all(at: site, kind: .dock, in: $0) }
            let dock = try #require(docks.first)
            _ = try ground.stepper.perform(
                ReceiveTransfer(order, at: dock.id, [.init(parcel)], occurred: ground.stepper.now, actor: "test"))
            #expect(try ground.component(order) == OrderUnits(delivered: 2))
            #expect(try coming() ?? 0 == 0)
        }
    }

    @Test("is not asked for what is unpaid", arguments: EngineKind.all)
    func unpaid(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            try ground.report(5)
            let placed = try ground.stepper.perform(
                PlaceOrder(ground.request(1, 1, payment: .pending), desk: ground.desk))
            try ground.follow()
            #expect(try ground.handoffs(placed.order).isEmpty)
            try ground.stepper.perform(SetPayment(placed.order, merchant: nil, .paid, desk: ground.desk))
            try ground.follow()
            #expect(try ground.handoffs(placed.order).map(\.state) == [.sent])
        }
    }

    @Test("that rejects has its units sourced elsewhere, and is not asked for them again that day", arguments: EngineKind.all)
    func rejected(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            try ground.report(10)
            let one = try ground.place(1, 2)
            try ground.stepper.perform(
                RejectHandoff(one.id, reason: .noCapacity, nil, desk: ground.desk, actor: "test"))
            #expect(try ground.fresh(one).state == .rejected)
            #expect(try ground.component(one.order) == OrderUnits(waiting: 2))
            #expect(try ground.supply().available == 10)
            try ground.stockOwn(2)
            #expect(try ground.component(one.order) == OrderUnits(reserved: 2))
            #expect(try ground.handoffs(one.order).count == 1)
            #expect(try ground.penalties() == [.rejected])
            #expect(try ground.findings() == [])
        }
    }

    @Test("that rejects a part for want of goods does the rest, and is promised less", arguments: EngineKind.all)
    func partlyRejected(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            try ground.report(10)
            let one = try ground.place(1, 3)
            let part = [HandoffPart(line: one.lines[0].id, quantity: 1)]
            ground.stepper.now = ground.stepper.now + .minutes(1)
            try ground.stepper.perform(
                RejectHandoff(one.id, reason: .outOfStock, part, desk: ground.desk, actor: "test"))
            #expect(try ground.fresh(one).state == .accepted)
            #expect(try ground.component(one.order) == OrderUnits(waiting: 1, reserved: 2))
            #expect(try ground.supply().sellable == 9)
            try ground.ship(one, 2, number: "YP1")
            #expect(try ground.fresh(one).state == .shipped)
            #expect(try ground.component(one.order) == OrderUnits(waiting: 1, shipped: 2))
        }
    }

    @Test("that cannot find what it accepted says so, and pays for it", arguments: EngineKind.all)
    func short(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            try ground.report(4)
            let one = try ground.place(1, 2), two = try ground.place(2, 2)
            try ground.accept(one)
            ground.stepper.now = ground.stepper.now + .minutes(1)
            let part = [HandoffPart(line: one.lines[0].id, quantity: 2)]
            try ground.stepper.perform(
                ReportShort(one.id, part, occurred: ground.stepper.now, desk: ground.desk, actor: "test"))
            try ground.follow()
            #expect(try ground.fresh(one).state == .short)
            #expect(try ground.fresh(two).state == .sent)
            #expect(try ground.supply().sellable == 2)
            #expect(try ground.component(one.order) == OrderUnits(waiting: 2))
            #expect(try ground.penalties() == [.short])
        }
    }

    @Test("refuses by name every answer that its state does not allow", arguments: EngineKind.all)
    func illegal(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            try ground.report(10)
            let one = try ground.place(1, 2), line = one.lines[0].id
            let part = [HandoffPart(line: line, quantity: 1)]
            let short = ReportShort(one.id, part, occurred: ground.stepper.now, desk: ground.desk, actor: "test")
            let reject = RejectHandoff(one.id, reason: .other, part, desk: ground.desk, actor: "test")
            let stop = AnswerCancel(one.id, .cancelled, actor: "test")
            #expect(try refusal { try ground.ship(one, 1, number: "X") } == "handoff.wrong_state")
            #expect(try refusal { try ground.stepper.perform(short) } == "handoff.wrong_state")
            #expect(try refusal { try ground.stepper.perform(stop) } == "handoff.wrong_state")
            try ground.accept(one)
            #expect(try refusal { try ground.accept(one) } == "handoff.wrong_state")
            #expect(try refusal { try ground.stepper.perform(reject) } == "handoff.wrong_state")
            #expect(try refusal { try ground.ship(one, 3, number: "X") } == "handoff.too_many")
            let stranger = [HandoffPart(line: FulfillmentLineID(1), quantity: 1)]
            #expect(
                try refusal {
                    try ground.stepper.perform(
                        ReportShort(one.id, stranger, occurred: ground.stepper.now, desk: ground.desk, actor: "test"))
                } == "handoff.line_unknown")
            try ground.ship(one, 2, number: "Y")
            for body in [{ try ground.accept(one) }, { _ = try ground.ship(one, 1, number: "Z") }, {
                _ = try ground.stepper.perform(short)
            }, { try ground.stepper.perform(stop) }] as [() throws -> Void] {
                #expect(try refusal(body) == "handoff.wrong_state")
            }
        }
    }

    @Test("has every state and every pair of states in its table, and ends in no other")
    func table() {
        for state in HandoffState.allCases {
            #expect(state.isOpen == (HandoffState.transitions[state] != nil && state != .shipped), "\(state)")
            for next in HandoffState.transitions[state] ?? [] { #expect(next != .sent && next != state) }
        }
    }

    @Test("that runs late pays, and somebody hears of it", arguments: EngineKind.all)
    func late(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            try ground.report(10)
            let one = try ground.place(1, 1)
            try ground.pass(.minutes(61))
            #expect(try ground.penalties() == [.lateAcceptance])
            #expect(try ground.exceptions().contains("partner.unanswered"))
            try ground.accept(one)
            #expect(try !ground.exceptions().contains("partner.unanswered"))
            try ground.pass(.days(9))
            #expect(try Set(ground.penalties()) == [.lateAcceptance, .lateShipment, .lateReport])
            try ground.ship(one, 1, number: "YP1")
            #expect(try ground.exceptions() == ["order.late", "partner.report_overdue"])
        }
    }
}
