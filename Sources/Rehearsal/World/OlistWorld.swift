import Edges
import Kernel
import Merchants

/// Reads the public Olist data set as published: orders, items and customers from one folder; products, sellers and city
/// coordinates from another. Files may be gzipped.
///
/// An order of several sellers becomes one order a seller. What is missing or odd is counted in `World.corners`.
package enum OlistWorld {
    /// - Parameters:
    ///   - from, until: local days of purchase to take, the last included; nil for all.
    package static func read(
        orders folder: String, catalogue: String, from: CivilDate? = nil, until: CivilDate? = nil
    ) throws -> World {
        guard let zone = TimeZoneRule.named("America/Sao_Paulo"), let currency = Currency("BRL"), let country = Country("BR")
        else { preconditionFailure("Brazil is in every table") }
        var reader = OlistReader(zone: zone)
        try reader.readCities(OlistReader.path(catalogue, "br_city_coordinates"))
        try reader.readProducts(OlistReader.path(catalogue, "olist_products_dataset"))
        try reader.readCustomers(OlistReader.path(folder, "olist_customers"))
        try reader.readItems(OlistReader.path(folder, "olist_order_items"))
        let orders = try reader.readOrders(OlistReader.path(folder, "olist_orders"), from: from, until: until)
        return World(
            name: "olist", currency: currency, country: country, zone: zone,
            merchants: reader.sellers.map { World.Merchant(code: "s-" + $0.prefix(32), name: "Seller \($0.prefix(8))") },
            items: reader.items, orders: orders, corners: reader.corners)
    }
}

/// The tables of the data set while they are joined.
struct OlistReader {
    private struct Product {
        let size: Dimensions?
        let weight: Grams?
        let category: String
    }

    private struct Bought {
        let item: Int
        let seller: Int
        let price: Int64
        let freight: Int64
    }

    let zone: TimeZoneRule
    private(set) var sellers: [String] = []
    private(set) var items: [World.Item] = []
    private(set) var corners: [String: Int] = [:]
    private var cities: [String: Coordinates] = [:]
    private var products: [String: Product] = [:]
    private var customers: [String: (postalArea: String, city: String, state: String)] = [:]
    private var bought: [String: [Bought]] = [:]
    private var sellerIndex: [String: Int] = [:]
    private var itemIndex: [String: Int] = [:]

    init(zone: TimeZoneRule) { self.zone = zone }

    /// The file of this name in a folder, gzipped or not, with the ending the publisher gave it.
    static func path(_ folder: String, _ name: String) throws -> String {
        for ending in [".csv.gz", ".csv", "_dataset.csv.gz", "_dataset.csv"] {
            let path = "\(folder)/\(name)\(ending)"
            if (try? CSVReader(path: path)) != nil { return path }
        }
        throw CSVError(file: "\(folder)/\(name).csv", row: 0, reason: "cannot be opened")
    }

    private mutating func count(_ corner: String) { corners[corner, default: 0] += 1 }

    mutating func readCities(_ path: String) throws {
        let reader = try CSVReader(path: path, columns: ["city", "state", "lat", "lon"])
        while let row = try reader.next() {
            guard let lat = Self.millionths(row["lat"]), let lon = Self.millionths(row["lon"]) else { continue }
            cities["\(row["city"])|\(row["state"])"] = Coordinates(latitude: lat, longitude: lon)
        }
    }

    mutating func readProducts(_ path: String) throws {
        let columns = ["product_id", "product_weight_g", "product_length_cm", "product_height_cm", "product_width_cm"]
        let reader = try CSVReader(path: path, columns: columns)
        while let row = try reader.next() {
            let sides = columns[2...].map { Self.whole(row[$0]).map { Millimetres($0 * 10) } }
            let size = sides.allSatisfy { ($0 ?? 0) > 0 }
                ? Dimensions(length: sides[0] ?? 0, width: sides[2] ?? 0, height: sides[1] ?? 0) : nil
            let weight = Self.whole(row["product_weight_g"]).flatMap { $0 > 0 ? Grams($0) : nil }
            products[row["product_id"]] = Product(size: size, weight: weight, category: row["product_category_name"])
        }
    }

    mutating func readCustomers(_ path: String) throws {
        let reader = try CSVReader(
            path: path, columns: ["customer_id", "customer_zip_code_prefix", "customer_city", "customer_state"])
        while let row = try reader.next() {
            customers[row["customer_id"]] = (row["customer_zip_code_prefix"], row["customer_city"], row["customer_state"])
        }
    }

    mutating func readItems(_ path: String) throws {
        let reader = try CSVReader(path: path, columns: ["order_id", "product_id", "seller_id", "price", "freight_value"])
        while let row = try reader.next() {
            guard let price = Self.hundredths(row["price"]), let freight = Self.hundredths(row["freight_value"]) else {
                count("items without a price")
                continue
            }
            let seller = seller(row["seller_id"])
            bought[row["order_id"], default: []].append(
                Bought(item: item(row["product_id"], of: seller), seller: seller, price: price, freight: freight))
        }
    }

    private mutating func seller(_ id: String) -> Int {
        if let known = sellerIndex[id] { return known }
        sellerIndex[id] = sellers.count
        sellers.append(id)
        return sellers.count - 1
    }

    private mutating func item(_ product: String, of seller: Int) -> Int {
        let key = "\(product)|\(seller)"
        if let known = itemIndex[key] { return known }
        let facts = products[product]
        if facts == nil { count("items of an unknown product") }
        if facts?.size == nil || facts?.weight == nil { count("SKUs without dimensions or weight") }
        if facts?.category.isEmpty ?? true { count("SKUs without a category") }
        itemIndex[key] = items.count
        items.append(
            World.Item(
                merchant: seller, code: product, name: facts.map { $0.category.isEmpty ? "product" : $0.category } ?? "product",
                size: facts?.size, weight: facts?.weight, flags: HandlingFlags()))
        return items.count - 1
    }

    mutating func readOrders(_ path: String, from: CivilDate?, until: CivilDate?) throws -> [World.Order] {
        let reader = try CSVReader(
            path: path, columns: ["order_id", "customer_id", "order_status", "order_purchase_timestamp"])
        var orders: [World.Order] = []
        while let row = try reader.next() {
            guard let placed = instant(row["order_purchase_timestamp"]) else {
                count("orders without a time")
                continue
            }
            let day = zone.day(of: placed)
            guard from.map({ $0 <= day }) ?? true, until.map({ day <= $0 }) ?? true else { continue }
            orders += made(row, placed)
        }
        return orders.sorted { $0.placed != $1.placed ? $0.placed < $1.placed : $0.number < $1.number }
    }

    private mutating func made(_ row: CSVRow, _ placed: Instant) -> [World.Order] {
        let number = row["order_id"]
        guard let all = bought[number], !all.isEmpty else {
            count("orders without items (\(row["order_status"]))")
            return []
        }
        let customer = customers[row["customer_id"]]
        if customer == nil { count("orders without a customer") }
        let place = customer.flatMap { cities["\($0.city)|\($0.state)"] }
        if place == nil { count("orders to a city without coordinates") }
        let status = row["order_status"]
        let groups = Dictionary(grouping: all, by: \.seller).sorted { $0.key < $1.key }
        if groups.count > 1 { count("orders of several sellers, one made of each") }
        return groups.enumerated().map { index, group in
            World.Order(
                number: groups.count == 1 ? number : "\(number)-\(index + 1)", merchant: group.key, lines: lines(group.value),
                placed: placed, paid: instant(row["order_approved_at"]).flatMap { $0 > placed ? $0 : nil },
                cancelled: cancelled(status, placed, number), channelDate: instant(row["order_estimated_delivery_date"]),
                city: customer?.city ?? "", region: customer?.state ?? "", postalArea: customer?.postalArea ?? "", place: place)
        }
    }

    /// Rows of one product are one line.
    private func lines(_ bought: [Bought]) -> [World.Line] {
        var lines: [World.Line] = []
        for one in bought {
            if let at = lines.firstIndex(where: { $0.item == one.item && $0.unitPrice == one.price }) {
                lines[at] = World.Line(
                    item: one.item, quantity: lines[at].quantity + 1, unitPrice: one.price,
                    shipping: lines[at].shipping + one.freight)
            } else {
                lines.append(World.Line(item: one.item, quantity: 1, unitPrice: one.price, shipping: one.freight))
            }
        }
        return lines
    }

    /// The data says that an order was cancelled or had no goods, but not when: within two days, by its number.
    private func cancelled(_ status: String, _ placed: Instant, _ number: String) -> Instant? {
        guard status == "canceled" || status == "unavailable" else { return nil }
        return placed + .minutes(Int64(number.stableHash % 2880))
    }

    /// `2017-09-15 18:04:37` on the wall clock of the data's zone.
    private func instant(_ text: String) -> Instant? {
        guard text.utf8.count == 19, let day = CivilDate(text.prefix(10)), let time = LocalTime(text.dropFirst(11).prefix(5)),
            let seconds = Int64(text.suffix(2))
        else { return nil }
        return zone.instant(day, time) + .seconds(seconds)
    }

    static func whole(_ text: String) -> Int64? { Double(text).map { Int64($0.rounded()) } }
    static func hundredths(_ text: String) -> Int64? { Double(text).map { Int64(($0 * 100).rounded()) } }
    static func millionths(_ text: String) -> Int64? { Double(text).map { Int64(($0 * 1_000_000).rounded()) } }
}
