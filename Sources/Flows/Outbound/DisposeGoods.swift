import Exceptions
import Facilities
import Inventory
import Kernel
import Orders
import Store
import Transport
import Warehouse

/// Goods picked for a disposal are destroyed at the site, and it is shown how. They leave the book.
package struct DisposeGoods: Flow {
    let order: OrderID
    let proof: DisposalProof
    let occurred: Instant
    let actor: String

    package init(_ order: OrderID, proof: DisposalProof, occurred: Instant, actor: String) {
        self.order = order
        self.proof = proof
        self.occurred = occurred
        self.actor = actor
    }

    package enum Refused: Refusal, Equatable {
        case noDisposal(OrderID)
        case noProof
        case badHash(String)
        case notPicked(OrderID)

        package static let codes = [
            "disposal.not_a_disposal", "disposal.proof_missing", "disposal.hash_invalid", "disposal.not_picked",
        ]
        package var code: String {
            switch self {
            case .noDisposal: Self.codes[0]
            case .noProof: Self.codes[1]
            case .badHash: Self.codes[2]
            case .notPicked: Self.codes[3]
            }
        }
        package var message: String {
            switch self {
            case .noDisposal(let order): "\(order) is no disposal."
            case .noProof: "A proof has a reference, and words or the hash of a document."
            case .badHash(let hash): "'\(hash)' is not the SHA-256 of a document in 64 hexadecimal digits."
            case .notPicked(let order): "Nothing of \(order) is picked and waits to be disposed of."
            }
        }
        package var kind: RefusalKind {
            switch self {
            case .noDisposal, .notPicked: .conflict
            case .noProof, .badHash: .invalid
            }
        }
        package var field: String? { if case .badHash = self { "/document_sha256" } else { nil } }
    }

    package func run(in tx: Transaction) throws {
        guard try OutboundOrders.load([order], in: tx)[order]?.purpose == .disposal else { throw Refused.noDisposal(order) }
        guard !proof.reference.isEmpty, !proof.words.isEmpty || proof.documentHash != nil else { throw Refused.noProof }
        if let hash = proof.documentHash, hash.utf8.count != 64 || !hash.allSatisfy(\.isHexDigit) { throw Refused.badHash(hash) }
        let picked = try Fulfillments.of([order], in: tx).filter { $0.state == .picked }
        guard !picked.isEmpty else { throw Refused.notPicked(order) }
        try leaveTheBook(picked, in: tx)
        try Fulfillments.add(packed: picked.flatMap { $0.lines.map { ($0.id, $0.picked) } }, in: tx)
        try OrderProgress.move(
            picked.flatMap { $0.lines.map { (component: $0.component, quantity: $0.picked) } }, from: .picked, to: .disposed, in: tx)
        try Fulfillments.change(picked.map(\.id), to: .closed, in: tx)
        try OutboundOrders.prove(picked, proof, actor: actor, occurred: occurred, in: tx)
        for one in picked {
            tx.emit(
                .orderMoved(
                    order, one.merchant, site: one.site, from: .picked, to: .disposed,
                    quantity: one.lines.reduce(0) { $0 + $1.picked }, at: occurred))
        }
        try tx.closeClocks([OrderClocks.shipBy], of: picked.map(\.id.raw), outcome: "met")
        try Exceptions.close(
            picked.map(\.id.description), kind: DueClocks.lateShipping, outcome: "disposed of", occurred: occurred, in: tx)
        try OrderProgress.refresh([order], occurred: occurred, in: tx)
    }

    private func leaveTheBook(_ picked: [FulfillmentOrder], in tx: Transaction) throws {
        let heads = Dictionary(uniqueKeysWithValues: picked.map { ($0.id, $0) })
        let moves = try Tasks.picked(for: picked.map(\.id), in: tx).compactMap { one in
            heads[one.fulfillment].map { head in
                NewMovement(
                    owner: head.merchant, sku: one.sku, lot: one.lot, quantity: one.quantity, site: head.site,
                    from: .unit(one.unit), to: .outside(.disposed), reason: .dispose, reference: head.id.raw, actor: actor,
                    occurred: occurred
                ).staying(one.condition)
            }
        }
        try StockBook.post(moves, in: tx)
    }
}
