/// One row, its fields by the names of the header.
package struct CSVRow: Sendable {
    package let file: String
    package let number: Int
    package let header: CSVHeader
    package let fields: [String]

    package init(file: String, number: Int, header: CSVHeader, fields: [String]) {
        self.file = file
        self.number = number
        self.header = header
        self.fields = fields
    }

    /// The field of a column; empty where the file has no such column.
    package subscript(_ column: String) -> String { header.position[column].map { fields[$0] } ?? "" }
}

/// The names of a file's columns.
package struct CSVHeader: Sendable {
    package let columns: [String]
    /// Where each column stands, from 0.
    let position: [String: Int]

    init(_ columns: [String]) {
        self.columns = columns
        position = Dictionary(zip(columns, columns.indices), uniquingKeysWith: { first, _ in first })
    }

    package func has(_ column: String) -> Bool { position[column] != nil }
}
