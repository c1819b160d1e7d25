import Kernel
import Store

/// One import as it stands in the database.
package struct ImportRecord: Sendable, Equatable {
    package let id: ImportID
    /// The operator's name for it; unique but for those discarded.
    package let name: String
    package internal(set) var state: ImportState
    package let layout: ImportLayout
    package let folder: String
    /// The second folder that some layouts have.
    package let catalogue: String?
    /// SHA-256 over the names and bytes of its files.
    package let contentHash: String
    /// The recipient row whose sealed text is the key of the people staged.
    let secret: RecipientID
    /// Rows staged, counted from 1.
    package internal(set) var staged: Int64
    /// The last row that has had its effect.
    package internal(set) var applied: Int64
    /// How many of those the books refused.
    package internal(set) var refused: Int64
    package internal(set) var tallies: ImportTallies
    package let created: Instant
}

/// What an import's files hold, counted; complete once it is committed.
package struct ImportTallies: Sendable, Equatable {
    /// By part, rows.
    package internal(set) var rows: [String: Int] = [:]
    /// What in the files is not as it should be and is taken all the same, by kind.
    package internal(set) var corners: [String: Int] = [:]

    package init() {}

    mutating func count(_ corner: String, _ number: Int = 1) { corners[corner, default: 0] += number }

    var json: JSON {
        [
            "rows": .object(rows.mapValues { .int(Int64($0)) }), "corners": .object(corners.mapValues { .int(Int64($0)) }),
        ]
    }

    init(_ json: JSON) {
        rows = Self.counts(json["rows"])
        corners = Self.counts(json["corners"])
    }

    private static func counts(_ json: JSON?) -> [String: Int] {
        guard case .object(let members)? = json else { return [:] }
        return members.compactMapValues { $0.int.map(Int.init) }
    }
}
