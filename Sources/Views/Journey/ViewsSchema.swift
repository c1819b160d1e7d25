import Store

/// What views keep beside the books: everything here can be made again from the log.
package enum ViewsSchema {
    package static let migrations = [
        Migration(90, "views", [
            // No CHECK on the signs: a view that disagrees is named by the audit and never stands in the way of a fact.
            """
            CREATE TABLE stage_count (
                site BIGINT NOT NULL, stage TEXT NOT NULL, units BIGINT NOT NULL, parcels BIGINT NOT NULL,
                PRIMARY KEY (site, stage))
            """,
            """
            CREATE TABLE flow_count (
                what TEXT NOT NULL, bucket BIGINT NOT NULL, count BIGINT NOT NULL, PRIMARY KEY (what, bucket))
            """,
        ])
    ]
}
