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
                phone_hash TEXT, email_hash TEXT, address_hash TEXT,
                created_at BIGINT NOT NULL, forgotten_at BIGINT,
                CHECK ((sealed IS NULL) = (forgotten_at IS NOT NULL)))
            """,
            "CREATE INDEX recipient_phone ON recipient (phone_hash, id) WHERE phone_hash IS NOT NULL",
            "CREATE INDEX recipient_email ON recipient (email_hash, id) WHERE email_hash IS NOT NULL",
            "CREATE INDEX recipient_address ON recipient (address_hash, id) WHERE address_hash IS NOT NULL",
        ]),
        Migration(151, "sealed documents", [
            """
            CREATE TABLE sealed_document (
                subject BIGINT PRIMARY KEY, merchant BIGINT NOT NULL, recipient BIGINT, media_type TEXT NOT NULL,
                sha256 TEXT NOT NULL, sealed TEXT NOT NULL, created_at BIGINT NOT NULL)
            """,
            "CREATE INDEX sealed_document_recipient ON sealed_document (recipient) WHERE recipient IS NOT NULL",
        ]),
    ]
}
