import Kernel
import Store
import Synchronization

/// What the callers of a batch were told, by their number; fails a test where one is told twice.
final class Told: Sendable {
    private let answers = Mutex<[Int: [String]]>([:])

    /// A job whose answer is kept as text.
    func job<F: Flow>(_ number: Int, _ flow: F) -> any Job {
        FlowJob(flow) { result in
            let text =
                switch result {
                case .success(let answer): "\(answer)"
                case .failure(let refusal as any Refusal): "refused \(refusal.code)"
                case .failure(let error): "failed \("\(error)".prefix(90))"
                }
            self.answers.withLock { $0[number, default: []].append(text) }
        }
    }

    /// The answers of callers 0 ..< count: each of one element where it was told once.
    func all(_ count: Int) -> [[String]] { answers.withLock { answers in (0..<count).map { answers[$0] ?? [] } } }
}
