import Crypto
import Kernel

/// A file that pages ask for, under a path that changes with its content, so that a browser keeps it for good.
package struct Asset: Sendable {
    let name: String
    let mediaType: String
    let text: String
    let path: String
    /// Its path changes with its content.
    let isForGood: Bool
    /// Nil where it would not be smaller.
    let compressed: [UInt8]?

    /// - Parameter path: nil for one that changes with the content.
    init(_ name: String, _ mediaType: String, _ text: String, at path: String? = nil) {
        (self.name, self.mediaType, self.text) = (name, mediaType, text)
        let hash = SHA256.hash(data: Array(text.utf8)).prefix(6).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        compressed = Gzip.compressed(Array(text.utf8))
        self.path = path ?? "/assets/\(hash)/\(name)"
        isForGood = path == nil
    }
}

/// The files of the console. They stand in the program itself, so that it is one file to deploy.
package enum Assets {
    static let style = Asset(
        "console.css", "text/css; charset=utf-8",
        shellStyle + frameStyle + componentStyle + formStyle + towerStyle + towerLineStyle + orderStyle + shopperStyle
            + floorStyle + stockStyle + portalStyle)
    static let icons = Asset("icons.svg", "image/svg+xml", iconSprite)
    static let mark = Asset("mark.svg", "image/svg+xml", markDrawing)

    /// Modules of every page.
    static let scripts = [
        Asset("shell.js", script, shellScript), Asset("forms.js", script, formScript), Asset("live.js", script, liveScript),
        Asset("floor.js", script, floorScript),
    ]

    /// Keeps the floor's pages while the connection is away. Its path is the one that browsers know it by.
    static let floorWorker = Asset("floor-worker.js", script, floorWorkerScript, at: "/floor-worker.js")

    static let all = [style, icons, mark, floorWorker] + scripts
    private static let script = "text/javascript; charset=utf-8"
}
