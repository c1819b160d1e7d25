import Kernel
import Orders

/// Reads orders from bytes straight into their bodies, as strictly as the general way and several times as fast.
///
/// It takes what is right and gives up on all else (`NotPlain`): the general way (`WireReader`, `SchemaCheck`, `WireDecoder`)
/// then takes the rare forms, such as `2e0`, and says of what is wrong where and why. Limits are those of the fields' notes.
struct OrderReader {
    /// Not an order, or one in a form that only the general way reads.
    struct NotPlain: Error {}

    private var scan: PlainScan

    /// The body of `POST /v1/orders`; nil where the general way has to look at it.
    static func order(_ bytes: [UInt8]) -> OrderBody? { read(bytes) { reader throws(NotPlain) in try reader.order() } }

    /// The body of `POST /v1/orders/batch`; nil as above.
    static func batch(_ bytes: [UInt8]) -> BatchBody? { read(bytes) { reader throws(NotPlain) in try reader.batch() } }

    private static func read<Body>(_ bytes: [UInt8], _ read: (inout Self) throws(NotPlain) -> Body) -> Body? {
        bytes.withUnsafeBufferPointer { bytes in
            var reader = Self(scan: PlainScan(bytes: bytes))
            do throws(NotPlain) {
                let body = try read(&reader)
                try reader.scan.end()
                return body
            } catch {
                return nil
            }
        }
    }
}

extension OrderReader {
    private mutating func elements<Item>(_ read: (inout Self) throws(NotPlain) -> Item) throws(NotPlain) -> [Item] {
        var items: [Item] = []
        guard try scan.elements() else { return items }
        repeat { items.append(try read(&self)) } while try scan.more()
        return items
    }

    private mutating func batch() throws(NotPlain) -> BatchBody {
        var way: OrderWay?, orders: [OrderBody]?
        var members = PlainMembers()
        while let key = try scan.key(&members) {
            if key.is("orders") {
                try members.once(0)
                orders = try Limits.orders.holding(elements { reader throws(NotPlain) in try reader.order() })
            } else if key.is("way") {
                try members.once(1)
                way = try scan.word()
            } else { throw NotPlain() }
        }
        guard let orders else { throw NotPlain() }
        return BatchBody(way: way, orders: orders)
    }

    private mutating func order() throws(NotPlain) -> OrderBody {
        var number: String?, currency: Currency?, lines: [OrderLineBody]?
        var merchant: MerchantID?, channel: String?, payment: PaymentState?, recipient: RecipientBody?
        var destination: DestinationBody?, placed: Instant?, deliver: Instant?, backorder: Bool?, label: OrderLabelBody?
        var pool: String?, holds: [HoldID]?
        var members = PlainMembers()
        while let key = try scan.key(&members) {
            if key.is("lines") {
                try members.once(0)
                lines = try Limits.lines.holding(elements { reader throws(NotPlain) in try reader.line() })
            } else if key.is("number") {
                try members.once(1)
                number = try scan.text(Limits.number)
            } else if key.is("channel") {
                try members.once(2)
                channel = try scan.textOrNull(Limits.channel)
            } else if key.is("currency") {
                try members.once(3)
                guard let known = Currency(try scan.text()) else { throw NotPlain() }
                currency = known
            } else if key.is("payment") {
                try members.once(4)
                payment = try scan.word()
            } else if key.is("recipient") {
                try members.once(5)
                if try !scan.null() { recipient = try person() }
            } else if key.is("destination") {
                try members.once(6)
                if try !scan.null() { destination = try place() }
            } else if key.is("merchant") {
                try members.once(7)
                merchant = try scan.value { MerchantID($0) }
            } else if key.is("placed_at") {
                try members.once(8)
                placed = try scan.value { Instant($0) }
            } else if key.is("deliver_by") {
                try members.once(9)
                deliver = try scan.value { Instant($0) }
            } else if key.is("backorder") {
                try members.once(10)
                backorder = try scan.truth()
            } else if key.is("label") {
                try members.once(11)
                if try !scan.null() { label = try issuer() }
            } else if key.is("pool") {
                try members.once(12)
                pool = try scan.textOrNull(Limits.pool)
            } else if key.is("holds") {
                try members.once(13)
                if try !scan.null() { holds = try Limits.holds.holding(elements { reader throws(NotPlain) in try reader.hold() }) }
            } else { throw NotPlain() }
        }
        guard let number, let currency, let lines else { throw NotPlain() }
        return OrderBody(
            merchant: merchant, channel: channel, number: number, payment: payment, currency: currency, recipient: recipient,
            destination: destination, lines: lines, placedAt: placed, deliverBy: deliver, backorder: backorder, label: label,
            pool: pool, holds: holds)
    }

    private mutating func hold() throws(NotPlain) -> HoldID {
        guard let hold = HoldID(try scan.text()) else { throw NotPlain() }
        return hold
    }

    private mutating func line() throws(NotPlain) -> OrderLineBody {
        var sku: String?, quantity: Int64?, price: Int64?
        var discount: Int64?, shipping: Int64?, tax: Int64?, unit: String?
        var members = PlainMembers()
        while let key = try scan.key(&members) {
            if key.is("sku") {
                try members.once(0)
                sku = try scan.text(Limits.sku)
            } else if key.is("quantity") {
                try members.once(1)
                quantity = try scan.number(Limits.quantity)
            } else if key.is("unit_price_minor") {
                try members.once(2)
                price = try scan.number(Limits.money)
            } else if key.is("discount_minor") {
                try members.once(3)
                discount = try scan.numberOrNull(Limits.money)
            } else if key.is("shipping_minor") {
                try members.once(4)
                shipping = try scan.numberOrNull(Limits.money)
            } else if key.is("tax_minor") {
                try members.once(5)
                tax = try scan.numberOrNull(Limits.money)
            } else if key.is("channel_unit") {
                try members.once(6)
                unit = try scan.textOrNull(Limits.unit)
            } else { throw NotPlain() }
        }
        guard let sku, let quantity, let price else { throw NotPlain() }
        return OrderLineBody(
            sku: sku, quantity: Quantity(quantity), unitPrice: price, discount: discount, shipping: shipping, tax: tax,
            channelUnit: unit)
    }

    private mutating func person() throws(NotPlain) -> RecipientBody {
        var name: String?, street: [String]?, city: String?, postalCode: String?, country: Country?
        var company: String?, phone: String?, email: String?, district: String?, region: String?, note: String?
        var members = PlainMembers()
        while let key = try scan.key(&members) {
            if key.is("name") {
                try members.once(0)
                name = try scan.text(Limits.name)
            } else if key.is("street") {
                try members.once(1)
                street = try Limits.street.holding(elements { reader throws(NotPlain) in try reader.scan.text() })
            } else if key.is("city") {
                try members.once(2)
                city = try scan.text(Limits.city)
            } else if key.is("postal_code") {
                try members.once(3)
                postalCode = try scan.text(Limits.postalCode)
            } else if key.is("country") {
                try members.once(4)
                country = try scan.country()
            } else if key.is("phone") {
                try members.once(5)
                phone = try scan.textOrNull(Limits.phone)
            } else if key.is("email") {
                try members.once(6)
                email = try scan.textOrNull(Limits.email)
            } else if key.is("region") {
                try members.once(7)
                region = try scan.textOrNull(Limits.region)
            } else if key.is("company") {
                try members.once(8)
                company = try scan.textOrNull(Limits.company)
            } else if key.is("district") {
                try members.once(9)
                district = try scan.textOrNull(Limits.district)
            } else if key.is("note") {
                try members.once(10)
                note = try scan.textOrNull(Limits.note)
            } else { throw NotPlain() }
        }
        guard let name, let street, let city, let postalCode, let country else { throw NotPlain() }
        return RecipientBody(
            name: name, company: company, phone: phone, email: email, street: street, district: district, city: city,
            region: region, postalCode: postalCode, country: country, note: note)
    }

    private mutating func place() throws(NotPlain) -> DestinationBody {
        var country: Country?, city: String?
        var kind: DestinationBody.Kind?, code: String?, region: String?, district: String?, area: String?, place: Coordinates?
        var members = PlainMembers()
        while let key = try scan.key(&members) {
            if key.is("country") {
                try members.once(0)
                country = try scan.country()
            } else if key.is("city") {
                try members.once(1)
                city = try scan.text(PlaceLimits.city)
            } else if key.is("region") {
                try members.once(2)
                region = try scan.textOrNull(PlaceLimits.region)
            } else if key.is("postal_area") {
                try members.once(3)
                area = try scan.textOrNull(PlaceLimits.area)
            } else if key.is("place") {
                try members.once(4)
                if try !scan.null() { place = try coordinates() }
            } else if key.is("kind") {
                try members.once(5)
                kind = try scan.word()
            } else if key.is("code") {
                try members.once(6)
                code = try scan.textOrNull(PlaceLimits.code)
            } else if key.is("district") {
                try members.once(7)
                district = try scan.textOrNull(PlaceLimits.district)
            } else { throw NotPlain() }
        }
        guard let country, let city else { throw NotPlain() }
        return DestinationBody(
            kind: kind, code: code, country: country, region: region, district: district, city: city, postalArea: area,
            place: place)
    }

    private mutating func coordinates() throws(NotPlain) -> Coordinates {
        var latitude: Int64?, longitude: Int64?
        var members = PlainMembers()
        while let key = try scan.key(&members) {
            if key.is("latitude") {
                try members.once(0)
                latitude = try scan.number(PlaceLimits.latitude)
            } else if key.is("longitude") {
                try members.once(1)
                longitude = try scan.number(PlaceLimits.longitude)
            } else { throw NotPlain() }
        }
        guard let latitude, let longitude, let place = Coordinates(latitude: latitude, longitude: longitude) else {
            throw NotPlain()
        }
        return place
    }

    private mutating func issuer() throws(NotPlain) -> OrderLabelBody {
        var issuer: LabelIssuer?
        var members = PlainMembers()
        while let key = try scan.key(&members) {
            guard key.is("issuer") else { throw NotPlain() }
            try members.once(0)
            issuer = try scan.word()
        }
        guard let issuer else { throw NotPlain() }
        return OrderLabelBody(issuer: issuer)
    }
}
