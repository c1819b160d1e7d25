import Foundation

/// Looks at a PDF with programs that share no code with the writer: poppler renders it, zbar reads its barcodes.
struct PrintProof {
    struct ToolMissing: Error, CustomStringConvertible {
        let description: String
    }

    private let folder: URL
    private let file: URL

    init(_ pdf: [UInt8]) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("proof-\(UUID().uuidString)")
        file = folder.appendingPathComponent("document.pdf")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(pdf).write(to: file)
    }

    func remove() throws { try FileManager.default.removeItem(at: folder) }

    /// All barcodes of the first page at 300 dpi, as `CODE-128:data`, sorted.
    func barcodes() throws -> [String] {
        let image = folder.appendingPathComponent("page")
        _ = try run("pdftoppm", ["-r", "300", "-png", "-f", "1", "-l", "1", "-singlefile", file.path, image.path])
        return try run("zbarimg", ["-q", image.path + ".png"]).split(separator: "\n").map(String.init).sorted()
    }

    func text() throws -> String { try run("pdftotext", ["-layout", file.path, "-"]) }

    /// A line of `pdfinfo`, such as `Pages`.
    func info(_ key: String) throws -> String? {
        try run("pdfinfo", [file.path]).split(separator: "\n").first { $0.hasPrefix(key + ":") }
            .map { $0.dropFirst(key.count + 1).trimmingCharacters(in: .whitespaces) }
    }

    /// Which share of the first page is black, in thousandths of dots.
    func inkPerMille() throws -> Int {
        let image = folder.appendingPathComponent("ink")
        _ = try run("pdftoppm", ["-r", "100", "-gray", "-f", "1", "-l", "1", "-singlefile", file.path, image.path])
        let bytes = try Data(contentsOf: URL(fileURLWithPath: image.path + ".pgm")).dropFirst(15)
        return bytes.count { $0 < 128 } * 1000 / bytes.count
    }

    private func run(_ tool: String, _ arguments: [String]) throws -> String {
        let folders = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"]
        guard let path = folders.map({ "\($0)/\(tool)" }).first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw ToolMissing(description: "\(tool) is not installed (Debian: poppler-utils and zbar-tools)")
        }
        let process = Process(), output = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
