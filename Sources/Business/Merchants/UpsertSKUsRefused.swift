import Kernel

extension UpsertSKUs {
    /// In the order of the checks; `field` is a JSON pointer into the request.
    package enum Refused: Refusal, Equatable {
        case merchantUnknown(MerchantID)
        case codeInvalid(field: String, code: String)
        case nameInvalid(field: String)
        case codeRepeated(field: String, code: String)
        case valueNegative(field: String, value: Int64)
        case dangerousGoodsInvalid(field: String, rule: String)
        case packagingInvalid(field: String, rule: String)
        case barcodeInvalid(field: String)
        case checkDigitWrong(field: String, code: String)
        case barcodeRepeated(field: String, code: String)
        case kitPackaged(field: String)
        case componentInvalid(field: String, rule: String)
        case barcodeTaken(field: String, code: String)
        case componentUnknown(field: String, code: String)
        case componentIsKit(field: String, code: String)
        case kitChanged(field: String, code: String)
    }
}

extension UpsertSKUs.Refused {
    package var code: String {
        switch self {
        case .merchantUnknown: "merchants.merchant_unknown"
        case .codeInvalid: "merchants.sku_code_invalid"
        case .nameInvalid: "merchants.sku_name_invalid"
        case .codeRepeated: "merchants.sku_repeated"
        case .valueNegative: "merchants.value_negative"
        case .dangerousGoodsInvalid: "merchants.dangerous_goods_invalid"
        case .packagingInvalid: "merchants.packaging_invalid"
        case .barcodeInvalid: "merchants.barcode_invalid"
        case .checkDigitWrong: "merchants.check_digit_wrong"
        case .barcodeRepeated: "merchants.barcode_repeated"
        case .kitPackaged: "merchants.kit_packaged"
        case .componentInvalid: "merchants.component_invalid"
        case .barcodeTaken: "merchants.barcode_taken"
        case .componentUnknown: "merchants.component_unknown"
        case .componentIsKit: "merchants.component_is_kit"
        case .kitChanged: "merchants.kit_changed"
        }
    }

    package var message: String {
        switch self {
        case .merchantUnknown(let id): "There is no merchant '\(id)'."
        case .codeInvalid(_, let code):
            "'\(code)' is not a SKU code of 1 to 64 printable ASCII characters without a space at either end."
        case .nameInvalid: "A SKU's name has 1 to 300 characters."
        case .codeRepeated(_, let code): "The SKU '\(code)' stands in the request twice."
        case .valueNegative(_, let value): "A value is not negative; \(value) is."
        case .dangerousGoodsInvalid(_, let rule), .packagingInvalid(_, let rule), .componentInvalid(_, let rule): rule
        case .barcodeInvalid: "A barcode has 1 to 48 printable ASCII characters."
        case .checkDigitWrong(_, let code): "'\(code)' has a GTIN's length, but its last digit is not the check digit."
        case .barcodeRepeated(_, let code): "The barcode '\(code)' stands in the request twice."
        case .kitPackaged: "A kit has no packaging; its components have."
        case .barcodeTaken(_, let code): "The barcode '\(code)' belongs to another SKU of this merchant."
        case .componentUnknown(_, let code): "The merchant has no SKU '\(code)'."
        case .componentIsKit(_, let code): "'\(code)' is a kit; a kit consists of plain SKUs."
        case .kitChanged(_, let code): "'\(code)' stays what it was created as: a kit, or a plain SKU."
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .merchantUnknown: .notFound
        case .barcodeTaken, .kitChanged: .conflict
        default: .invalid
        }
    }

    package var field: String? {
        switch self {
        case .merchantUnknown: nil
        case .codeInvalid(let field, _), .nameInvalid(let field), .codeRepeated(let field, _),
            .valueNegative(let field, _), .dangerousGoodsInvalid(let field, _), .packagingInvalid(let field, _),
            .barcodeInvalid(let field), .checkDigitWrong(let field, _), .barcodeRepeated(let field, _),
            .kitPackaged(let field), .componentInvalid(let field, _), .barcodeTaken(let field, _),
            .componentUnknown(let field, _), .componentIsKit(let field, _), .kitChanged(let field, _):
            field
        }
    }
}
