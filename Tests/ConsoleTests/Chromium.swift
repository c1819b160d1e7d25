import Foundation

/// A browser without a window, where one is installed.
enum Chromium {
    static let path: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let candidates = folders.flatMap { folder in
            ["chromium", "chromium-browser", "google-chrome"].map { "\(folder)/\($0)" }
        }
        return candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    /// The document as it is after the page ran for so long by its own clock, which waits for answers only.
    static func document(at url: URL, after seconds: Int, arguments: [String] = []) async throws -> String {
        guard let path else { throw Failed(description: "chromium is not installed") }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("waybill-chromium-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let output = folder.appendingPathComponent("document.html")
        try Data().write(to: output)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--user-data-dir=\(folder.path)/profile", "--virtual-time-budget=\(seconds * 1000)", "--timeout=30000",
        ] + arguments + ["--dump-dom", url.absoluteString]
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        guard process.terminationStatus == 0 else { throw Failed(description: "chromium ended with \(process.terminationStatus)") }
        return try String(contentsOf: output, encoding: .utf8)
    }
}
