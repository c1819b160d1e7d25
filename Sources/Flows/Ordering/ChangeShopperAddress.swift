import Identity
import Kernel
import Orders
import Store
import Transport

/// A shopper sends their order elsewhere, or to a pickup point or locker: who has the link proves with the postal code it goes
/// to now that it is theirs. The name stays, and so does the country, on which the promise and the papers rest. What a courier
/// has goes elsewhere where the courier agrees.
package struct ChangeShopperAddress: Flow {
    let order: OrderID
    let proof: String
    let address: NewAddress
    let desk: OrderDesk

    /// Each text as printed on a label; the region may be empty.
    package struct NewAddress: Sendable {
        let kind: DestinationKind
        /// Of the pickup point or locker, as who runs it calls it; not of an address.
        let code: String
        let street: String
        let city: String
        let postalCode: String
        let region: String

        package init(
            _ kind: DestinationKind = .address, code: String = "", street: String, city: String, postalCode: String, region: String
        ) {
            precondition(kind.isForShoppers, "no shopper's order goes to \(kind)")
            (self.kind, self.code) = (kind, code)
            (self.street, self.city, self.postalCode, self.region) = (street, city, postalCode, region)
        }
    }

    /// - Parameter proof: the postal code that the order goes to now, as the shopper types it.
    package init(_ order: OrderID, proof: String, to address: NewAddress, desk: OrderDesk) {
        (self.order, self.proof, self.address, self.desk) = (order, proof, address, desk)
    }

    /// In the order of the checks, after those of the fields.
    package enum Refused: Refusal, Equatable {
        /// The channel keeps the address to itself, or it goes to no shopper.
        case notOurs
        case wrongProof

        package var code: String { if case .notOurs = self { "shopper.address_elsewhere" } else { "shopper.proof_wrong" } }
        package var message: String {
            switch self {
            case .notOurs: "The address of this order is changed where it was bought."
            case .wrongProof: "This is not the postal code that the order goes to now."
            }
        }
        package var kind: RefusalKind { if case .notOurs = self { .conflict } else { .forbidden } }
        package var field: String? { if case .notOurs = self { nil } else { "/proof" } }
    }

    /// - Throws: `InvalidInput`, `Refused`, and what `ChangeAddress` refuses.
    package func run(in tx: Transaction) throws -> ChangeAddress.Changed {
        if address.kind != .address, !(1...100).contains(address.code.count) {
            throw InvalidInput(field: "/code", "The code of a pickup point or locker has 1 to 100 characters, not \(address.code.count).")
        }
        for (field, text, limit) in [("street", address.street, 100), ("city", address.city, 100), ("postal_code", address.postalCode, 20)]
        where !(1...limit).contains(text.count) {
            throw InvalidInput(field: "/\(field)", "\(field) has 1 to \(limit) characters, not \(text.count).")
        }
        guard let record = try OrderRecords.load([order], locked: true, in: tx)[order] else { throw NotFound("order", order) }
        guard record.destination.kind.isForShoppers, let recipient = record.recipient,
            var person = try Recipients.open([recipient], desk.vault, in: tx)[recipient], !person.postalCode.isEmpty
        else { throw Refused.notOurs }
        guard Self.plain(person.postalCode) == Self.plain(proof) else { throw Refused.wrongProof }
        person.street = [address.street]
        (person.city, person.postalCode, person.region, person.district) = (address.city, address.postalCode, address.region, "")
        // What of a postal code is not personal: its first three characters name an area.
        let destination = Destination(
            kind: address.kind, code: address.kind == .address ? nil : address.code, country: record.destination.country,
            region: address.region, city: address.city, postalArea: String(address.postalCode.prefix(3)), latitude: nil, longitude: nil)
        return try ChangeAddress(order, merchant: nil, to: destination, person: person, desk: desk, actor: "shopper").run(in: tx)
    }

    private static func plain(_ text: String) -> String { text.filter { $0.isLetter || $0.isNumber }.uppercased() }
}
