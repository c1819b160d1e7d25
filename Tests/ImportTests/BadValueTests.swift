import Kernel
import TestGround
import Testing

@testable import Flows

/// Every rule of the layout, broken once in a folder that is good otherwise.
@Suite struct BadValueTests {
    struct Bad: Sendable, CustomStringConvertible {
        let file: String
        let text: String
        let replacement: String
        let row: Int
        let column: String
        let value: String
        let rule: String

        var description: String { "\(file) \(column) '\(value)'" }
    }

    private static func bad(
        _ file: String, _ text: String, _ replacement: String, _ row: Int, _ column: String, _ value: String, _ rule: String
    ) -> Bad {
        Bad(file: file + ".csv", text: text, replacement: replacement, row: row, column: column, value: value, rule: rule)
    }

    static let masterData: [Bad] = [
        bad("merchants", "beta,", "Beta,", 3, "code", "Beta", "must be 1 to 40 characters of a-z, 0-9, '-' and '_'"),
        bad("merchants", "beta,", "acme,", 3, "code", "acme", "stands in row 2 already"),
        bad("merchants", "Acme & Co", "", 2, "name", "", "is required"),
        bad("merchants", ",EUR", ",EURO", 2, "currency", "EURO", "must be an ISO 4217 currency code"),
        bad("merchants", "name,currency", "name,curency", 1, "", "", "the column 'currency' is missing"),
        bad("skus", "acme,MUG,", "acma,MUG,", 2, "merchant", "acma", "names no merchant"),
        bad("skus", ",MUG,", ", MUG,", 2, "sku", " MUG",
            "must be 1 to 64 printable ASCII characters without a space at either end"),
        bad("skus", ",CREAM,A cream", ",MUG,A cream", 3, "sku", "MUG", "stands in row 2 already"),
        bad("skus", ",100,90", ",0,90", 2, "length_mm", "0", "must be a whole number from 1 to 100000"),
        bad("skus", ",100,90", ",,90", 2, "length_mm", "", "is required where another side is stated"),
        bad("skus", ",350,", ",350.5,", 2, "weight_g", "350.5", "must be a whole number from 1 to 100000000"),
        bad("skus", ",yes,", ",maybe,", 2, "fragile", "maybe", "must be one of 1, 0, true, false, yes, no"),
        bad("skus", "6912.00", "69", 2, "hs_code", "69", "must be an HS code of 6 to 10 digits"),
        bad("skus", ",DE,450", ",XX,450", 2, "origin", "XX", "must be an ISO 3166-1 country code of two capital letters"),
        bad("skus", ",450,", ",-450,", 2, "value_minor", "-450", "must be a whole number from 0 to 1000000000000"),
        bad("skus", ",3481,9,", ",3480,9,", 4, "battery", "lithium_ion_contained_in",
            "A battery lithium_ion_contained_in is UN 3481, not UN 3480."),
        bad("skus", ",3481,9,", ",,9,", 4, "dg_class", "9", "belongs to dangerous goods, which have a un_number"),
        bad("skus", "lithium_ion_contained_in", "lead", 4, "battery", "lead",
            "must be one of lithium_ion, lithium_ion_packed_with, lithium_ion_contained_in, lithium_metal, "
                + "lithium_metal_packed_with, lithium_metal_contained_in"),
        bad("skus", "weight_g", "weight_gr", 1, "", "",
            "'weight_gr' is no column of this file; it has merchant, sku, name, length_mm, width_mm, height_mm, weight_g, "
                + "fragile, liquid, this_side_up, own_container, hs_code, origin, value_minor, lot_tracked, serial_tracked, "
                + "un_number, dg_class, packing_group, limited_quantity, battery, battery_mwh"),
        bad("barcodes", "acme,MUG,4006381333931", "acme,MUG,4006381333932", 2, "barcode", "4006381333932",
            "has a GTIN's length, but its last digit is not the check digit"),
        bad("barcodes", "MUG-CASE", "4006381333931", 3, "barcode", "4006381333931", "stands in row 2 already"),
        bad("barcodes", "beta,PHONE", "beta,FAX", 5, "sku", "FAX", "names no SKU of this merchant in skus.csv"),
        bad("barcodes", "MUG-CASE,case,12", "MUG-CASE,case,", 3, "units", "", "is required for a level other than each"),
        bad("barcodes", "14006381333938,case,12", "14006381333938,case,6", 4, "units", "6",
            "must be 12, as in row 3 for this level"),
        bad("barcodes", "MUG-CASE,case", "MUG-CASE,box", 3, "level", "box", "must be one of each, inner, case, pallet"),
    ]

    static let demand: [Bad] = [
        bad("stock", "beta,PHONE,BER", "beta,PHONE,FC9", 5, "site", "FC9", "names no site"),
        bad("stock", "A-01,10", "Z-01,10", 2, "location", "Z-01", "names no location of this site"),
        bad("stock", "acme,MUG,", "acme,JUG,", 2, "sku", "JUG", "names no SKU of this merchant"),
        bad("stock", ",10,,", ",ten,,", 2, "quantity", "ten", "must be a whole number from 1 to 1000000000"),
        bad("stock", ",10,,", ",10,L9,", 2, "lot", "L9", "must be empty: the SKU is not tracked by lot"),
        bad("stock", "5,L1,2027-03-01", "5,,", 3, "lot", "", "is required: the SKU is tracked by lot"),
        bad("stock", "2027-03-01", "2027-02-30", 3, "expires", "2027-02-30", "must be a day of the form 2026-11-21"),
        bad("stock", ",L2,", ",L1,", 4, "expires", "2027-06-01", "differs from row 3, which has the same lot"),
        bad("stock", "BER,A-02,7,L2,2027-06-01", "BER,A-01,7,L1,2027-03-01", 4, "location", "A-01", "stands in row 3 already"),
        bad("orders", "beta,1001", "gamma,1001", 4, "merchant", "gamma", "names no merchant"),
        bad("orders", "acme,1002", "acme,1001", 3, "number", "1001", "stands in row 2 already"),
        bad("orders", "1002,2026-11-20T09:00:00+01:00", "1002,20.11.2026", 3, "placed_at", "20.11.2026",
            "must be a time of the form 2026-11-21T05:03:00Z"),
        bad("orders", ",JPY,", ",YEN,", 4, "currency", "YEN", "must be an ISO 4217 currency code"),
        bad("orders", ",FR,", ",UK,", 3, "country", "UK", "must be an ISO 3166-1 country code of two capital letters"),
        bad("orders", "52.53", "95.53", 2, "latitude", "95.53", "must be a number with at most 6 decimals, within its range"),
        bad("orders", "52.53,13.38", "52.53,", 2, "longitude", "", "stands together with latitude"),
        bad("orders", ",160000", ",1600.00", 4, "total_minor", "1600.00", "must be a whole number from 0 to 1000000000000"),
        bad("orders", ",160000", ",160001", 4, "total_minor", "160001", "must be 160000, what its lines add up to"),
        bad("orders", "beta,1001", "acme,2222,2026-11-20T09:00:00Z,EUR,FR,,,,,,,,,\nbeta,1001", 4, "number", "2222",
            "has 0 lines in order_lines.csv; an order has 1 to 200"),
        bad("order_lines", "acme,1002", "acme,1003", 4, "number", "1003",
            "names no order of this merchant and channel in orders.csv"),
        bad("order_lines", "acme,1001,CREAM", "acme,1001,SOAP", 3, "sku", "SOAP", "names no SKU of this merchant"),
        bad("order_lines", "PHONE,4", "PHONE,0", 5, "quantity", "0", "must be a whole number from 1 to 1000000"),
        bad("order_lines", "2,1000,100", "2,1000,2001", 2, "discount_minor", "2001",
            "must not exceed unit price times quantity, 2000"),
        bad("order_lines", "PHONE,4,40000", "PHONE,4,999999999999", 5, "unit_price_minor", "999999999999",
            "times the quantity must not exceed 1000000000000"),
        bad("order_lines", ",u1\n", ",u1,\n", 2, "", "", "10 fields where the header has 9"),
    ]

    @Test(arguments: masterData + demand)
    func `a bad value is named by file, row, column, value and rule`(_ bad: Bad) throws {
        let files = SampleFiles.with(bad.file, bad.text, bad.replacement)
        try #require(files[bad.file] != SampleFiles.all[bad.file])
        try withGround(.sqliteMemory) { ground in
            let expected = ImportProblem(file: bad.file, row: bad.row, column: bad.column, value: bad.value, rule: bad.rule)
            let problems = try ground.problems(files)
            #expect(problems.contains(expected), "found \(problems)")
            #expect(try ground.count("merchant") == 0)
        }
    }

    @Test(arguments: EngineKind.all)
    func `what the database knows already is checked against`(_ kind: EngineKind) throws {
        try withGround(kind) { ground in
            let first = try ground.problems(SampleFiles.all)
            #expect(first == [])
            let files = [
                "merchants.csv": "code,name,currency\nacme,Acme,USD\n",
                "skus.csv": "merchant,sku,name\nacme,NEW,New\n",
                "barcodes.csv": "merchant,sku,barcode\nacme,NEW,4006381333931\n",
                "stock.csv": "merchant,sku,site,location,quantity\nacme,CREAM,BER,A-01,1\n",
                "orders.csv": "merchant,number,placed_at,currency,country\nacme,1002,2026-11-20T08:00:00Z,EUR,DE\n",
                "order_lines.csv": "merchant,number,sku,quantity,unit_price_minor\nacme,1002,PHONE,1,1\n",
            ]
            let second = try ground.problems(files, name: "second")
            #expect(second.map(\.description) == [
                "merchants.csv, row 2, currency 'USD': must be EUR: the merchant exists with it",
                "barcodes.csv, row 2, barcode '4006381333931': belongs to the merchant's SKU 'MUG'",
                "stock.csv, row 2, lot '': is required: the SKU is tracked by lot",
                "orders.csv, row 2, number '1002': is an order of this channel already",
                "order_lines.csv, row 2, sku 'PHONE': names no SKU of this merchant",
            ])
        }
    }

    @Test func `fifty problems are named, the first ones, in the order of files and rows`() throws {
        try withGround(.sqliteMemory) { ground in
            var files = SampleFiles.with("merchants.csv", ",JPY", ",YEN")
            files["skus.csv"]? += (1...1000).map { "acme,S\($0),SKU,x,1,1,\($0 % 2 == 0 ? "y" : "1"),,,,,,,,,\n" }.joined()
            let problems = try ground.problems(files)
            #expect(problems.count == 50)
            #expect(problems[0].file == "merchants.csv" && problems[1].description
                == "skus.csv, row 5, length_mm 'x': must be a whole number from 1 to 100000")
            #expect(problems[2].row == 6 && problems[3].row == 6)
            #expect(problems.map(\.row).dropFirst() == ArraySlice(problems.map(\.row).dropFirst().sorted()))
            #expect(ImportRefused.problems(problems).message == "The files have 50 problems or more; nothing was taken.")
        }
    }

    @Test(arguments: [
        ("12.30", 2, 1230), ("12.3", 2, 1230), ("12", 2, 1200), ("-46.6361", 6, -46_636_100), ("0.000001", 6, 1),
        ("12.3000", 2, 1230), ("12.301", 2, nil), ("", 2, nil), (".5", 2, nil), ("5.", 2, nil), ("1e3", 2, nil),
        ("+1", 2, nil), ("1,5", 2, nil), ("9223372036854775808", 0, nil), ("9223372036854775807", 0, Int64.max),
    ])
    func `numbers with decimals are read exactly or not at all`(_ text: String, _ digits: Int, _ expected: Int64?) {
        #expect(Decimals.read(text, digits) == expected)
    }
}
