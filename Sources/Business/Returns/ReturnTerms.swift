import Foundation
import Kernel
import Store

/// Why a shopper sends something back.
package enum ReturnReason: String, SQLValue, CaseIterable, Codable {
    case changedMind = "changed_mind"
    case wrongSize = "wrong_size"
    case damaged
    case defective
    case wrongItem = "wrong_item"
    case notAsDescribed = "not_as_described"
    case missingParts = "missing_parts"
    case late
    case other

    /// Then what the shopper paid for shipping comes back too, and no restocking fee is kept.
    package var isMerchantsFault: Bool {
        switch self {
        case .damaged, .defective, .wrongItem, .notAsDescribed, .missingParts, .late: true
        case .changedMind, .wrongSize, .other: false
        }
    }
}

/// What the shopper wants for it.
package enum Resolution: String, SQLValue, CaseIterable, Codable {
    case refund
    /// Another SKU, named for each item.
    case exchange
    /// The same SKU again.
    case replacement
}

/// When the shopper gets it.
package enum RefundTrigger: String, SQLValue, CaseIterable, Codable {
    case onRequest = "on_request"
    case firstScan = "first_scan"
    case receipt
    case grade
}

/// What becomes of goods that came back.
package enum Disposition: String, SQLValue, CaseIterable, Codable {
    /// Sold again as new.
    case restock
    /// Mended, then graded again.
    case refurbish
    /// Set aside until the merchant has them fetched.
    case returnToMerchant = "return_to_merchant"
    /// Set aside until a buyer of lots has them fetched.
    case liquidate
    /// Destroyed, with a proof.
    case dispose
}

/// What a merchant, or the operator for all, promises about returns. Money is minor units of `currency` and holds for
/// orders in it only.
package struct ReturnTerms: Hashable, Sendable, Codable {
    /// Days from delivery in which a return may be asked for.
    package var windowDays: Int = 30
    /// The reasons for which the shopper pays the label.
    package var shopperPays: [ReturnReason] = []
    /// What a label costs the shopper who pays it.
    package var labelFee: Int64 = 0
    package var refundOn = RefundTrigger.receipt
    /// Of the price, kept where the merchant is not at fault.
    package var restockingPPM: Int64 = 0
    /// A refund below this is paid without the goods coming back; 0: never.
    package var keepUnder: Int64 = 0
    /// A refund above this waits for a person's decision; nil: none does.
    package var reviewOver: Int64?
    /// For that decision; what nobody has decided by then is granted.
    package var reviewHours: Int = 72
    package var currency: Currency?
    /// Where goods go back to; nil: the nearest fulfillment center that we run.
    package var site: SiteID?
    /// Days for handing the goods in.
    package var expiryDays: Int = 21
    /// Days from the first scan to our desk, after which the goods count as never come.
    package var transitDays: Int = 21
    package var gradeHours: Int = 48
    package var refundHours: Int = 72
    package var gradeB = Disposition.refurbish
    package var gradeC = Disposition.liquidate
    package var gradeD = Disposition.returnToMerchant
    /// Of the price that is refunded for goods of a grade, where the refund waits for it and the merchant is not at fault.
    package var refundB: Int64 = 1_000_000
    package var refundC: Int64 = 1_000_000
    package var refundD: Int64 = 1_000_000
    /// SKUs that are not taken back.
    package var excluded: [SKUID] = []

    package init() {}

    package enum CodingKeys: String, CodingKey {
        case windowDays = "window_days", shopperPays = "shopper_pays", labelFee = "label_fee_minor", refundOn = "refund_on"
        case restockingPPM = "restocking_ppm", keepUnder = "keep_under_minor", reviewOver = "review_over_minor"
        case reviewHours = "review_hours", currency, site
        case expiryDays = "expiry_days", transitDays = "transit_days", gradeHours = "grade_hours"
        case refundHours = "refund_hours", gradeB = "grade_b", gradeC = "grade_c", gradeD = "grade_d", excluded
        case refundB = "refund_b_ppm", refundC = "refund_c_ppm", refundD = "refund_d_ppm"
    }

    /// What is left out is as in `init`.
    package init(from decoder: any Decoder) throws {
        let read = try decoder.container(keyedBy: CodingKeys.self), usual = ReturnTerms()
        windowDays = try read.decodeIfPresent(Int.self, forKey: .windowDays) ?? usual.windowDays
        shopperPays = try read.decodeIfPresent([ReturnReason].self, forKey: .shopperPays) ?? usual.shopperPays
        labelFee = try read.decodeIfPresent(Int64.self, forKey: .labelFee) ?? usual.labelFee
        refundOn = try read.decodeIfPresent(RefundTrigger.self, forKey: .refundOn) ?? usual.refundOn
        restockingPPM = try read.decodeIfPresent(Int64.self, forKey: .restockingPPM) ?? usual.restockingPPM
        keepUnder = try read.decodeIfPresent(Int64.self, forKey: .keepUnder) ?? usual.keepUnder
        reviewOver = try read.decodeIfPresent(Int64.self, forKey: .reviewOver)
        reviewHours = try read.decodeIfPresent(Int.self, forKey: .reviewHours) ?? usual.reviewHours
        currency = try read.decodeIfPresent(Currency.self, forKey: .currency)
        site = try read.decodeIfPresent(SiteID.self, forKey: .site)
        expiryDays = try read.decodeIfPresent(Int.self, forKey: .expiryDays) ?? usual.expiryDays
        transitDays = try read.decodeIfPresent(Int.self, forKey: .transitDays) ?? usual.transitDays
        gradeHours = try read.decodeIfPresent(Int.self, forKey: .gradeHours) ?? usual.gradeHours
        refundHours = try read.decodeIfPresent(Int.self, forKey: .refundHours) ?? usual.refundHours
        gradeB = try read.decodeIfPresent(Disposition.self, forKey: .gradeB) ?? usual.gradeB
        gradeC = try read.decodeIfPresent(Disposition.self, forKey: .gradeC) ?? usual.gradeC
        gradeD = try read.decodeIfPresent(Disposition.self, forKey: .gradeD) ?? usual.gradeD
        refundB = try read.decodeIfPresent(Int64.self, forKey: .refundB) ?? usual.refundB
        refundC = try read.decodeIfPresent(Int64.self, forKey: .refundC) ?? usual.refundC
        refundD = try read.decodeIfPresent(Int64.self, forKey: .refundD) ?? usual.refundD
        excluded = try read.decodeIfPresent([SKUID].self, forKey: .excluded) ?? usual.excluded
    }

    /// The first value that is out of bounds, as a refusal.
    package func check(_ field: String = "") throws(InvalidInput) {
        let limits: [(name: String, value: Int64, range: ClosedRange<Int64>)] = [
            ("window_days", Int64(windowDays), 0...3650), ("label_fee_minor", labelFee, 0...1_000_000_000),
            ("restocking_ppm", restockingPPM, 0...1_000_000), ("keep_under_minor", keepUnder, 0...1_000_000_000_000),
            ("review_over_minor", reviewOver ?? 0, 0...1_000_000_000_000), ("expiry_days", Int64(expiryDays), 1...365),
            ("transit_days", Int64(transitDays), 1...365), ("grade_hours", Int64(gradeHours), 1...8760),
            ("refund_hours", Int64(refundHours), 1...8760), ("refund_b_ppm", refundB, 0...1_000_000),
            ("review_hours", Int64(reviewHours), 1...8760),
            ("refund_c_ppm", refundC, 0...1_000_000), ("refund_d_ppm", refundD, 0...1_000_000),
        ]
        for one in limits where !one.range.contains(one.value) {
            let rule = "\(one.name) is \(one.value); it is \(one.range.lowerBound) to \(one.range.upperBound)."
            throw InvalidInput(field: "\(field)/\(one.name)", rule)
        }
        let usesMoney = labelFee > 0 || keepUnder > 0 || reviewOver != nil
        if usesMoney, currency == nil { throw InvalidInput(field: "\(field)/currency", "Amounts of money need a currency.") }
        for (name, one) in [("grade_b", gradeB), ("grade_c", gradeC), ("grade_d", gradeD)] where one == .restock {
            throw InvalidInput(field: "\(field)/\(name)", "Only goods of grade A are restocked.")
        }
    }

    /// Of the price, for goods of a grade.
    package func refundPPM(_ grade: Grade) -> Int64 {
        switch grade {
        case .new: 1_000_000
        case .opened: refundB
        case .damaged: refundC
        case .unusable: refundD
        }
    }

    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    /// As it is stored.
    package init(text: String) throws { self = try JSONDecoder().decode(ReturnTerms.self, from: Data(text.utf8)) }
}
