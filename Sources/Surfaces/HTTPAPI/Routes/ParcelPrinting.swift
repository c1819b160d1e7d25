import Edges
import Kernel
import Views

extension ParcelPapers {
    /// The label as PDF: ours, or what its issuer supplied.
    package func labelPDF() throws -> [UInt8] {
        if let document, document.mediaType == "application/pdf" { return document.bytes }
        return try label().pdf()
    }

    /// As `labelPDF`, as ZPL.
    func labelZPL() throws -> [UInt8] {
        if let document, document.mediaType == "application/zpl" { return document.bytes }
        return Array(try label().zpl().utf8)
    }

    /// The label that stands now.
    ///
    /// - Throws: `NotFound` where none does, `DocumentRefusal` where it cannot be drawn.
    func label() throws -> LabelDocument {
        if isOutside { throw NotFound("label", parcel.id) }
        guard let current = parcel.labels.last(where: { $0.state == .current }), let number = current.number,
            let code = SSCC(parcel.code)
        else { throw NotFound("label", parcel.id) }
        let address = site.address
        let from = [merchant, site.name, address.street, "\(address.postalCode) \(address.city)", address.country.code]
        return LabelDocument(
            shipFrom: Array(from.filter { !$0.isEmpty }.prefix(LabelDocument.linesFrom)),
            shipTo: Array(receiver.filter { !$0.isEmpty }.prefix(LabelDocument.linesTo)), carrier: carrier, service: service,
            trackingNumber: number, sscc: code, weight: parcel.weighedGrams ?? parcel.expectedGrams, piece: parcel.piece,
            pieces: parcel.pieces, orderReference: orderNumber, marks: marks, date: site.zone.day(of: parcel.packedAt))
    }

    /// What lies in the parcel; shows no address.
    package var slip: PackingSlip {
        PackingSlip(
            merchant: merchant, orderNumber: orderNumber, date: site.zone.day(of: parcel.packedAt),
            lines: lines.map { PackingSlip.Line(sku: $0.code, name: $0.name, quantity: $0.quantity) }, parcel: parcel.piece,
            parcels: parcel.pieces)
    }

    private var receiver: [String] {
        let town = "\(person?.postalCode ?? destination.postalArea) \(destination.city)"
        // A channel that keeps its shopper to itself still gives the town; the parcel names the order.
        let own = person.map { [$0.name, $0.company] + $0.street } ?? ["Order \(orderNumber)"]
        return own.filter { !$0.isEmpty }.prefix(4) + [destination.code ?? "", town, destination.country]
    }

    private var marks: [HandlingMark] {
        var marks: [HandlingMark] = []
        if lines.contains(where: \.fragile) { marks.append(.fragile) }
        if lines.contains(where: \.liquid) { marks.append(.liquid) }
        if lines.contains(where: \.thisSideUp) { marks.append(.thisSideUp) }
        if lines.contains(where: \.limitedQuantity) { marks.append(.limitedQuantity) }
        let batteries = Set(lines.filter(\.hasBattery).compactMap(\.unNumber)).sorted()
        marks += batteries.map { .lithiumBattery(unNumber: "UN\($0)") }
        return Array(marks.prefix(LabelDocument.markLimit))
    }
}
