import Edges
import Kernel
import Orders
import Returns
import Store
import Transport

/// What the codes of a set of receipts stand for.
struct ReceiptCases {
    enum Case: Hashable {
        case rma(RMAID)
        /// Came back undelivered.
        case parcel(UnitID)
        case order(OrderID)
        case unknown
    }

    /// In the order of the receipts.
    let cases: [Case]
    let parcels: [UnitID: Parcel]

    init(_ receipts: [ReturnReceipt], occurred: Instant, in tx: Transaction) throws {
        let codes = Set(receipts.compactMap(\.code).map(Self.bare)).sorted()
        let units = try HandlingUnits.find(codes: codes, in: tx)
        let numbers = try Labels.parcels(issuer: RequestLabels.issuer, numbers: codes, in: tx)
        let plain = codes.compactMap { UnitID($0) }
        let named = Set(units.values).union(numbers.values).union(plain)
        let returns = Dictionary(
            uniqueKeysWithValues: try ReturnParcels.load(named, in: tx).map { ($0.unit, $0.rma) })
        let known = Set(try RMAs.load(codes.compactMap { RMAID($0) }, in: tx).map(\.id))
        let orders = try OrderRecords.load(codes.compactMap { OrderID($0) }, in: tx)
        let keys = try OrderNumbers.known(receipts.compactMap(\.order), in: tx)
        let parcels = try Self.back(try Parcels.load(named.sorted(), in: tx), occurred: occurred, in: tx)
        cases = receipts.map { receipt in
            if let code = receipt.code.map(Self.bare) {
                if let unit = units[code] ?? numbers[code] ?? UnitID(code) {
                    if let rma = returns[unit] { return .rma(rma) }
                    if let parcel = parcels[unit] { return parcel.state == .returned ? .parcel(unit) : .order(parcel.order) }
                }
                if let id = RMAID(code), known.contains(id) { return .rma(id) }
                if let id = OrderID(code), orders[id] != nil { return .order(id) }
            }
            return receipt.order.flatMap { keys[$0] }.map { .order($0.order) } ?? .unknown
        }
        self.parcels = parcels
    }

    /// The order that a receipt names, itself or by a parcel.
    func order(_ index: Int) -> OrderID? {
        switch cases[index] {
        case .order(let id): id
        case .parcel(let id): parcels[id]?.order
        case .rma, .unknown: nil
        }
    }

    /// The symbol of an SSCC begins with the application identifier 00.
    private static func bare(_ code: String) -> String {
        code.hasPrefix("00") && code.utf8.count == 20 ? String(code.dropFirst(2)) : code
    }

    /// A parcel that a carrier had, and that is in the hand, is back, whatever its carrier has said of it so far.
    private static func back(_ found: [Parcel], occurred: Instant, in tx: Transaction) throws -> [UnitID: Parcel] {
        let handedOver = try Deliveries.handedOver(found.map(\.id), in: tx)
        if let ours = found.first(where: { !handedOver.contains($0.id) }) { throw ReceiptRefused.neverLeft(ours.id) }
        let out = found.filter { $0.state.isWithCarrier || $0.state == .lost }.map(\.id)
        let labels = try Labels.of(out, in: tx).filter { $0.state == .current }
        let updates = labels.compactMap(\.number).map { number in
            TrackingUpdate(trackingNumber: number, at: occurred, code: .returned, place: "", detail: "", vendorCode: "DESK")
        }
        if !updates.isEmpty { _ = try RecordTracking(issuer: RequestLabels.issuer, updates).run(in: tx) }
        return Dictionary(uniqueKeysWithValues: try Parcels.load(found.map(\.id), in: tx).map { ($0.id, $0) })
    }
}
