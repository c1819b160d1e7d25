import Edges
import Exceptions
import Flows
import Kernel
import Orders
import Returns
import Store
import Transport
import Warehouse

/// What shoppers send back, and what the desks have in front of them.
struct ReturnsWork {
    struct Box {
        let rma: RMAID
        let site: SiteID
    }

    var random: SeededRandom
    /// Delivered parcels of which something will be sent back, by tracking number.
    var wishes = Agenda<String>()
    var sendings = Agenda<RMAID>()
    /// On their way with a carrier, by tracking number.
    var labelled: [String: RMAID] = [:]
    var boxes = Agenda<Box>()
    /// Handed in at one of our sites, on their way over our lanes to another.
    var riding: Set<RMAID> = []
    /// Parcels that came back undelivered, by tracking number.
    var undelivered: [String] = []
    var isIdle: Bool { wishes.isEmpty && sendings.isEmpty && labelled.isEmpty && boxes.isEmpty && riding.isEmpty && undelivered.isEmpty }
}

extension Rehearsal {
    /// Each of the first merchants promises one thing in the first half of the time and another in the second.
    func stateReturnPolicies() throws {
        let world = plan.world, zone = world.zone
        guard let first = world.orders.first?.placed, let last = world.orders.last?.placed else { return }
        let middle = zone.day(of: first) + (zone.day(of: last).dayNumber - zone.day(of: first).dayNumber) / 2 + 1
        for (index, merchant) in catalog.merchants.prefix(20).enumerated() {
            for (half, validity) in [Validity(until: middle), Validity(from: middle)].enumerated() {
                var terms = ReturnTerms()
                terms.refundOn = RefundTrigger.allCases[(index + 3 * half + 2) % RefundTrigger.allCases.count]
                (terms.currency, terms.keepUnder, terms.reviewOver) = (world.currency, 600, 20_000)
                (terms.restockingPPM, terms.labelFee, terms.shopperPays) = (100_000, 390, [.changedMind, .wrongSize])
                try stepper.perform(SetReturnPolicy(ReturnPolicy(merchant: merchant, validity: validity, terms: terms)))
            }
        }
    }

    /// Some of those whose parcel came will send something back; some parcels came back by themselves.
    func noteReturns(_ updates: [TrackingUpdate]) {
        for update in updates {
            switch update.code {
            case .delivered:
                if let rma = returning.labelled.removeValue(forKey: update.trackingNumber) {
                    returning.boxes.add(.init(rma: rma, site: SiteID(0)), at: update.at + .hours(12))
                } else if returning.random.chance(partsPerMillion: plan.troubles.returns) {
                    let days = 1 + returning.random.below(20)
                    returning.wishes.add(update.trackingNumber, at: update.at + .days(days))
                }
            case .returned:
                if returning.labelled.removeValue(forKey: update.trackingNumber) == nil {
                    returning.undelivered.append(update.trackingNumber)
                }
            case .lost: returning.labelled[update.trackingNumber] = nil
            default: break
            }
        }
    }

    /// One morning: what lies on the desks is graded first, then new boxes are opened, then shoppers ask and send.
    func bringBack() throws {
        try settle()
        try gradeReturns()
        try unloadReturns()
        try openBoxes()
        try openUndelivered()
        try askForReturns()
        try sendReturns()
        try settle()
        try payReturns()
        try settle()
    }

    private func askForReturns() throws {
        var numbers: [String] = []
        while let at = returning.wishes.next, at <= stepper.now, let (_, number) = returning.wishes.take() { numbers.append(number) }
        for chunk in numbers.chunked(200) {
            let parcels = try stepper.read { tx in
                let found = try Labels.parcels(issuer: "courier", numbers: chunk, in: tx)
                let all = try Parcels.load(found.values.sorted(), in: tx)
                let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
                return chunk.compactMap { number in found[number].flatMap { byID[$0] } }
            }
            let requests = zip(chunk, parcels).map { wish($0, $1) }
            let answers = try stepper.perform(RequestReturns(requests, network: assembly.network, actor: "shopper"))
            try follow(answers)
        }
    }

    private func wish(_ number: String, _ parcel: Parcel) -> ReturnRequest {
        let item = parcel.items[returning.random.below(parcel.items.count)]
        let reason = ReturnReason.allCases[returning.random.below(ReturnReason.allCases.count)]
        let quantity = Quantity(Int64(1 + returning.random.below(Int(item.quantity.rawValue))))
        let resolution: Resolution = returning.random.chance(partsPerMillion: 850_000)
            ? .refund : returning.random.chance(partsPerMillion: 500_000) ? .exchange : .replacement
        return ReturnRequest(
            order: .id(parcel.order), merchant: nil, number: "RET-\(number)",
            items: [
                .init(
                    .component(item.component), quantity: quantity, reason: reason,
                    wanted: resolution == .exchange ? item.sku : nil)
            ], resolution: resolution, method: returning.random.chance(partsPerMillion: 500_000) ? .label : .dropOff)
    }

    /// Merchants decide what waits for them; most shoppers then hand the goods in, some never do.
    private func follow(_ answers: [RequestReturns.Outcome]) throws {
        var taken: [RMAID] = []
        for answer in answers {
            switch answer {
            case .taken(let id, _): taken.append(id)
            case .refused(let refusal): results.returnsRefused[refusal.code, default: 0] += 1
            }
        }
        let ids = taken
        for rma in try stepper.read({ try RMAs.load(ids, in: $0) }) where !rma.keep {
            if rma.state == .requested {
                let isGood = returning.random.chance(partsPerMillion: 900_000)
                try stepper.perform(
                    DecideReturn(
                        rma.id, merchant: nil, decision: isGood ? .authorised : .denied, reason: "looked at", actor: "merchant"))
                if !isGood { continue }
            }
            let isNeverSent = returning.random.chance(partsPerMillion: plan.troubles.returnsNeverSent)
            let days = 1 + returning.random.below(6)
            if !isNeverSent { returning.sendings.add(rma.id, at: stepper.now + .days(days)) }
        }
    }

    private func sendReturns() throws {
        var due: [RMAID] = []
        while let at = returning.sendings.next, at <= stepper.now, let (_, id) = returning.sendings.take() { due.append(id) }
        guard !due.isEmpty else { return }
        let ids = due
        let (parcels, labels) = try stepper.read { tx in
            let parcels = try ReturnParcels.of(ids, in: tx).filter { $0.state == .withShopper }
            return (parcels, try Labels.of(parcels.map(\.unit), in: tx).filter { $0.state == .current })
        }
        let numbers = Dictionary(
            labels.compactMap { one in one.number.map { (one.parcel, $0) } }, uniquingKeysWith: { _, last in last })
        try handToCourier(parcels.compactMap { one in numbers[one.unit].map { ($0, one.rma) } })
        for parcel in parcels where numbers[parcel.unit] == nil {
            let counters = made.sites + yards
            let site = counters[returning.random.below(counters.count)]
            _ = try stepper.perform(
                DropOffReturns(
                    [ReturnParcels.code(of: parcel.rma)], at: site, network: assembly.network, occurred: stepper.now,
                    actor: "counter"))
            let way = network.way(from: site, to: parcel.site, on: plan.world.zone.day(of: stepper.now))
            if site != parcel.site, way != nil {
                returning.riding.insert(parcel.rma)
            } else {
                let hours = 20 + returning.random.below(50)
                returning.boxes.add(.init(rma: parcel.rma, site: parcel.site), at: stepper.now + .hours(hours))
            }
        }
    }

    /// What trucks have brought to the site of its desk is opened the same day; what will not come is waited for no more.
    private func unloadReturns() throws {
        guard !returning.riding.isEmpty else { return }
        let riding = returning.riding.sorted()
        for parcel in try stepper.read({ try ReturnParcels.of(riding, in: $0) }) {
            switch parcel.state {
            case .arrived: returning.boxes.add(.init(rma: parcel.rma, site: parcel.site), at: stepper.now)
            case .lost, .opened, .voided: break
            case .withShopper, .droppedOff, .inTransit, .withCarrier: continue
            }
            returning.riding.remove(parcel.rma)
        }
    }

    private func handToCourier(_ sent: [(number: String, rma: RMAID)]) throws {
        guard !sent.isEmpty else { return }
        for (number, rma) in sent { returning.labelled[number] = rma }
        let numbers = sent.map(\.number)
        _ = try courier.manifest(
            ManifestRequest(idempotencyKey: "returns \(numbers[0])", trackingNumbers: numbers, handedOver: stepper.now))
        try follow(numbers)
    }

    // MARK: The desk

    private func openBoxes() throws {
        var due: [ReturnsWork.Box] = []
        while let at = returning.boxes.next, at <= stepper.now, let (_, box) = returning.boxes.take() { due.append(box) }
        guard !due.isEmpty else { return }
        let ids = due.map(\.rma)
        let (rmas, items) = try stepper.read { tx in
            (
                Dictionary(uniqueKeysWithValues: try RMAs.load(ids, in: tx).map { ($0.id, $0) }),
                Dictionary(grouping: try RMAItems.of(ids, in: tx), by: \.rma)
            )
        }
        let receipts = try due.compactMap { box in
            try rmas[box.rma].map { rma in
                ReturnReceipt(site: rma.site, code: code(of: rma), found: try contents(items[rma.id] ?? []))
            }
        }
        try receive(receipts)
    }

    /// Most boxes bear their code; some only a slip with the order, a few nothing.
    private func code(of rma: RMA) -> String? {
        if returning.random.chance(partsPerMillion: plan.troubles.returnsUncoded) { return nil }
        if returning.random.chance(partsPerMillion: 50_000) { return rma.order.description }
        return returning.random.chance(partsPerMillion: 200_000) ? rma.id.description : ReturnParcels.code(of: rma.id)
    }

    private func contents(_ items: [RMAItem]) throws -> [ReturnMatch.Found] {
        let rates = plan.troubles
        var found: [ReturnMatch.Found] = []
        for item in items {
            if returning.random.chance(partsPerMillion: rates.returnsMissing) { continue }
            let isWrong = returning.random.chance(partsPerMillion: rates.returnsWrong)
            let isFalse = returning.random.chance(partsPerMillion: rates.returnsCounterfeit)
            let sku = isWrong ? other(than: item.sku) : item.sku
            let serials = isWrong ? [] : try stickers(on: item.component, of: item.parcel, item.announced)
            // A false unit bears a serial that was never sold: the desk need not see it otherwise.
            let read = isFalse ? serials.map { "FALSE-\($0)" } : serials
            found.append(
                .init(sku: sku, quantity: item.announced, isCounterfeit: isFalse && !isWrong && read.isEmpty, serials: read))
        }
        if let first = items.first, returning.random.chance(partsPerMillion: rates.returnsExtra) {
            found.append(.init(sku: other(than: first.sku), quantity: 1))
        }
        return found
    }

    /// The next item of the world, whoever sells it.
    private func other(than sku: SKUID) -> SKUID {
        let index = catalog.skus.firstIndex(of: sku) ?? 0
        return catalog.skus[(index + 1) % catalog.skus.count]
    }

    private func openUndelivered() throws {
        let numbers = returning.undelivered
        returning.undelivered = []
        guard !numbers.isEmpty else { return }
        let parcels = try stepper.read { tx in
            let found = try Labels.parcels(issuer: "courier", numbers: numbers, in: tx)
            return try Parcels.load(found.values.sorted(), in: tx)
        }
        let byID = parcels.filter { $0.state == .returned }
        try receive(
            byID.map { parcel in
                let found = parcel.items.map { ReturnMatch.Found(sku: $0.sku, quantity: $0.quantity, serials: $0.serials) }
                return ReturnReceipt(site: parcel.site, code: parcel.id.description, found: found)
            })
    }

    private func receive(_ receipts: [ReturnReceipt]) throws {
        for chunk in receipts.chunked(100) {
            let taken = try stepper.perform(
                ReceiveReturns(chunk, network: assembly.network, occurred: stepper.now, actor: "returns desk"))
            for one in taken { results.receipts[one.kind.rawValue, default: 0] += 1 }
        }
    }

    private func gradeReturns() throws {
        for (index, site) in made.sites.enumerated() {
            let waiting = try stepper.read { try GoodsBook.at(site, in: [.received, .refurbishing], limit: 2000, tx: $0) }
            let looked = waiting.filter { one in
                one.state == .received || returning.random.chance(partsPerMillion: 300_000)
            }
            for chunk in looked.chunked(200) {
                let done = try stepper.perform(
                    InspectGoods(chunk.map(inspection), occurred: stepper.now, actor: "returns desk"))
                let moves = done.compactMap { one in
                    one.task.map { PutBack($0, to: catalog.bins[index][0], occurred: stepper.now, actor: "returns desk") }
                }
                for answer in stepper.perform(moves) { try answer.get() }
            }
            let aside = try stepper.read { try GoodsBook.at(site, in: [.aside], limit: 2000, tx: $0) }
            if aside.count >= 10 || returning.isIdle, !aside.isEmpty {
                try stepper.perform(
                    SendOffGoods(aside.map(\.id), reference: "truck", occurred: stepper.now, actor: "returns desk"))
            }
        }
    }

    private func inspection(_ goods: ReturnedGoods) -> Inspection {
        let roll = returning.random.below(100)
        let grade: Grade = roll < 70 ? .new : roll < 85 ? .opened : roll < 95 ? .damaged : .unusable
        let isDestroyed = grade == .unusable && returning.random.chance(partsPerMillion: 500_000)
        return Inspection(goods.id, grade: grade, disposition: isDestroyed ? .dispose : nil, proof: isDestroyed ? "photo" : nil)
    }

    // MARK: Money and people

    /// The payment side sends what is due; debts and open questions come to their end.
    private func payReturns() throws {
        let due = try stepper.read { try Refunds.due(limit: 2000, in: $0) }
        for chunk in due.chunked(200) {
            try stepper.perform(SendRefunds(chunk.map { ($0.id, "PSP \($0.id)") }, merchant: nil, actor: "payments"))
        }
        for debt in try stepper.read({ try ReturnDebts.open(limit: 2000, in: $0) }) {
            let isPaid = returning.random.chance(partsPerMillion: 600_000)
            try stepper.perform(
                SettleReturnDebt(
                    debt.id, merchant: nil, outcome: isPaid ? .recovered : .writtenOff, note: "asked the shopper",
                    actor: "merchant"))
        }
        let open = try stepper.read { tx in
            try tx.query(
                """
                SELECT id FROM exception WHERE closed_at IS NULL AND kind IN ('return.missing', 'return.never_arrived',
                    'return.parcel_lost', 'return.label_failed', 'return.replacement_refused') ORDER BY id
                """
            ) { try $0.next(ExceptionID.self) }
        }
        for id in open { _ = try stepper.perform(ResolveException(id, outcome: "looked into", actor: "support")) }
    }

    /// Whether nothing of any return is left to do.
    func returnsAreDone() throws -> Bool {
        guard returning.isIdle else { return false }
        let open = try stepper.read { tx in
            try tx.value(
                """
                SELECT (SELECT COUNT(*) FROM rma WHERE state IN ('requested', 'authorised', 'in_transit', 'received', 'inspected'))
                    + (SELECT COUNT(*) FROM returned_goods WHERE state IN ('received', 'refurbishing', 'aside'))
                    + (SELECT COUNT(*) FROM refund WHERE state = 'due') + (SELECT COUNT(*) FROM return_debt WHERE state = 'open')
                """, as: Int64.self) ?? 0
        }
        return open == 0
    }
}
