import Store

/// Imports, and their rows between the files and the books.
package enum ImportSchema {
    package static let migrations = [
        Migration(95, "imports", [
            // Of an import that is committed, rows up to `applied` have had their effect and are gone from import_row.
            """
            CREATE TABLE import (
                id BIGINT PRIMARY KEY, name TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('reading', 'committed', 'applied', 'discarded')),
                layout TEXT NOT NULL, folder TEXT NOT NULL, catalogue TEXT, content_hash TEXT NOT NULL, secret BIGINT NOT NULL,
                staged BIGINT NOT NULL DEFAULT 0 CHECK (staged >= 0),
                applied BIGINT NOT NULL DEFAULT 0 CHECK (applied >= 0 AND applied <= staged),
                refused BIGINT NOT NULL DEFAULT 0 CHECK (refused >= 0 AND refused <= applied),
                tallies TEXT NOT NULL, created_at BIGINT NOT NULL, committed_at BIGINT, closed_at BIGINT)
            """,
            "CREATE UNIQUE INDEX import_name ON import (name) WHERE state <> 'discarded'",
            """
            CREATE TABLE import_row (
                import BIGINT NOT NULL, seq BIGINT NOT NULL,
                part TEXT NOT NULL CHECK (part IN ('merchants', 'skus', 'stock', 'orders')),
                file TEXT NOT NULL, row_number BIGINT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (import, seq))
            """,
            """
            CREATE TABLE import_refusal (
                import BIGINT NOT NULL, seq BIGINT NOT NULL, file TEXT NOT NULL, row_number BIGINT NOT NULL,
                code TEXT NOT NULL, message TEXT NOT NULL, PRIMARY KEY (import, seq))
            """,
        ])
    ]
}
