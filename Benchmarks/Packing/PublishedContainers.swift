import Decisions
import Foundation
import Kernel

/// Reads OR-Library "thpack" files: single-container problems with box types and upright flags.
enum PublishedContainers {
    struct Instance {
        var name: String
        var problem: ContainerProblem
        /// Best known volume in parts per million, from `<set>_best_known.csv` beside the file.
        var bestKnownPPM: Int?
    }

    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    /// The count of problems; per problem its id (and seed), the container, the count of types, and per type
    /// `id side flag side flag side flag quantity`.
    static func read(_ path: String) throws -> [Instance] {
        let file = URL(fileURLWithPath: path)
        let name = file.deletingPathExtension().lastPathComponent
        let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
            .map { $0.split(whereSeparator: \.isWhitespace).compactMap { Int64($0) } }.filter { !$0.isEmpty }
        let best = bestKnown(file.deletingLastPathComponent().appendingPathComponent("\(name)_best_known.csv"))
        var instances: [Instance] = [], at = 1
        for _ in 0..<(lines.first?.first ?? 0) {
            guard at + 2 < lines.count, lines[at + 1].count >= 3, let types = lines[at + 2].first,
                at + 3 + Int(types) <= lines.count
            else { throw Malformed(description: "\(path) ends within a problem.") }
            let id = Int(lines[at][0]), room = lines[at + 1]
            let boxes = try lines[(at + 3)..<(at + 3 + Int(types))].map { try box($0, path) }
            let container = size(room[0], room[1], room[2])
            instances.append(Instance(
                name: "\(name)/\(id)", problem: ContainerProblem(container: container, boxes: boxes), bestKnownPPM: best[id]))
            at += 3 + Int(types)
        }
        return instances
    }

    private static func box(_ line: [Int64], _ path: String) throws -> ContainerBox {
        guard line.count == 8 else { throw Malformed(description: "\(path) has a box line of \(line.count) numbers.") }
        return ContainerBox(
            size: size(line[1], line[3], line[5]), quantity: Int(line[7]), mayStand: [line[2] == 1, line[4] == 1, line[6] == 1])
    }

    private static func size(_ length: Int64, _ width: Int64, _ height: Int64) -> Dimensions {
        Dimensions(length: Millimetres(length), width: Millimetres(width), height: Millimetres(height))
    }

    /// Problem → parts per million; empty where there is no such file.
    private static func bestKnown(_ file: URL) -> [Int: Int] {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [:] }
        var table: [Int: Int] = [:]
        for line in text.split(whereSeparator: \.isNewline).dropFirst() {
            let fields = line.split(separator: ",")
            if fields.count == 11, let id = Int(fields[1]), let share = Double(fields[10]) {
                table[id] = Int((share * 10_000).rounded())
            }
        }
        return table
    }
}
