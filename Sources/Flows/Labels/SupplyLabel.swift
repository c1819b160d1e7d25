import Exceptions
import Facilities
import Identity
import Kernel
import Orders
import Store
import Transport

/// A label that a channel or a merchant issued.
package struct SuppliedLabel: Sendable {
    package let number: String
    /// The name of the carrier that takes it.
    package let carrier: String
    package let document: (mediaType: String, bytes: [UInt8])?
    /// Where the document is, where it is not handed over.
    package let url: String?
    package let validUntil: Instant?

    package init(
        number: String, carrier: String, document: (mediaType: String, bytes: [UInt8])? = nil, url: String? = nil,
        validUntil: Instant? = nil
    ) {
        self.number = number
        self.carrier = carrier
        self.document = document
        self.url = url
        self.validUntil = validUntil
    }
}

/// Supplies a parcel's label from outside. Its document names a person: it is kept sealed and goes when they are forgotten.
///
/// The same number again is the same label.
package struct SupplyLabel: Flow {
    let parcel: UnitID
    let label: SuppliedLabel
    let vault: Vault
    let actor: String

    package init(_ parcel: UnitID, _ label: SuppliedLabel, vault: Vault, actor: String) {
        self.parcel = parcel
        self.label = label
        self.vault = vault
        self.actor = actor
    }

    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case textInvalid(field: String)
        case noDocument
        case overPast(Instant)
        case notOutside(UnitID)
        case voided(UnitID)
        case shipped(UnitID, ParcelState)
        case standing(UnitID)
        case numberUsed(String)

        package static let codes = [
            "label.text_invalid", "label.document_missing", "label.validity_over", "label.issuer_is_carrier",
            "label.parcel_voided", "label.parcel_shipped", "label.standing", "label.number_used",
        ]
        package var code: String {
            switch self {
            case .textInvalid: Self.codes[0]
            case .noDocument: Self.codes[1]
            case .overPast: Self.codes[2]
            case .notOutside: Self.codes[3]
            case .voided: Self.codes[4]
            case .shipped: Self.codes[5]
            case .standing: Self.codes[6]
            case .numberUsed: Self.codes[7]
            }
        }
        package var message: String {
            switch self {
            case .textInvalid(let field): "\(field) has 1 to 100 characters."
            case .noDocument: "A label has a document of up to 512 KiB, as PDF or ZPL, or the https address of one."
            case .overPast(let until): "The label is valid until \(until), which is past."
            case .notOutside(let id): "The label of \(id) is bought from the carrier; its order names no other issuer."
            case .voided(let id): "\(id) is voided and needs no label."
            case .shipped(let id, let state): "\(id) is \(state.rawValue); a label is supplied before a parcel leaves."
            case .standing(let id): "\(id) has a current label; have it re-issued first."
            case .numberUsed(let number): "Number '\(number)' is on another label of this issuer already."
            }
        }
        package var kind: RefusalKind {
            switch self {
            case .textInvalid, .noDocument, .overPast: .invalid
            case .notOutside, .voided, .shipped, .standing, .numberUsed: .conflict
            }
        }
        package var field: String? {
            switch self {
            case .textInvalid(let field): "/\(field)"
            case .noDocument: "/document"
            case .overPast: "/valid_until"
            case .numberUsed: "/number"
            case .notOutside, .voided, .shipped, .standing: nil
            }
        }
    }

    static let mediaTypes: Set = ["application/pdf", "application/zpl"]
    static let limit = 512 << 10

    package func run(in tx: Transaction) throws -> LabelID {
        try Self.check(label, now: tx.now)
        guard let parcel = try Parcels.load([parcel], in: tx).first, let order = try OrderRecords.load([parcel.order], in: tx)[parcel.order]
        else { throw NotFound("parcel", parcel) }
        guard order.labelIssuer != .carrier else { throw Refused.notOutside(parcel.id) }
        let labels = try Labels.of([parcel.id], in: tx)
        if let same = labels.last(where: { $0.state == .current && $0.number == label.number }) { return same.id }
        if parcel.state == .voided || parcel.pull { throw Refused.voided(parcel.id) }
        guard parcel.state == .packed || parcel.state == .labelled else { throw Refused.shipped(parcel.id, parcel.state) }
        guard parcel.state == .packed else { throw Refused.standing(parcel.id) }
        let issuer = order.labelIssuer.rawValue
        guard try !Labels.isUsed(label.number, issuer: issuer, merchant: parcel.merchant, in: tx) else {
            throw Refused.numberUsed(label.number)
        }
        let id = try labels.last { $0.state == .requested }?.id ?? request(parcel, issuer, in: tx)
        try Self.apply(label, to: id, parcel, actor: actor, in: tx)
        if let document = label.document {
            try SealedDocuments.keep(
                document.bytes, document.mediaType, of: id.raw, merchant: parcel.merchant, recipient: order.recipient, vault, in: tx)
        }
        return id
    }

    static func check(_ label: SuppliedLabel, now: Instant) throws(Refused) {
        for (field, text) in [("number", label.number), ("carrier", label.carrier)] where !(1...100).contains(text.count) {
            throw .textInvalid(field: field)
        }
        switch (label.document, label.url) {
        case (let document?, nil):
            guard mediaTypes.contains(document.mediaType), (1...limit).contains(document.bytes.count) else {
                throw .noDocument
            }
        case (nil, let url?): guard url.hasPrefix("https://"), url.count <= 500 else { throw .noDocument }
        default: throw .noDocument
        }
        if let until = label.validUntil, until <= now { throw .overPast(until) }
    }

    private func request(_ parcel: Parcel, _ issuer: String, in tx: Transaction) throws -> LabelID {
        let id = tx.id(LabelID.self)
        try Labels.request([(id, parcel.id, parcel.service)], issuer: issuer, leg: "last_mile", in: tx)
        return id
    }

    /// What every outside label does, supplied or fetched.
    static func apply(
        _ label: SuppliedLabel, to id: LabelID, _ parcel: Parcel, actor: String, in tx: Transaction
    ) throws {
        try Labels.supplied(
            id, number: label.number, merchant: parcel.merchant, carrier: label.carrier, url: label.url,
            validUntil: label.validUntil, in: tx)
        try Parcels.change([parcel.id], to: .labelled, occurred: tx.now, in: tx)
        tx.emit(
            .parcel(
                parcel, NewEvent.parcelLabelledType, actor: actor, at: tx.now,
                payload: ["number": .string(label.number), "carrier": .string(label.carrier)]))
        try tx.closeClocks([LabelClocks.patience], of: [id.raw], outcome: "met")
        if let until = label.validUntil { try LabelClocks.setExpiry(id, parcel.merchant, until, in: tx) }
        for kind in [LabelClocks.awaited, LabelClocks.failed] {
            try Exceptions.close([parcel.id.description], kind: kind, outcome: "labelled", actor: actor, in: tx)
        }
    }
}
