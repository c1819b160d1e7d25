import Kernel
import Store
import Transport

/// Puts closed bags into an open pallet, container or larger bag for the same destination.
package struct NestBags: Flow {
    let bags: [UnitID]
    let parent: UnitID
    let occurred: Instant

    package init(_ bags: [UnitID], into parent: UnitID, occurred: Instant) {
        self.bags = bags
        self.parent = parent
        self.occurred = occurred
    }

    package func run(in tx: Transaction) throws {
        let known = try Bags.load(bags + [parent], in: tx)
        guard let outer = known[parent] else { throw NotFound("bag", parent) }
        guard let holder = try HandlingUnits.holder(of: parent, in: tx), holder.kind == "site" else {
            throw NetworkRefused.notHere(parent, outer.site)
        }
        guard outer.state == .open else { throw NetworkRefused.notOpen(parent, outer.state) }
        let here = try HandlingUnits.standing(bags, at: SiteID(holder.id), in: tx)
        for id in bags {
            guard let bag = known[id] else { throw NotFound("bag", id) }
            guard here.contains(id) else { throw NetworkRefused.notHere(id, SiteID(holder.id)) }
            guard bag.state.isShut else { throw NetworkRefused.notShut(id, bag.state) }
            guard bag.destination == outer.destination || bag.lane == outer.lane else {
                throw NetworkRefused.otherWay(id, bag.lane)
            }
            if let pulled = try UnitTree.pulled(inside: [id], limit: 1, in: tx).first {
                throw NetworkRefused.pull(pulled, inside: id)
            }
        }
        try Containment.put(bags, into: parent, occurred: occurred, in: tx)
    }
}
