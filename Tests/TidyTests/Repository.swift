import Foundation

/// The files of this repository that are written by hand.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static let folders = ["Sources", "Tests", "Benchmarks", "Examples", "docs", "scripts", ".ci"]
    private static let endings: Set = ["swift", "md", "sh", "h", "yml", "yaml", "html", "css", "js", "mustache", "txt", "run"]

    static let files: [SourceFile] = (folders.flatMap(paths(under:)) + topLevel).sorted().compactMap { path in
        guard let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8) else { return nil }
        return SourceFile(path: path, text: text)
    }

    static let swift = files.filter { $0.path.hasSuffix(".swift") }
    static let sources = swift.filter { $0.path.hasPrefix("Sources/") }
    static let pages = files.filter { $0.path.hasSuffix(".md") }
    static let scripts = files.filter { $0.path.hasPrefix("scripts/") && $0.path.hasSuffix(".sh") || $0.path == ".ci/run" }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    static func isExecutable(_ path: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: root.appending(path: path).path)
    }

    private static var topLevel: [String] {
        names(in: "").filter { $0.hasSuffix(".md") || $0 == "Makefile" || $0 == "Package.swift" }
    }

    private static func names(in folder: String) -> [String] {
        // A folder that this repository does not have (yet) holds no files.
        (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? []
    }

    private static func paths(under folder: String) -> [String] {
        names(in: folder).flatMap { name -> [String] in
            let path = "\(folder)/\(name)"
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: root.appending(path: path).path, isDirectory: &isFolder)
            else { return [] }
            if isFolder.boolValue { return paths(under: path) }
            let ending = name.split(separator: ".").last.map(String.init) ?? ""
            return endings.contains(ending) ? [path] : []
        }
    }
}
