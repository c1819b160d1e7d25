import Facilities
import Flows
import Inventory
import Kernel
import Orders
import Partners
import Store
import TestGround
import Testing

@Suite("A partner's stock report")
struct PartnerStockTests {
    @Test("is refused where it is not newer than the newest, and where it names nobody's goods", arguments: EngineKind.all)
    func refused(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            try ground.report(10)
            #expect(try refusal { try ground.report(9) } == "stock_report.not_newer")
            #expect(try refusal { try ground.report(9, asOf: ground.stepper.now - .hours(1)) } == "stock_report.not_newer")
            #expect(try refusal { try ground.report(9, asOf: ground.stepper.now + .hours(1)) } == "stock_report.future")
            func tell(_ site: SiteID, _ merchant: MerchantID, _ lines: [TakeStockReport.Line]) throws -> String {
                ground.stepper.now = ground.stepper.now + .minutes(1)
                return try refusal {
                    try ground.stepper.perform(
                        TakeStockReport(
                            site: site, merchant: merchant, asOf: ground.stepper.now, lines, network: ground.cache, actor: "test"))
                }
            }
            let line = TakeStockReport.Line(sku: "A", quantity: 1)
            #expect(try tell(ground.sites[0], ground.merchant, []) == "stock_report.own_site")
            #expect(try tell(ground.partner, ground.other, []) == "stock_report.not_agreed")
            #expect(try tell(ground.partner, ground.merchant, [.init(sku: "B", quantity: 1)]) == "stock_report.sku_unknown")
            #expect(try tell(ground.partner, ground.merchant, [line, line]) == "stock_report.line_repeated")
            #expect(try tell(ground.partner, ground.merchant, []) == "")
            #expect(try ground.supply().sellable == 0)
        }
    }

    @Test("counts what left after it was made, and not what had left before", arguments: EngineKind.all)
    func shippedSince(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            let start = ground.stepper.now
            try ground.report(10)
            let one = try ground.place(1, 2), two = try ground.place(2, 3)
            ground.stepper.now = start + .hours(4)
            try ground.accept(one)
            try ground.accept(two)
            try ground.ship(one, 2, number: "A1", at: start + .hours(3))
            // Counted before the parcel left, told after.
            try ground.report(10, asOf: start + .hours(2))
            #expect(try ground.supply().sellable == 8)
            #expect(try ground.supply().reserved == 3)
            // Counted after the next parcel left, which is told later still.
            ground.stepper.now = start + .hours(6)
            try ground.report(5, asOf: start + .hours(6))
            try ground.ship(two, 3, number: "A2", at: start + .hours(5))
            #expect(try ground.supply().sellable == 5)
            #expect(try ground.supply().available == 5)
        }
    }

    @Test("below what is promised breaks claims, which are sourced elsewhere and withdrawn", arguments: EngineKind.all)
    func shrink(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            try ground.report(4)
            let one = try ground.place(1, 2), two = try ground.place(2, 2)
            try ground.accept(one)
            try ground.stockOwn(1)
            ground.stepper.now = ground.stepper.now + .hours(1)
            try ground.report(1)
            let sums = try [ground.component(one.order), ground.component(two.order)]
            #expect(sums.reduce(Quantity(0)) { $0 + $1.reserved } == 2)
            #expect(sums.reduce(Quantity(0)) { $0 + $1.waiting } == 2)
            #expect(try ground.supply().short == 0)
            #expect(try ground.supply().reserved == 1)
            #expect(try [ground.fresh(one), ground.fresh(two)].reduce(Quantity(0)) { $0 + $1.open } == 1)
        }
    }

    @Test("that is overdue stops promising until the next one, and keeps what is promised", arguments: EngineKind.all)
    func overdue(kind: EngineKind) throws {
        try withPartner(kind) { ground in
            let id = try ground.report(10)
            let one = try ground.place(1, 2)
            try ground.accept(one)
            try ground.pass(.hours(11))
            #expect(try ground.supply().available == 0)
            let placed = try ground.stepper.perform(PlaceOrder(ground.request(2, 1), desk: ground.desk))
            #expect(placed.waiting == 1)
            #expect(try ground.exceptions().contains("partner.report_overdue"))
            #expect(try ground.penalties().contains(.lateReport))
            #expect(try ground.report(10) != id)
            #expect(try ground.component(placed.order) == OrderUnits(reserved: 1))
            #expect(try !ground.exceptions().contains("partner.report_overdue"))
            try ground.ship(one, 2, number: "YP1")
        }
    }

    @Test("of a drop-shipping site is about its own merchant alone", arguments: EngineKind.all)
    func dropShip(kind: EngineKind) throws {
        try withPartner(kind, mode: .dropShip) { ground in
            let other = SaveAgreement(ground.agreement(ground.other), network: ground.cache)
            #expect(try refusal { try ground.stepper.perform(other) } == "agreement.other_merchant")
            let again = SaveAgreement(ground.agreement(ground.merchant), network: ground.cache)
            #expect(try refusal { try ground.stepper.perform(again) } == "agreement.day_taken")
            var own = ground.agreement(ground.merchant)
            own.site = ground.sites[0]
            #expect(try refusal { try ground.stepper.perform(SaveAgreement(own, network: ground.cache)) } == "agreement.own_site")
            try ground.report(3)
            #expect(try ground.place(1, 2).site == ground.partner)
        }
    }
}
