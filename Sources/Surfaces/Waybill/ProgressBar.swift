import Foundation
import Synchronization

/// Progress of long work on a terminal, on one line of standard error; silent where nobody looks.
final class ProgressBar: Sendable {
    private let isShown = isatty(2) == 1
    private let last = Mutex<String>("")
    private static let width = 30

    /// - Parameter share: 0 to 1.
    func show(_ share: Double, _ what: String) {
        guard isShown else { return }
        let filled = Int((max(0, min(1, share)) * Double(Self.width)).rounded())
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
        let line = "\(bar) \(String(Int(share * 100)).leftPadded(3)) %  \(what)"
        last.withLock { last in
            guard line != last else { return }
            last = line
            FileHandle.standardError.write(Data("\r\u{1B}[2K\(line)".utf8))
        }
    }

    /// Ends the line.
    func finish() {
        guard isShown else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[2K".utf8))
    }
}

extension String {
    func leftPadded(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
