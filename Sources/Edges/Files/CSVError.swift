/// Why a file cannot be read on; names the place.
package struct CSVError: Error, Sendable, CustomStringConvertible, Equatable {
    package let file: String
    /// As `CSVReader.row`; 0 where the file itself is at fault.
    package let row: Int
    package let reason: String
    package var description: String { row == 0 ? "\(file): \(reason)" : "\(file), row \(row): \(reason)" }

    package init(file: String, row: Int, reason: String) {
        self.file = file
        self.row = row
        self.reason = reason
    }
}
