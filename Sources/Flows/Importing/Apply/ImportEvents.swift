import Identity
import Kernel
import Store

extension NewEvent {
    /// All rows stand; from here on they take effect.
    static func importCommitted(_ record: ImportRecord, actor: String, at moment: Instant) -> NewEvent {
        NewEvent(
            "import.committed", key: record.id.description, occurred: moment, actor: actor, quantity: record.staged,
            unit: "row", payload: ["name": .string(record.name), "tallies": record.tallies.json])
    }

    /// Every row has had its effect or was refused.
    static func importApplied(_ record: ImportRecord, actor: String, at moment: Instant) -> NewEvent {
        NewEvent(
            "import.applied", key: record.id.description, occurred: moment, actor: actor, quantity: record.applied,
            unit: "row", payload: ["name": .string(record.name), "refused": .int(record.refused)])
    }
}

extension ImportRecord {
    /// Makes whatever is left of the staged people unreadable.
    func forgetPeople(actor: String, in tx: Transaction) throws {
        try Recipients.forget([secret], actor: actor, in: tx)
    }
}
