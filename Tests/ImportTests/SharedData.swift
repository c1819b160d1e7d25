import Foundation

/// Public data sets beside the package; a test that needs one is skipped where it is absent.
enum SharedData {
    static let root: URL = {
        if let path = ProcessInfo.processInfo.environment["WAYBILL_DATA"] { return URL(filePath: path) }
        return URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/data").standardized
    }()

    static func path(_ folder: String) -> String { root.appending(path: folder).path }

    static func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root.appending(path: path).path) }
}
