import Edges
import Kernel
import Store

/// A folder of files in one layout.
protocol ImportSource {
    /// The files there are, in the order in which they are read.
    var paths: [String] { get }

    /// Reads everything into the pass, which keeps what is wrong.
    func check(_ pass: CheckPass) throws

    /// The rows to be staged, always the same ones in the same order: merchants, SKUs, stock, orders.
    ///
    /// - Parameters:
    ///   - checked: the pass that found nothing wrong.
    ///   - body: takes some rows; throws to stop.
    func rows(_ checked: CheckPass, _ secret: ImportSecret, _ body: ([StagedRow]) throws -> Void) throws
}

extension ImportSource {
    /// Reads a file of the second pass in pieces.
    func stream(_ form: FileForm, _ path: String, _ body: ([CSVRow]) throws -> Void) throws {
        var reading = try FileReading(.staging, [path]) { _ in }
        do {
            try reading.read(form, path) { rows in
                try body(rows)
                return true
            }
        } catch is CSVError {
            throw ImportRefused.filesChanged
        }
    }
}

extension ImportLayout {
    /// Throws `ImportRefused.nothingThere`, and an `ImportProblem` for a file that stands there twice.
    func source(_ folder: String, catalogue: String?) throws -> any ImportSource {
        let source: any ImportSource =
            switch self {
            case .waybill: try WaybillSource(folder)
            case .olist: try OlistSource(orders: folder, catalogue: catalogue ?? folder)
            }
        guard !source.paths.isEmpty else { throw ImportRefused.nothingThere(folder: folder) }
        return source
    }
}
