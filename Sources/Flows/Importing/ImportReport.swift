/// What became of an import.
package struct ImportReport: Sendable, Equatable {
    package let record: ImportRecord
    /// The first rows that the books refused after the import was committed, fifty at most.
    package let refusals: [ImportRefusal]

    /// Rows of a part: one a merchant, SKU, stock line or order.
    package func rows(_ part: ImportPart) -> Int { record.tallies.rows[part.rawValue] ?? 0 }
}
