import Kernel

/// The problem in the shape that the search works on: items (lines, or whole kits) and sources (a service of
/// a site), with every cost scaled so that of two equal plans the one with fewer parts is cheaper.
struct SourcingModel {
    /// Cost of a part is minor units × `scale` + 1: one minor unit outweighs any number of parts.
    static let scale: Int64 = 1024
    /// Stands for "cannot"; two of them still add without overflow.
    static let never: Int64 = .max / 4

    struct Item {
        /// Where its lines stand in `linesOf`.
        var index: Int
        /// Steps to fill: units of a line, or 1 for a kit.
        var target: Int
        /// Units of all lines, weight and volume of one step.
        var units: Int64
        var grams: Int64
        var volume: Int64
    }

    struct Source {
        /// Index in `sites`.
        var site: Int
        var option: Int
        /// Handling and split cost of each parcel, minor units.
        var perParcel: Int64
        /// Lateness of a part, minor units.
        var late: Int64
        /// Heaviest parcel: the service's limit, or the last step of its price list.
        var limit: Int64
        /// mm³ a gram; 0: volume is not charged.
        var divisor: Int64
        /// Whether the service carries every line.
        var takesAll: Bool
        /// Its steps in `breakGrams` and `breakPrice`.
        var breaks: Range<Int>
    }

    let problem: SourcingProblem
    /// By id.
    let sites: [SourcingProblem.Site]
    /// Only those of which something can be filled.
    var items: [Item] = []
    /// The line, or all lines of a kit, by an item's index.
    var linesOf: [[Int]] = []
    /// By site id, then arrival, then service: of equal plans the search keeps the first it meets.
    var sources: [Source] = []
    var breakGrams: [Int64] = []
    /// Never falling with weight: a heavier step that is cheaper may be declared instead.
    var breakPrice: [Int64] = []
    /// Steps of each item at a site: [site × items + item].
    var stock: [Int] = []
    /// The same where the source takes the item, else 0: [source × items + item].
    var room: [Int] = []
    /// Handling and scarcity of a step, scaled: [source × items + item].
    var linear: [Int64] = []

    init(_ problem: SourcingProblem) {
        self.problem = problem
        sites = problem.sites.sorted { $0.id < $1.id }
        addSources()
        addItems()
        layOut()
    }

    /// Whether every line can be filled to the last unit.
    var fillsAll: Bool {
        let filled = items.reduce(0) { $0 + Int64($1.target) * $1.units }
        return filled == problem.lines.reduce(0) { $0 + max(0, $1.quantity) }
    }

    /// Units of a line in one step of its item.
    func perStep(_ line: Int) -> Int64 { problem.lines[line].keepTogether == nil ? 1 : problem.lines[line].quantity }

    // MARK: items

    private mutating func addItems() {
        var kits: [(kit: Int, item: Int)] = []
        for (index, line) in problem.lines.enumerated() where line.quantity > 0 {
            if let kit = line.keepTogether, let at = kits.first(where: { $0.kit == kit })?.item {
                linesOf[at].append(index)
                items[at].units += line.quantity
                items[at].grams += line.grams * line.quantity
                items[at].volume += line.volume * line.quantity
                continue
            }
            if let kit = line.keepTogether { kits.append((kit, items.count)) }
            let each = perStep(index)
            linesOf.append([index])
            items.append(Item(
                index: items.count, target: Int(line.quantity / each), units: each, grams: line.grams * each,
                volume: line.volume * each))
        }
    }

    /// Cuts every target down to what all sites together have, drops items at nothing, and lays out the tables.
    /// Items with the fewest sources come first, which keeps the search narrow.
    private mutating func layOut() {
        var wanted: [(item: Item, choices: Int)] = []
        for item in items {
            var total = 0, choices = 0, last = -1
            for source in sources where takes(item, by: source) {
                let steps = min(steps(of: item, at: source.site), item.target)
                if steps > 0 { choices += 1 }
                if source.site != last { total += steps }
                last = source.site
            }
            guard total > 0 else { continue }
            wanted.append((item, choices))
            wanted[wanted.count - 1].item.target = min(item.target, total)
        }
        wanted.sort { ($0.choices, $0.item.index) < ($1.choices, $1.item.index) }
        items = wanted.map(\.item)
        fillTables()
    }

    private mutating func fillTables() {
        stock.reserveCapacity(sites.count * items.count)
        room.reserveCapacity(sources.count * items.count)
        linear.reserveCapacity(sources.count * items.count)
        for site in sites.indices {
            for item in items { stock.append(min(steps(of: item, at: site), item.target)) }
        }
        for source in sources {
            let row = source.site * items.count, perUnit = sites[source.site].handlingPerUnit
            for index in items.indices {
                let item = items[index]
                room.append(takes(item, by: source) ? stock[row + index] : 0)
                linear.append((perUnit * item.units + scarcity(of: item, at: source.site)) * Self.scale)
            }
        }
    }

    private func scarcity(of item: Item, at site: Int) -> Int64 {
        guard !sites[site].scarcity.isEmpty else { return 0 }
        var sum: Int64 = 0
        for line in linesOf[item.index] { sum += sites[site].scarcity[line] * perStep(line) }
        return sum
    }

    private func steps(of item: Item, at site: Int) -> Int {
        var least = Int.max
        for line in linesOf[item.index] { least = min(least, Int(max(0, sites[site].available[line]) / perStep(line))) }
        return least
    }

    /// A source takes an item where the service carries each line and one unit fits in a parcel.
    private func takes(_ item: Item, by source: Source) -> Bool {
        for line in linesOf[item.index] {
            let one = problem.lines[line]
            if source.billable(grams: one.grams, volume: one.volume) > source.limit { return false }
            if !accepts(line, by: source) { return false }
        }
        return true
    }

    private func accepts(_ line: Int, by source: Source) -> Bool {
        source.takesAll || sites[source.site].options[source.option].accepts[line]
    }
}
