/// The arrows between modules: Ground ← Decisions; Ground ← Business;
/// {Decisions, Business} ← Edges ← Flows, Views ← Rehearsal ← Surfaces.
struct ArrowRules {
    private let business: Set<String>
    private static let ground: Set = ["Kernel", "Store"]
    private static let engines: Set = ["StoreSQLite", "StorePostgres"]
    private static let platform: Set = [
        "Foundation", "FoundationEssentials", "FoundationNetworking", "Dispatch", "Synchronization", "Glibc", "Musl", "Darwin",
    ]

    /// - Parameter sources: the files from whose folders the business modules are read.
    init(sources: [SourceFile]) {
        business = Set(
            sources.map(\.components).filter { $0.count > 3 && $0[1] == "Business" }.map { String($0[2]) })
    }

    /// The module a source file belongs to: its folder, one deeper under Ground, Business and Surfaces.
    static func module(of file: SourceFile) -> String {
        let parts = file.components
        guard parts.count > 2 else { return "" }
        return ["Ground", "Business", "Surfaces"].contains(parts[1]) ? String(parts[2]) : String(parts[1])
    }

    func faults(_ sources: [SourceFile]) throws -> [Fault] {
        let imports = try Pattern(
            #"^\s*(?:@\w+(?:\(\w+\))?\s+)*(?:package |internal |private )?"#
                + #"import (?:(?:struct|enum|func|class|protocol|typealias) )?(\w+)"#)
        return sources.flatMap { file -> [Fault] in
            let module = Self.module(of: file)
            guard let allowed = allowed(for: module) else { return [] }
            return imports.matches(in: file.code).compactMap { match in
                guard let name = match.groups[1], name != module, !allowed.contains(name) else { return nil }
                return Fault(path: file.path, line: match.line, message: "\(module) may not import \(name)")
            }
        }
    }

    /// What a module may import; nil where anything goes (the surfaces, above everything).
    private func allowed(for module: String) -> Set<String>? {
        let plain: Set = ["Foundation", "FoundationEssentials"]
        let below = Self.ground.union(business).union(["Decisions"]).union(Self.platform).union(["Logging"])
        switch module {
        case "Kernel": return plain.union(["Synchronization"])
        case "Store": return Self.platform.union(["Kernel", "Logging", "Metrics"])
        case "StoreSQLite": return Self.ground.union(Self.platform).union(["CSQLite"])
        case "StorePostgres": return Self.ground.union(Self.platform).union(["CPostgres"])
        case "Decisions": return plain.union(["Kernel"])
        case "Identity": return Self.ground.union(plain).union(["Crypto", "CryptoExtras"])
        case _ where business.contains(module): return Self.ground.union(plain)
        case "Edges": return below.union(["CZint", "CHaru", "CZlib"])
        case "Flows": return below.union(["Edges", "Crypto"])
        case "Views": return below.union(["Edges"])
        case "Rehearsal": return below.union(Self.engines).union(["Edges", "Flows", "Views", "Crypto", "Mustache"])
        case "Console", "HTTPAPI", "Waybill": return nil
        default: return []
        }
    }
}
