import Foundation
import Testing

@testable import HTTPAPI

/// The pages of docs/reference against the routes there are.
@Suite struct ReferenceTests {
    @Test func `every route is named in a page of the reference`() async throws {
        let pages = try Self.pages()
        try await withNetwork { network, _ in
            let unnamed = network.assembly.endpoints.map(\.declaration.path).filter { path in
                !pages.contains { page in page.ranges(of: path).contains { !Self.goesOn(page, after: $0.upperBound) } }
            }
            #expect(Set(unnamed).sorted() == [], "name them in docs/reference")
        }
    }

    /// Whether what was found is only the beginning of a longer path.
    private static func goesOn(_ page: String, after end: String.Index) -> Bool {
        end < page.endIndex && (page[end].isLetter || page[end].isNumber || "/{-".contains(page[end]))
    }

    private static func pages() throws -> [String] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let folder = root.appending(path: "docs/reference")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.filter { $0.pathExtension == "md" }.map { try String(contentsOf: $0, encoding: .utf8) }
    }
}
