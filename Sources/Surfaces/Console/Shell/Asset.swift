import Crypto
import Kernel

/// A file that pages ask for, under a path that changes with its content, so that a browser keeps it for good.
package struct Asset: Sendable {
    let name: String
    let mediaType: String
    let text: String
    let path: String
    /// Nil where it would not be smaller.
    let compressed: [UInt8]?

    init(_ name: String, _ mediaType: String, _ text: String) {
        (self.name, self.mediaType, self.text) = (name, mediaType, text)
        let hash = SHA256.hash(data: Array(text.utf8)).prefix(6).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        compressed = Gzip.compressed(Array(text.utf8))
        path = "/assets/\(hash)/\(name)"
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

    static let all = [style, icons, mark] + scripts
    private static let script = "text/javascript; charset=utf-8"
}
