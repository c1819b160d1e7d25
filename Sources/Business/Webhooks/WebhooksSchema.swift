import Store

/// Who is told of events, and what became of telling them.
package enum WebhooksSchema {
    package static let migrations = [
        Migration(140, "webhooks", [
            """
            CREATE TABLE webhook (
                id BIGINT PRIMARY KEY, holder TEXT NOT NULL CHECK (holder IN ('operator', 'merchant', 'site')), party BIGINT,
                url TEXT NOT NULL, types TEXT NOT NULL, description TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'disabled')), state_at BIGINT NOT NULL, reason TEXT,
                secret TEXT NOT NULL, earlier_secret TEXT, earlier_until BIGINT, failing_since BIGINT,
                tx BIGINT NOT NULL, seq BIGINT NOT NULL, created_at BIGINT NOT NULL,
                CHECK ((holder = 'operator') = (party IS NULL)),
                CHECK ((earlier_secret IS NULL) = (earlier_until IS NULL)))
            """,
            "CREATE INDEX webhook_active ON webhook (state, tx, seq, id)",
            "CREATE INDEX webhook_holder ON webhook (holder, party, id)",
            """
            CREATE TABLE webhook_delivery (
                id BIGINT PRIMARY KEY, webhook BIGINT NOT NULL, tx BIGINT NOT NULL, seq BIGINT NOT NULL, type TEXT NOT NULL,
                replay BIGINT, state TEXT NOT NULL CHECK (state IN ('pending', 'failed', 'delivered', 'dead')),
                attempts BIGINT NOT NULL DEFAULT 0, next_attempt_at BIGINT, last_status BIGINT, last_error TEXT,
                duration_ms BIGINT, created_at BIGINT NOT NULL, closed_at BIGINT,
                CHECK ((closed_at IS NULL) = (state IN ('pending', 'failed'))),
                CHECK ((closed_at IS NULL) = (next_attempt_at IS NOT NULL)))
            """,
            "CREATE INDEX webhook_delivery_log ON webhook_delivery (webhook, id)",
            "CREATE INDEX webhook_delivery_state ON webhook_delivery (webhook, state, id)",
            """
            CREATE TABLE webhook_attempt (
                delivery BIGINT NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL, status BIGINT, error TEXT,
                duration_ms BIGINT NOT NULL, PRIMARY KEY (delivery, number))
            """,
            """
            CREATE TABLE webhook_replay (
                id BIGINT PRIMARY KEY, webhook BIGINT NOT NULL, types TEXT NOT NULL, from_at BIGINT NOT NULL,
                until_at BIGINT NOT NULL, tx BIGINT NOT NULL, seq BIGINT NOT NULL, found BIGINT NOT NULL DEFAULT 0,
                state TEXT NOT NULL CHECK (state IN ('running', 'done', 'stopped')), created_at BIGINT NOT NULL,
                closed_at BIGINT, CHECK ((closed_at IS NULL) = (state = 'running')))
            """,
            "CREATE UNIQUE INDEX webhook_replay_running ON webhook_replay (webhook) WHERE closed_at IS NULL",
            "CREATE INDEX webhook_replay_log ON webhook_replay (webhook, id)",
        ])
    ]
}
