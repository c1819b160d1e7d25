import Edges
import Kernel
import Testing

/// A label with everything on it.
func sampleLabel() throws -> LabelDocument {
    LabelDocument(
        shipFrom: ["Glow & Co.", "1200 Distribution Way, Dock 14", "Sparks NV 89434", "United States"],
        shipTo: ["Zoë Example", "c/o Kvärn Apartments 12B", "4711 Rue de l'Église", "Montréal QC H2X 1Y4", "CANADA"],
        carrier: "Waybill Courier", service: "EXPRESS", trackingNumber: "WB40283716550293841",
        sscc: try #require(SSCC("106141412345678908")), routingCode: "YUL-07", zone: "4", weight: 1250, piece: 1, pieces: 2,
        orderReference: "TT-576486316948",
        marks: [.fragile, .liquid, .thisSideUp, .limitedQuantity, .lithiumBattery(unNumber: "UN3481")],
        date: try #require(CivilDate("2026-11-21")))
}
