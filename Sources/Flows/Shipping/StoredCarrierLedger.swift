import Edges
import Foundation
import Kernel
import Store

/// The table in which the built-in courier keeps its labels, as if it were somebody else's database.
package enum CourierSchema {
    package static let migrations = [
        Migration(96, "built-in courier", [
            """
            CREATE TABLE courier_label (
                idempotency_key TEXT PRIMARY KEY, tracking_number TEXT NOT NULL UNIQUE, label TEXT NOT NULL)
            """
        ])
    ]
}

/// Keeps the built-in courier's labels in the store, so that a restarted server finds them. Its calls run in
/// transactions of their own and block: for the outbox's threads.
package struct StoredCarrierLedger: CarrierLedger {
    private let store: Store

    package init(_ store: Store) { self.store = store }

    package func label(idempotencyKey: String) throws -> IssuedLabel? {
        try store.performBlocking(InPlace { try Self.find("idempotency_key = \(idempotencyKey)", in: $0) })
    }

    package func label(trackingNumber: String) throws -> IssuedLabel? {
        try store.performBlocking(InPlace { try Self.find("tracking_number = \(trackingNumber)", in: $0) })
    }

    package func insert(_ label: IssuedLabel) throws -> IssuedLabel {
        let text = try Self.text(label)
        return try store.performBlocking(
            InPlace { tx in
                try tx.run(
                    """
                    INSERT INTO courier_label (idempotency_key, tracking_number, label)
                    VALUES (\(label.idempotencyKey), \(label.trackingNumber), \(text)) ON CONFLICT DO NOTHING
                    """)
                let first = try Self.find("idempotency_key = \(label.idempotencyKey)", in: tx)
                guard let standing = try first ?? Self.find("tracking_number = \(label.trackingNumber)", in: tx) else {
                    throw StoreError.unexpected("the label \(label.trackingNumber) is gone")
                }
                return standing
            })
    }

    package func settle(trackingNumber: String, as settlement: LabelSettlement) throws -> IssuedLabel? {
        try store.performBlocking(
            InPlace { tx in
                guard var label = try Self.find("tracking_number = \(trackingNumber)", in: tx) else { return nil }
                label.settle(as: settlement)
                try tx.run("UPDATE courier_label SET label = \(Self.text(label)) WHERE tracking_number = \(trackingNumber)")
                return label
            })
    }

    private static func find(_ condition: SQL, in tx: Transaction) throws -> IssuedLabel? {
        let text: String? = try tx.value("SELECT label FROM courier_label WHERE \(condition)")
        return try text.map { try JSONDecoder().decode(IssuedLabel.self, from: Data($0.utf8)) }
    }

    private static func text(_ label: IssuedLabel) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(label), as: UTF8.self)
    }
}
