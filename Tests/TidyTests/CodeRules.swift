/// Words that Swift code of this repository does without, each with the few places that exist for it.
enum CodeRules {
    struct Ban: Sendable {
        let pattern: String
        let reason: String
        /// Paths, or beginnings of paths, that may.
        var except: [String] = []
    }

    static let bans: [Ban] = [
        Ban(pattern: #"\btry!"#, reason: "an error is thrown on or answered"),
        Ban(pattern: #"\bas!"#, reason: "a cast that can fail is guarded"),
        Ban(
            pattern: #"(?<!\btry)(?<!\bas)(?<=[A-Za-z0-9_)\]])!(?!=)"#,
            reason: "a force unwrap; unwrap with guard or a default"),
        Ban(pattern: #"\bfatalError\("#, reason: "a broken invariant is a precondition with its sentence"),
        Ban(pattern: #"@unchecked Sendable"#, reason: "mutable state has one owner: a final class around a Mutex"),
        Ban(pattern: #"\bnonisolated\(unsafe\)"#, reason: "mutable state has one owner: a final class around a Mutex"),
        Ban(
            pattern: #"^\s*(public|open) (?=class|struct|enum|protocol|actor|func|var|let|init|static|final|typealias|extension)"#,
            reason: "declarations are at most `package`"),
        Ban(pattern: #"\bDate\(\)|\bDate\.now\b"#, reason: "the clock arrives as a parameter"),
        Ban(
            pattern: #"\bprint\("#, reason: "the program prints, all else logs or answers",
            except: ["Sources/Surfaces/Waybill", "Benchmarks", "Tests"]),
        Ban(
            pattern: #"\bwallClock\b"#, reason: "only the composition root hands the wall clock on",
            except: ["Sources/Ground/Store/", "Sources/Surfaces/Waybill", "Sources/Rehearsal/Demo/", "Benchmarks", "Tests"]),
    ]

    /// What business modules and decisions never touch: they are functions of their arguments.
    static let deterministic: [Ban] = [
        Ban(pattern: #"\b(async|await)\b"#, reason: "business is synchronous"),
        Ban(
            pattern: #"\bTask\s*\{|\bTask\.detached|\bactor [A-Z]|\bThread\b|\bMutex\b"#, reason: "business has no threads"),
        Ban(pattern: #"\b(ContinuousClock|SuspendingClock|clock_gettime)\b"#, reason: "the clock arrives as a parameter"),
        Ban(pattern: #"\bUUID\(\)|\bSystemRandomNumberGenerator\b"#, reason: "ids and randomness arrive as parameters"),
        Ban(pattern: #"\.(random|shuffled|shuffle|randomElement)\((?![^)]*using:)"#, reason: "randomness arrives as a parameter"),
        Ban(pattern: #"\b(URLSession|FileManager|FileHandle)\b"#, reason: "business touches neither network nor files"),
    ]

    static func banned(_ files: [SourceFile], by bans: [Ban]) throws -> [Fault] {
        try bans.flatMap { ban in
            try Pattern(ban.pattern).faults(in: files, text: \.code, except: ban.except) { "'\($0[0] ?? "")': \(ban.reason)" }
        }
    }
}
