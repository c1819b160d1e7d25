import Kernel

/// What lies in a parcel, on a sheet for the shopper. Holds no address.
package struct PackingSlip: Hashable, Sendable {
    package enum Paper: Hashable, Sendable {
        /// 105 by 148 mm.
        case a6
        /// 8.5 by 11 inches.
        case letter

        /// Points.
        var size: (width: Double, height: Double) {
            switch self {
            case .a6: (297.64, 419.53)
            case .letter: (612, 792)
            }
        }
    }

    package struct Line: Hashable, Sendable {
        package var sku: String
        package var name: String
        package var quantity: Quantity

        package init(sku: String, name: String, quantity: Quantity) {
            self.sku = sku
            self.name = name
            self.quantity = quantity
        }
    }

    package var merchant: String
    package var orderNumber: String
    package var date: CivilDate
    /// At least one.
    package var lines: [Line]
    /// Counts from 1.
    package var parcel: Int
    package var parcels: Int
    /// From the merchant to the shopper; may have several paragraphs; empty for none.
    package var message: String

    package init(
        merchant: String, orderNumber: String, date: CivilDate, lines: [Line], parcel: Int = 1, parcels: Int = 1,
        message: String = ""
    ) {
        self.merchant = merchant
        self.orderNumber = orderNumber
        self.date = date
        self.lines = lines
        self.parcel = parcel
        self.parcels = parcels
        self.message = message
    }

    /// As many pages as the lines need, each with the heading and its number.
    package func pdf(on paper: Paper = .a6, fonts: DocumentFonts = .system) throws(DocumentRefusal) -> [UInt8] {
        if merchant.isEmpty { throw .missing(field: "merchant") }
        if orderNumber.isEmpty { throw .missing(field: "orderNumber") }
        if lines.isEmpty { throw .missing(field: "lines") }
        guard parcel >= 1, parcel <= parcels else { throw .pieceOutOfRange(piece: parcel, pieces: parcels) }
        for (index, line) in lines.enumerated() where line.quantity < 0 { throw .negative(field: "lines/\(index)/quantity") }
        let (width, height) = paper.size
        let canvas = try PDFCanvas(width: width, height: height, fonts: fonts, title: "Packing slip \(orderNumber)")
        var sheet = PackingSheet(slip: self, canvas: canvas, width: width, height: height)
        sheet.draw()
        return try canvas.data()
    }
}
