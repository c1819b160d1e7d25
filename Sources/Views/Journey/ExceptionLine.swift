import Kernel
import Store

/// The open exceptions of one kind at one site, in one line.
package struct ExceptionLine: Equatable, Sendable {
    package var kind: String
    /// Nil where they are at no site.
    package var site: String?
    package var count: Int64
    /// Of the most urgent of them.
    package var due: Instant

    package init(kind: String, site: String?, count: Int64, due: Instant) {
        self.kind = kind
        self.site = site
        self.count = count
        self.due = due
    }

    /// The most urgent first.
    static func open(_ limit: Int, sites: [SiteID: String], in tx: Transaction) throws -> [ExceptionLine] {
        try tx.query(
            """
            SELECT kind, COALESCE(site, 0), COUNT(*), MIN(due) FROM exception WHERE closed_at IS NULL
            GROUP BY kind, COALESCE(site, 0) ORDER BY MIN(due), kind, COALESCE(site, 0) LIMIT \(limit)
            """
        ) {
            let (kind, site) = (try $0.next(String.self), try $0.next(SiteID.self))
            return ExceptionLine(kind: kind, site: sites[site], count: try $0.next(), due: try $0.next())
        }
    }

    static func countOpen(in tx: Transaction) throws -> Int64 {
        try tx.value("SELECT COUNT(*) FROM exception WHERE closed_at IS NULL") ?? 0
    }
}
