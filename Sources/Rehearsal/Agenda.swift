import Kernel

/// What is to happen when: a heap by time, and by the order of entry where times are equal.
struct Agenda<Entry> {
    private var heap: [(at: Instant, number: Int, entry: Entry)] = []
    private var entries = 0

    var next: Instant? { heap.first?.at }
    var isEmpty: Bool { heap.isEmpty }

    mutating func add(_ entry: Entry, at: Instant) {
        heap.append((at, entries, entry))
        entries += 1
        var child = heap.count - 1
        while child > 0, precedes(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func take() -> (at: Instant, entry: Entry)? {
        guard let first = heap.first else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && precedes(child, least) { least = child }
            if least == parent { break }
            heap.swapAt(parent, least)
            parent = least
        }
        return (first.at, first.entry)
    }

    private func precedes(_ a: Int, _ b: Int) -> Bool {
        heap[a].at != heap[b].at ? heap[a].at < heap[b].at : heap[a].number < heap[b].number
    }
}
