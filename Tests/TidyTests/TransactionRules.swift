/// The flow opens the transaction, commands take it.
enum TransactionRules {
    static let bans = [
        CodeRules.Ban(
            pattern: #"\b(struct|enum|class|extension) \w+(<[^>]*>)?\s*:[^{]*\b(Batch)?Flow\b"#,
            reason: "a use case is a file of Flows", except: ["Sources/Ground/", "Sources/Flows/", "Sources/Rehearsal/"]),
        CodeRules.Ban(
            pattern: #"\bInPlace\b"#, reason: "a use case is a file of Flows",
            except: ["Sources/Ground/", "Sources/Flows/", "Sources/Rehearsal/"]),
        CodeRules.Ban(
            pattern: #"\.(perform|performBlocking)\("#, reason: "only flows and those who start them open transactions",
            except: ["Sources/Ground/", "Sources/Flows/", "Sources/Rehearsal/", "Sources/Surfaces/"]),
        CodeRules.Ban(
            pattern: #"\.(read|readBlocking)(\(| \{ tx)"#, reason: "a snapshot is opened by views, flows and surfaces",
            except: ["Sources/Ground/", "Sources/Flows/", "Sources/Views/", "Sources/Rehearsal/", "Sources/Surfaces/"]),
    ]
}
