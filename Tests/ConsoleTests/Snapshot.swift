import Foundation
import Testing

/// Texts kept beside the tests, to which a run compares what it made.
///
/// Run with WAYBILL_RECORD_SNAPSHOTS=1 to keep what the run makes instead; look at the difference before it is committed.
enum Snapshot {
    static func expect(_ text: String, _ name: String, _ location: SourceLocation = #_sourceLocation) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Snapshots")
        let file = folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["WAYBILL_RECORD_SNAPSHOTS"] != nil {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
            return
        }
        let kept = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        guard kept != text else { return }
        let (old, new) = (kept.split(separator: "\n"), text.split(separator: "\n"))
        let line = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }
        Issue.record(
            """
            \(name) differs from the kept text in line \((line?.offset ?? min(old.count, new.count)) + 1):
            kept: \(line?.element.0 ?? "(\(old.count) lines)")
            made: \(line?.element.1 ?? "(\(new.count) lines)")
            """, sourceLocation: location)
    }
}
