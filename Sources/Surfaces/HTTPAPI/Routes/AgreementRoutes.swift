import Flows
import Kernel
import Partners

/// What partners have promised, and what it costs them not to keep it.
struct AgreementRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] {
        [
            Endpoint.post("/v1/partner-agreements", "Agree with a partner", for: [.operator]).named("saveAgreement")
                .describing("For one merchant's goods at one site, in place of an earlier one from its first day on.")
                .body(AgreementBody.self).idempotent.answering(.created).missing("site", "merchant")
                .refusing(SaveAgreement.Refused.samples)
                .handle { [desk] call, body in
                    let flow = SaveAgreement(body.agreement, network: desk.orders.network)
                    return AgreementBody(try await desk.perform(flow, by: try call.caller))
                },
            Endpoint.get("/v1/sites/{site}/agreements", "List what was agreed for a site", for: [.operator])
                .named("listAgreements").path(SiteID.self)
                .handle { [desk] call in
                    AgreementsReply(items: try await desk.read { try Agreements.at(call.path, in: $0) }.map { .init($0) })
                },
        ].tagged("Partners")
    }
}

struct AgreementsReply: Codable, Sendable {
    var items: [AgreementBody]
}

/// An agreement; money is minor units of its currency.
struct AgreementBody: Codable, Sendable, Documented {
    var id: AgreementID?
    var site: SiteID
    var merchant: MerchantID
    var acceptMinutes: Int
    var cancelMinutes: Int
    var reportMinutes: Int
    var currency: Currency
    var lateAcceptance: Int64?
    var lateShipment: Int64?
    var lateReport: Int64?
    var rejectedUnit: Int64?
    var shortUnit: Int64?
    var from: CivilDate?
    var until: CivilDate?

    private enum CodingKeys: String, CodingKey {
        case id, site, merchant, acceptMinutes = "accept_minutes", cancelMinutes = "cancel_minutes"
        case reportMinutes = "report_minutes", currency, lateAcceptance = "late_acceptance_minor"
        case lateShipment = "late_shipment_minor", lateReport = "late_report_minor", rejectedUnit = "rejected_unit_minor"
        case shortUnit = "short_unit_minor", from, until
    }

    static let fields: FieldNotes = {
        let minutes: ClosedRange<Int64> = 1...100_000, money: ClosedRange<Int64> = 0...1_000_000_000
        return [
            "id": "Given in the answer.", "accept_minutes": FieldNote("To say yes or no.", range: minutes, example: 480),
            "cancel_minutes": FieldNote("To answer a wish to cancel.", range: minutes, example: 240),
            "report_minutes": FieldNote("From one stock report to the next.", range: minutes, example: 1500),
            "late_acceptance_minor": FieldNote("For an order.", range: money),
            "late_shipment_minor": FieldNote("For an order.", range: money),
            "late_report_minor": FieldNote("For a report.", range: money),
            "rejected_unit_minor": FieldNote("For a unit.", range: money),
            "short_unit_minor": FieldNote("For a unit.", range: money), "from": "The first day; always unless said.",
            "until": "The day after the last; no end unless said.",
        ]
    }()

    var agreement: Agreement {
        Agreement(
            id: AgreementID(0), site: site, merchant: merchant, acceptMinutes: acceptMinutes, cancelMinutes: cancelMinutes,
            reportMinutes: reportMinutes, currency: currency, lateAcceptance: lateAcceptance ?? 0,
            lateShipment: lateShipment ?? 0, lateReport: lateReport ?? 0, rejectedUnit: rejectedUnit ?? 0,
            shortUnit: shortUnit ?? 0, validity: Validity(from: from, until: until))
    }

    init(_ one: Agreement) {
        (id, site, merchant, currency) = (one.id, one.site, one.merchant, one.currency)
        (acceptMinutes, cancelMinutes, reportMinutes) = (one.acceptMinutes, one.cancelMinutes, one.reportMinutes)
        (lateAcceptance, lateShipment, lateReport) = (one.lateAcceptance, one.lateShipment, one.lateReport)
        (rejectedUnit, shortUnit) = (one.rejectedUnit, one.shortUnit)
        (from, until) = (one.validity.from, one.validity.until)
    }
}
