import Kernel

/// A message to a webhook, signed and ready.
package struct WebhookPost: Sendable {
    package let url: String
    package let headers: [(name: String, value: String)]
    package let body: String

    package init(url: String, headers: [(name: String, value: String)], body: String) {
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// What came of a message.
package struct WebhookReply: Sendable, Equatable {
    /// Of the answer; nil where there was none.
    package let status: Int?
    /// Why there was none.
    package let error: String?
    package let durationMs: Int64

    package init(status: Int?, error: String? = nil, durationMs: Int64) {
        self.status = status
        self.error = error
        self.durationMs = durationMs
    }
}

/// Sends messages, each once. Follows no redirect, and reads no more of an answer than its status.
package protocol WebhookClient: Sendable {
    /// Blocks until there is an answer or the time is up.
    func post(_ message: WebhookPost) -> WebhookReply
}
