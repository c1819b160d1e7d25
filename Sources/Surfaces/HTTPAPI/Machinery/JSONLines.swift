import Foundation
import Kernel
import Logging

/// A log handler that writes one JSON object a line: time, level, label, message, and the metadata beside them.
package struct JSONLines: LogHandler {
    package var logLevel: Logger.Level = .info
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let now: @Sendable () -> Instant
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - now: the wall clock.
    ///   - write: takes one line with its line feed.
    package init(
        label: String, now: @escaping @Sendable () -> Instant,
        write: @escaping @Sendable (String) -> Void = Self.toStandardError
    ) {
        self.label = label
        self.now = now
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var line: [String: JSON] = [:]
        for source in [metadataProvider?.get() ?? [:], metadata, event.metadata ?? [:]] {
            for (key, value) in source { line[key] = Self.json(value) }
        }
        if let error = event.error { line["error"] = .string("\(error)") }
        line["time"] = .string(now().description)
        line["level"] = .string(event.level.rawValue)
        line["log"] = .string(label)
        line["message"] = .string("\(event.message)")
        write(JSON.object(line).text + "\n")
    }

    private static func json(_ value: Logger.Metadata.Value) -> JSON {
        switch value {
        case .string(let text): .string(text)
        case .stringConvertible(let value): .string(value.description)
        case .array(let values): .array(values.map(json))
        case .dictionary(let members): .object(members.mapValues(json))
        }
    }

    /// One write a line, so that lines of two threads never mix.
    @Sendable package static func toStandardError(_ line: String) {
        // There is nowhere left to tell that the log cannot be written.
        try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
    }
}
