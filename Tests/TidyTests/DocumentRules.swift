import Foundation

/// Pages lead where they say, and decisions are numbered and titled as rules.
enum DocumentRules {
    /// - Parameter exists: whether a path from the root is there.
    static func links(_ pages: [SourceFile], exists: (String) -> Bool) throws -> [Fault] {
        let link = try Pattern(#"\]\(([^)\s]+)\)"#)
        return pages.flatMap { page in
            link.matches(in: withoutCodeBlocks(page)).compactMap { match -> Fault? in
                guard let target = match.groups[1], !target.contains("://"),
                    !target.hasPrefix("#"), !target.hasPrefix("mailto:")
                else { return nil }
                let file = String(target.prefix { $0 != "#" })
                let folder = page.path.split(separator: "/").dropLast().joined(separator: "/")
                let path = resolved(file, from: folder)
                return exists(path) ? nil : Fault(path: page.path, line: match.line, message: "\(target) is not there")
            }
        }
    }

    /// `docs/decisions/0001-transactions-are-synchronous.md`, numbers without gaps, and the rule as its title.
    static func decisions(_ pages: [SourceFile]) throws -> [Fault] {
        let name = try Pattern(#"^docs/decisions/(\d{4})-[a-z0-9-]+\.md$"#)
        let records = pages.filter { $0.path.hasPrefix("docs/decisions/") }
        return zip(1..., records).flatMap { number, page -> [Fault] in
            var faults: [Fault] = []
            if name.matches(in: page.path).first?.groups[1].flatMap({ Int($0) }) != number {
                faults.append(
                    Fault(path: page.path, line: 1, message: "the next number is \(number), then words joined by hyphens"))
            }
            for heading in ["## Context", "## Decision", "## Consequences"] where !page.lines.contains(Substring(heading)) {
                faults.append(Fault(path: page.path, line: 1, message: "has no '\(heading)'"))
            }
            return faults
        }
    }

    /// Every page begins with its title.
    static func titles(_ pages: [SourceFile]) -> [Fault] {
        pages.filter { !($0.lines.first ?? "").hasPrefix("# ") }
            .map { Fault(path: $0.path, line: 1, message: "has no title in its first line") }
    }

    static func scripts(_ scripts: [SourceFile], isExecutable: (String) -> Bool) -> [Fault] {
        scripts.flatMap { script -> [Fault] in
            var faults: [Fault] = []
            let first = script.lines.first
            if first != "#!/usr/bin/env bash" || !script.lines.contains("set -euo pipefail") {
                faults.append(Fault(path: script.path, line: 1, message: "must begin as bash and stop at the first error"))
            }
            if !isExecutable(script.path) {
                faults.append(Fault(path: script.path, line: 1, message: "is not executable"))
            }
            return faults
        }
    }

    /// The page with its fenced blocks blanked, so that lines keep their numbers.
    private static func withoutCodeBlocks(_ page: SourceFile) -> String {
        var inside = false
        return page.lines.map { line -> Substring in
            if line.hasPrefix("```") { inside.toggle() }
            return inside ? "" : line
        }.joined(separator: "\n")
    }

    private static func resolved(_ file: String, from folder: String) -> String {
        var parts = file.hasPrefix("/") ? [] : folder.split(separator: "/")
        for part in file.split(separator: "/") where part != "." {
            if part == ".." { parts = parts.dropLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }
}
