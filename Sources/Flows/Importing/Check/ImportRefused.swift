import Kernel

/// Why an import is not taken or not gone on with, in the order of the checks.
package enum ImportRefused: Refusal, Equatable {
    case badName(String)
    case nothingThere(folder: String)
    case nameUsed(String)
    case sameFiles(as: String)
    /// The files are refused whole and nothing was written; the first problems, fifty at most.
    case problems([ImportProblem])
    case filesChanged
    case anotherRuns(String)
    case committed(String)

    package static let codes = [
        "import.name_invalid", "import.nothing_there", "import.name_used", "import.same_files", "import.problems",
        "import.files_changed", "import.another_runs", "import.committed",
    ]

    package var code: String {
        switch self {
        case .badName: "import.name_invalid"
        case .nothingThere: "import.nothing_there"
        case .nameUsed: "import.name_used"
        case .sameFiles: "import.same_files"
        case .problems: "import.problems"
        case .filesChanged: "import.files_changed"
        case .anotherRuns: "import.another_runs"
        case .committed: "import.committed"
        }
    }

    package var message: String {
        switch self {
        case .badName(let name): "'\(name)' is not a name of 1 to 60 letters, digits, '.', '-' and '_'."
        case .nothingThere(let folder): "\(folder) holds none of the files that this layout has."
        case .nameUsed(let name): "There is an import '\(name)' of other files. Choose another name, or discard it."
        case .sameFiles(let name): "These files came in already, as import '\(name)'."
        case .problems(let problems):
            problems.count < ImportProblems.limit
                ? "The files have \(problems.count) problem\(problems.count == 1 ? "" : "s"); nothing was taken."
                : "The files have \(problems.count) problems or more; nothing was taken."
        case .filesChanged: "The files changed while they were read. Run the import again."
        case .anotherRuns(let name): "Another process is reading import '\(name)'."
        case .committed(let name): "Import '\(name)' is committed and will be applied; it cannot be discarded."
        }
    }

    package var kind: RefusalKind {
        switch self {
        case .badName, .nothingThere, .problems: .invalid
        case .nameUsed, .sameFiles, .filesChanged, .anotherRuns, .committed: .conflict
        }
    }
}
