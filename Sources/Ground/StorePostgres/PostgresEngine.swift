import CPostgres
import Kernel
import Store

/// PostgreSQL 15 or later at one address; any number of Waybill nodes may share it.
package struct PostgresEngine: Engine {
    package let name = "postgres"
    package let readers: Int
    package let isShared = true
    private let url: String

    /// - Parameter url: `postgres://user:password@host:port/database?option=value`, or any form that libpq reads.
    package init(url: String, readers: Int = 4) {
        self.url = url
        self.readers = readers
    }

    package var address: String {
        guard let options = PQconninfoParse(url, nil) else { return "postgres://" }
        defer { PQconninfoFree(options) }
        var parts: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { parts[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        let port = parts["port"].map { ":" + $0 } ?? ""
        return "postgres://\(parts["host"] ?? "")\(port)/\(parts["dbname"] ?? "")"
    }

    package func connect(readOnly: Bool) throws -> any Connection {
        try PostgresConnection(url: url, readOnly: readOnly)
    }

    package func acquire() throws {}
    package func release() {}
}
