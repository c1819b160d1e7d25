import Store

/// Keys, recipients and the keys that seal them.
package enum IdentitySchema {
    package static let migrations = [
        Migration(10, "identity", [
            """
            CREATE TABLE api_key (
                id BIGINT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
                role TEXT NOT NULL CHECK (role IN ('operator', 'merchant', 'site', 'carrier')), party BIGINT,
                created_at BIGINT NOT NULL, expires_at BIGINT, revoked_at BIGINT,
                CHECK ((role = 'operator') = (party IS NULL)))
            """,
            """
            CREATE TABLE sealing_key (
                merchant BIGINT PRIMARY KEY, master_key TEXT NOT NULL, wrapped TEXT NOT NULL, created_at BIGINT NOT NULL)
            """,
            """
            CREATE TABLE recipient (
                id BIGINT PRIMARY KEY, merchant BIGINT NOT NULL, sealed TEXT,
                phone_hash BIGINT, email_hash BIGINT, address_hash BIGINT,
                order_id BIGINT, created_at BIGINT NOT NULL, forgotten_at BIGINT, block BIGINT NOT NULL,
                CHECK ((sealed IS NULL) = (forgotten_at IS NOT NULL)))
            """,
            // Hashes lie anywhere: within a block they lie close to one another.
            "CREATE INDEX recipient_phone ON recipient (block, phone_hash, id)",
            "CREATE INDEX recipient_email ON recipient (block, email_hash, id)",
            "CREATE INDEX recipient_address ON recipient (block, address_hash, id)",
        ]),
        Migration(151, "sealed documents", [
            """
            CREATE TABLE sealed_document (
                subject BIGINT PRIMARY KEY, merchant BIGINT NOT NULL, recipient BIGINT, media_type TEXT NOT NULL,
                sha256 TEXT NOT NULL, sealed TEXT NOT NULL, created_at BIGINT NOT NULL)
            """,
            "CREATE INDEX sealed_document_recipient ON sealed_document (recipient) WHERE recipient IS NOT NULL",
        ]),
        Migration(240, "accounts", [
            """
            CREATE TABLE account (
                id BIGINT PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
                role TEXT NOT NULL CHECK (role IN ('owner', 'operator', 'lead', 'floor', 'merchant', 'partner', 'driver',
                    'planner', 'support', 'reader')),
                party BIGINT, password TEXT, totp TEXT, totp_used BIGINT NOT NULL DEFAULT 0, language TEXT, zone TEXT,
                created_at BIGINT NOT NULL, disabled_at BIGINT,
                CHECK ((role IN ('lead', 'floor', 'merchant', 'partner', 'driver')) = (party IS NOT NULL)))
            """,
            """
            CREATE TABLE account_session (
                hash TEXT PRIMARY KEY, account BIGINT NOT NULL, created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL,
                ends_at BIGINT NOT NULL)
            """,
            "CREATE INDEX account_session_account ON account_session (account, ends_at)",
            """
            CREATE TABLE account_link (hash TEXT PRIMARY KEY, account BIGINT NOT NULL UNIQUE, ends_at BIGINT NOT NULL)
            """,
            """
            CREATE TABLE sign_in_guard (
                subject TEXT PRIMARY KEY, failures BIGINT NOT NULL CHECK (failures > 0), closed_until BIGINT NOT NULL)
            """,
            "CREATE INDEX sign_in_guard_until ON sign_in_guard (closed_until)",
        ]),
    ]
}
