import Edges
import Testing

@Suite struct TrackingCodeTests {
    @Test("the written forms are stable")
    func written() {
        #expect(TrackingCode.allCases.map(\.rawValue) == [
            "label_created", "handed_over", "in_transit", "arrived_at_hub", "departed_hub", "out_for_delivery", "attempted",
            "available_for_pickup", "delivered", "return_to_origin", "returned", "lost", "damaged", "exception",
        ])
    }

    @Test("the prefix of a reason says who answers for it")
    func liability() {
        for reason in IncidentReason.allCases {
            let named = Liability.allCases.first { reason.rawValue.hasPrefix($0.rawValue + "_") }
            #expect(reason.liability == named ?? Liability.none)
        }
        #expect(IncidentReason.consigneeNotHome.liability == .consignee)
        #expect(IncidentReason.weatherDelay.liability == Liability.none)
    }

    @Test("delivered, returned and lost end a parcel, nothing else")
    func final() { #expect(TrackingCode.allCases.filter(\.isFinal) == [.delivered, .returned, .lost]) }
}
