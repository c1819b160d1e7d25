import Flows
import Foundation
import Kernel
import TestGround
import Testing

/// The Olist layout: small made-up files, and the published ones where they are at hand.
@Suite struct OlistImportTests {
    private static let files = [
        "olist_orders_dataset.csv": """
            order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_estimated_delivery_date
            o1,c1,delivered,2017-09-15 18:04:37,2017-09-15 18:10:00,2017-10-01 00:00:00
            o2,c2,canceled,2017-09-16 10:00:00,,2017-10-01 00:00:00
            o3,c1,unavailable,2017-09-17 10:00:00,,2017-10-01 00:00:00

            """,
        "olist_order_items_dataset.csv": """
            order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value
            o1,1,p1,s1,,48.9,16.6
            o1,2,p1,s1,,48.9,16.61
            o1,3,p2,s2,,10,0
            o2,1,p2,s2,,10.00,1.5

            """,
        "olist_customers_dataset.csv": """
            customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state
            c1,u1,35550,itapecerica,MG
            c2,u2,4841,sao paulo,SP

            """,
        "olist_order_payments_dataset.csv": """
            order_id,payment_sequential,payment_type,payment_installments,payment_value
            o1,1,credit_card,3,100
            o1,2,voucher,1,41.01
            o2,1,boleto,1,11.6

            """,
        "olist_products_dataset.csv": """
            product_id,product_category_name,product_weight_g,product_length_cm,product_height_cm,product_width_cm
            p1,perfumaria,225,16,10,14
            p2,,,30,25,30

            """,
        "olist_sellers_dataset.csv": "seller_id,seller_city\ns1,campinas\ns2,osasco\n",
        "br_city_coordinates.csv": "city,state,lat,lon\nsao paulo,SP,-23.5329,-46.6395\n",
    ]

    private func job(_ ground: ImportGround, _ folder: String) -> ImportJob { ground.job(folder, name: "olist", layout: .olist) }

    @Test(arguments: EngineKind.all)
    func `orders of several sellers are split, and odd ones counted`(_ kind: EngineKind) throws {
        try withGround(kind) { ground in
            let report = try withFolder { folder in
                try write(Self.files, to: folder)
                return try job(ground, folder).run { if $0.phase == .staging { #expect($0.total == 7) } }
            }
            #expect(ImportPart.allCases.map(report.rows) == [2, 2, 0, 3] && report.record.refused == 0)
            #expect(report.record.tallies.corners == [
                "SKUs without a category": 1, "SKUs without dimensions or weight": 1,
                "orders cancelled as soon as recorded (canceled)": 1, "orders of several sellers, one made of each": 1,
                "orders paid otherwise than items and freight add up to": 1, "orders to a city without coordinates": 1,
                "orders whose payment was not approved": 1, "orders without items (unavailable), not taken": 1,
            ])
            #expect(try ground.values(
                """
                SELECT number || ' ' || payment || ' ' || state || ' ' || total_minor || ' ' || placed_at
                FROM orders ORDER BY number
                """
            ) == [
                "o1-1 paid open 13101 1505509477000000", "o1-2 paid open 1000 1505509477000000",
                "o2 pending cancelled 1150 1505566800000000",
            ])
            #expect(try ground.count("order_line", "quantity = 2 AND unit_price = 4890 AND shipping_minor = 3321") == 1)
            #expect(try ground.count("orders", "latitude = -23532900 AND longitude = -46639500") == 1)
            #expect(try ground.count("packaging_level", "length_mm = 160 AND width_mm = 140 AND height_mm = 100") == 1)
            try ground.expectCleanBooks()
        }
    }

    @Test(arguments: [
        ("olist_orders_dataset.csv", "o2,c2", "o2,c9", "row 3, customer_id 'c9': names no customer"),
        ("olist_orders_dataset.csv", "o2,c2", "o1,c2", "row 3, order_id 'o1': stands in row 2 already"),
        ("olist_orders_dataset.csv", "18:04:37", "18:61:37",
            "row 2, order_purchase_timestamp '2017-09-15 18:61:37': must be a time of the form 2017-09-15 18:04:37"),
        ("olist_orders_dataset.csv", "canceled", "lost",
            "row 3, order_status 'lost': must be one of created, approved, invoiced, processing, shipped, delivered, "
                + "unavailable, canceled"),
        ("olist_order_items_dataset.csv", "p2,s2,,10,", "p3,s2,,10,", "row 4, product_id 'p3': names none of the products"),
        ("olist_order_items_dataset.csv", "10.00", "10.005",
            "row 5, price '10.005': must be a number with at most 2 decimals, within its range"),
        ("olist_order_items_dataset.csv", "o1,2", "o1,1", "row 3, order_item_id '1': stands in row 2 already"),
        ("olist_order_payments_dataset.csv", "o2,1", "o9,1", "row 4, order_id 'o9': names none of the orders"),
        ("olist_products_dataset.csv", "225", "heavy",
            "row 2, product_weight_g 'heavy': must be a number with at most 0 decimals, within its range"),
    ])
    func `a bad value is named`(_ file: String, _ text: String, _ replacement: String, _ problem: String) throws {
        var files = Self.files
        files[file] = files[file]?.replacing(text, with: replacement)
        try withGround(.sqliteMemory) { ground in
            try withFolder { folder in
                try write(files, to: folder)
                do {
                    _ = try job(ground, folder).run()
                    Issue.record("was taken")
                } catch ImportRefused.problems(let problems) {
                    #expect(problems.map(\.description).contains("\(file), \(problem)"), "found \(problems)")
                }
            }
        }
    }

    @Test func `a file that the layout needs is named where it is missing`() throws {
        try withGround(.sqliteMemory) { ground in
            try withFolder { folder in
                try write(Self.files.filter { !$0.key.contains("sellers") }, to: folder)
                let missing = ImportProblem(
                    file: "olist_sellers.csv", row: 0, column: "", value: "", rule: "is not in \(folder)")
                #expect(throws: ImportRefused.problems([missing])) { try job(ground, folder).run() }
            }
        }
    }

    private static let hasFiles = SharedData.has("olist-orders") && SharedData.has("olist-catalogue")

    @Test(.enabled(if: hasFiles, "needs the Olist files in WAYBILL_DATA"))
    func `the published files go in whole`() throws {
        try withGround(.sqliteMemory) { ground in
            let report = try ground.job(
                SharedData.path("olist-orders"), name: "olist", layout: .olist, catalogue: SharedData.path("olist-catalogue")
            ).run()
            #expect(report.record.state == .applied && report.record.refused == 0)
            // 13,874 orders less 52 without items; 151 of several sellers.
            #expect(ImportPart.allCases.dropLast().map(report.rows) == [1591, 8461, 0])
            #expect(report.rows(.orders) >= 13_874 - 52 + 151)
            let corners = report.record.tallies.corners
            #expect(corners["orders of several sellers, one made of each"] == 151)
            #expect(corners["orders without items (unavailable), not taken"] == 42)
            #expect(corners["orders without items (canceled), not taken"] == 9)
            #expect(corners["orders without items (invoiced), not taken"] == 1)
            #expect(corners["orders cancelled as soon as recorded (canceled)"] == 29)
            #expect(corners["orders paid otherwise than items and freight add up to"] == 89)
            #expect(corners["orders to a city without coordinates"] ?? 0 > 90)
            #expect(corners["SKUs without dimensions or weight"] == 1)
            #expect(try ground.count("orders") == report.rows(.orders))
            #expect(try ground.count("orders", "state = 'cancelled'") >= 30)
            let units = try ground.store.readBlocking { tx in
                try tx.value("SELECT SUM(quantity) FROM order_line", as: Int.self)
            }
            #expect(units == 15_985)
        }
    }
}
