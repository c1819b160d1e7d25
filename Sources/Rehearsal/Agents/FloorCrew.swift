import Flows
import Kernel
import Orders
import Store
import Transport
import Warehouse

extension Rehearsal {
    /// What everybody does on one day.
    func addDay(_ day: CivilDate) {
        for site in made.sites.indices { addShifts(site, on: day) }
        addYardWork(on: day)
    }

    /// The work of a site on one day: three waves, each picked and packed, and the collection.
    private func addShifts(_ site: Int, on day: CivilDate) {
        let zone = plan.world.zone
        if partners[site] != nil { return addVisits(site, on: day) }
        guard network.calendar(made.sites[site])?.isOpen(at: zone.instant(day, WorldNetwork.cutOff)) ?? false else { return }
        for start in [8 * 60 + 30, 11 * 60 + 30, 14 * 60 + 25] {
            let at = zone.instant(day, .midnight) + .minutes(start)
            agenda.add(.shift(site: site, .release), at: at)
            agenda.add(.shift(site: site, .pick), at: at + .minutes(35))
            agenda.add(.shift(site: site, .pack), at: at + .minutes(80))
        }
        agenda.add(.shift(site: site, .collect), at: zone.instant(day, WorldNetwork.cutOff))
    }

    func shift(_ site: Int, _ work: Work) throws {
        try settle()
        switch work {
        case .release: try release(site)
        case .pick: try pick(site)
        case .pack: try pack(site)
        case .collect: try collect(site)
        }
    }

    /// All that leaves by tonight.
    private func release(_ site: Int) throws {
        let until = plan.world.zone.instant(plan.world.zone.day(of: stepper.now) + 1, .midnight)
        while true {
            let wave = try stepper.perform(ReleaseWave(site: made.sites[site], until: until))
            results.waves += wave.wave == nil ? 0 : 1
            if wave.fulfillments == 0 || wave.left == 0 { return }
        }
    }

    /// Pickers walk the open tasks in order, forty to a tote, and put back what was picked in vain.
    private func pick(_ site: Int) throws {
        let id = made.sites[site]
        let open = try stepper.read { try Tasks.open(.pick, at: id, limit: 5000, in: $0) }
        for batch in open.chunked(40) {
            let tote = try stepper.perform(MakeTotes(site: id, count: 1, occurred: stepper.now))[0]
            let picks = batch.map { task in
                let isShort = random.chance(partsPerMillion: plan.troubles.shortPicks)
                return PickResult(task: task.id, quantity: isShort ? task.quantity - 1 : task.quantity)
            }
            try stepper.perform(ConfirmPicks(picks, into: tote, occurred: stepper.now, actor: "picker"))
        }
        let back = try stepper.read { try Tasks.open(.unpick, at: id, limit: 5000, in: $0) }
        let moves = back.map { PutBack($0.id, to: catalog.bins[site][0], occurred: stepper.now, actor: "picker") }
        for answer in stepper.perform(moves) { try answer.get() }
    }

    /// Packers pack what is picked; the carrier is asked for labels; every parcel goes over the scale.
    private func pack(_ site: Int) throws {
        let id = made.sites[site]
        let picked = try stepper.read { try Fulfillments.picked(at: id, limit: 5000, in: $0) }
        for chunk in picked.chunked(50) {
            let pack = PackOrders(chunk, serials: try scans(chunk), network: assembly.network, occurred: stepper.now, actor: "packer")
            do {
                pending.unweighed[site, default: []] += try stepper.perform(pack)
            } catch is any Refusal where chunk.count > 1 {
                for one in chunk { try packAlone(one, site) }
            } catch is any Refusal {
                try packAlone(chunk[0], site)
            }
        }
        try settle()
        try weigh(site)
    }

    private func packAlone(_ one: FulfillmentID, _ site: Int) throws {
        do {
            pending.unweighed[site, default: []] += try stepper.perform(
                PackOrders([one], serials: try scans([one]), network: assembly.network, occurred: stepper.now, actor: "packer"))
        } catch let refusal as any Refusal {
            results.unpackable[refusal.message, default: 0] += 1
            try giveUp(one)
        }
    }

    /// What cannot be packed is put back, and its order called off by a person.
    private func giveUp(_ one: FulfillmentID) throws {
        guard let order = try stepper.read({ try Fulfillments.load([one], in: $0).first?.order }) else { return }
        _ = try stepper.perform(CancelOrder(order, merchant: nil, reason: "cannot be packed", actor: "packer"))
    }

    /// The scale is right; now and then a parcel is not, and is opened, mended and weighed again the next time.
    private func weigh(_ site: Int) throws {
        let ids = pending.unweighed.removeValue(forKey: site) ?? []
        let parcels = try stepper.read { try Parcels.load(ids, in: $0) }.filter { !$0.pull && $0.state != .voided }
        let weights = parcels.map { parcel in
            let isWrong = random.chance(partsPerMillion: plan.troubles.wrongWeights)
            return (parcel: parcel.id, weight: isWrong ? parcel.expected * 2 + 100 : parcel.expected)
        }
        guard !weights.isEmpty else { return }
        let weighed = try stepper.perform(WeighParcels(weights, occurred: stepper.now, actor: "scale"))
        let wrong = weighed.filter { !$0.isWithinTolerance }
        results.wrongWeights += wrong.count
        pending.unweighed[site] = wrong.map(\.parcel)
    }
}
