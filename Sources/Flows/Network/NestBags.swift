import Kernel
import Store
import Transport

/// Puts closed bags into an open pallet, container or larger bag for the same destination.
package struct NestBags: Flow {
    let bags: [UnitID]
    let parent: UnitID
    let occurred: Instant
    let actor: String

    package init(_ bags: [UnitID], into parent: UnitID, occurred: Instant, actor: String) {
        self.bags = bags
        self.parent = parent
        self.occurred = occurred
        self.actor = actor
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
        let around = try UnitTree.ancestors(of: bags, in: tx)
        try Containment.put(bags, into: parent, occurred: occurred, in: tx)
        for id in bags where around[id]?.first != parent {
            tx.emit(
                .unit(
                    NewEvent.unitNestedType, id, site: SiteID(holder.id), actor: actor, at: occurred, payload: ["in": .id(parent)]))
        }
    }
}
