import Kernel
import Store
import Warehouse

/// An open task goes to somebody who is at work at its site, or back to whoever comes by.
package struct GiveTask: Flow {
    let task: TaskID
    let worker: String?

    /// - Parameter worker: nil for whoever comes by.
    package init(_ task: TaskID, to worker: String?) {
        self.task = task
        self.worker = worker
    }

    package func run(in tx: Transaction) throws {
        guard let task = try Tasks.load([task], in: tx).first else { throw NotFound("task", task) }
        guard task.state == .open else { throw Tasks.Refused.notOpen(task.id, task.state) }
        guard let worker else { return try FloorWorkers.free(task.id, at: task.site, in: tx) }
        try FloorWorkers.give(task.id, to: worker, at: task.site, in: tx)
    }
}
