import Store

/// What needs a person.
package enum ExceptionsSchema {
    package static let migrations = [
        Migration(80, "exceptions", [
            """
            CREATE TABLE exception (
                id BIGINT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, merchant BIGINT, site BIGINT,
                owner_role TEXT NOT NULL, opened_at BIGINT NOT NULL, due BIGINT NOT NULL,
                stake_minor BIGINT, currency TEXT, detail TEXT NOT NULL, outcome TEXT, closed_at BIGINT,
                assignee TEXT, escalated_at BIGINT,
                CHECK ((outcome IS NULL) = (closed_at IS NULL)))
            """,
            "CREATE INDEX exception_open ON exception (owner_role, due, id) WHERE closed_at IS NULL",
            "CREATE INDEX exception_merchant ON exception (merchant, owner_role, due, id) WHERE closed_at IS NULL",
            "CREATE UNIQUE INDEX exception_subject ON exception (subject, kind) WHERE closed_at IS NULL",
            "CREATE INDEX exception_history ON exception (subject, id)",
        ]),
        Migration(141, "exception notes", [
            """
            CREATE TABLE exception_note (
                id BIGINT PRIMARY KEY, exception BIGINT NOT NULL, actor TEXT NOT NULL, at BIGINT NOT NULL, body TEXT NOT NULL)
            """,
            "CREATE INDEX exception_note_of ON exception_note (exception, id)",
        ]),
    ]
}
