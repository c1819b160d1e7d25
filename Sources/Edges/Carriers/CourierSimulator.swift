import Kernel

/// The built-in courier: a carrier without an account anywhere, the same for the same seed and times.
///
/// Prices come from its cards, tracking numbers from seed and key, journeys from seed, number and hand-over; only what
/// was bought, voided and handed over is kept, in the ledger.
package struct CourierSimulator: CarrierClient {
    package var name: String
    package var seed: UInt64
    /// In the order in which they are quoted.
    package var services: [CourierService]
    package var calendar: ServiceCalendar
    package var rates: JourneyRates
    package var faults: CourierFaults
    private let ledger: any CarrierLedger

    package init(
        name: String, seed: UInt64, services: [CourierService], calendar: ServiceCalendar = ServiceCalendar(),
        rates: JourneyRates = JourneyRates(), faults: CourierFaults = .none, ledger: any CarrierLedger
    ) {
        self.name = name
        self.seed = seed
        self.services = services
        self.calendar = calendar
        self.rates = rates
        self.faults = faults
        self.ledger = ledger
    }

    package func quote(_ request: QuoteRequest) throws(CarrierFailure) -> [Quote] {
        services.compactMap { service in
            guard request.service == nil || request.service == service.code else { return nil }
            return try? service.quote(request, calendar: calendar)
        }
    }

    // MARK: Labels

    package func buyLabel(_ request: LabelRequest) throws(CarrierFailure) -> LabelReply {
        if happens("unavailable", request.idempotencyKey, at: request.at, faults.unavailable) {
            throw .unavailable(retryAfter: .seconds(30), detail: "\(name) is down for maintenance.")
        }
        let fingerprint = Self.fingerprint(request)
        if let label = try kept({ try ledger.label(idempotencyKey: request.idempotencyKey) }) {
            return try first(label, fingerprint)
        }
        if happens("refused", request.idempotencyKey, at: nil, faults.refused) {
            throw .refused(CarrierRefusal(.vendor, "\(name) does not take this parcel."))
        }
        var quotes: [Quote] = []
        for parcel in [request.parcel] + request.others { quotes.append(try quote(parcel, for: request)) }
        let isUnknown = happens("unknown", request.idempotencyKey, at: request.at, faults.unknown)
        if isUnknown, !happens("bought", request.idempotencyKey, at: request.at, 500_000) {
            throw .unknownOutcome(detail: "\(name) did not answer in time.")
        }
        let label = try issue(request, quotes, fingerprint)
        if isUnknown { throw .unknownOutcome(detail: "\(name) did not answer in time.") }
        return try first(label, fingerprint)
    }

    package func find(idempotencyKey: String) throws(CarrierFailure) -> LabelReply? {
        guard let first = try kept({ try ledger.label(idempotencyKey: idempotencyKey) }) else { return nil }
        return try reply(first)
    }

    /// A label with those of the other pieces of its shipment.
    private func reply(_ first: IssuedLabel) throws(CarrierFailure) -> LabelReply {
        var reply = first.reply
        for piece in 1..<(first.pieces ?? 1) + 1 where piece > 1 {
            let key = IssuedLabel.key(first.idempotencyKey, piece: piece)
            guard let other = try kept({ try ledger.label(idempotencyKey: key) }) else { continue }
            reply.others.append(other.reply)
        }
        return reply
    }

    package func void(_ request: VoidRequest) throws(CarrierFailure) -> VoidReply {
        let number = request.trackingNumber
        if request.isShipment { return try voidShipment(request) }
        guard let label = try kept({ try ledger.settle(trackingNumber: number, as: .voided(at: request.at)) }) else {
            throw .refused(CarrierRefusal(.unknownNumber, "\(name) has no label '\(number)'."))
        }
        guard let voidedAt = label.voidedAt else {
            throw .refused(CarrierRefusal(.voidAfterHandover, "'\(number)' was handed over and cannot be voided."))
        }
        return VoidReply(trackingNumber: number, voidedAt: voidedAt, credit: label.price)
    }

    /// All pieces or none.
    private func voidShipment(_ request: VoidRequest) throws(CarrierFailure) -> VoidReply {
        let number = request.trackingNumber
        guard let first = try kept({ try ledger.label(trackingNumber: number) }) else {
            throw .refused(CarrierRefusal(.unknownNumber, "\(name) has no label '\(number)'."))
        }
        var pieces = [first]
        for other in try reply(first).others {
            if let label = try kept({ try ledger.label(trackingNumber: other.trackingNumber) }) { pieces.append(label) }
        }
        if let gone = pieces.first(where: { $0.handedOverAt != nil }) {
            throw .refused(
                CarrierRefusal(.voidAfterHandover, "'\(gone.trackingNumber)' of '\(number)' was handed over: void the others one by one."))
        }
        var answer = VoidReply(trackingNumber: number, voidedAt: request.at, credit: Money(0, first.price.currency))
        for piece in pieces {
            let one = try void(VoidRequest(trackingNumber: piece.trackingNumber, at: request.at))
            answer.voidedAt = min(answer.voidedAt, one.voidedAt)
            answer.credit = Money(answer.credit.minor + one.credit.minor, one.credit.currency)
        }
        return answer
    }

    private func quote(_ parcel: ParcelFacts, for request: LabelRequest) throws(CarrierFailure) -> Quote {
        guard let service = services.first(where: { $0.code == request.service }) else {
            throw .refused(CarrierRefusal(.serviceUnknown, "\(name) has no service '\(request.service)'."))
        }
        guard request.recipientLines.contains(where: { !$0.isEmpty }) else {
            throw .refused(CarrierRefusal(.addressInvalid, "The recipient has no name and street."))
        }
        do {
            return try service.quote(
                QuoteRequest(from: request.from, to: request.to, parcel: parcel, handOver: request.at),
                calendar: calendar)
        } catch { throw .refused(error) }
    }

    /// Last piece first: a shipment stands when its first piece does.
    private func issue(
        _ request: LabelRequest, _ quotes: [Quote], _ fingerprint: String
    ) throws(CarrierFailure) -> IssuedLabel {
        for piece in stride(from: quotes.count, to: 1, by: -1) {
            let key = IssuedLabel.key(request.idempotencyKey, piece: piece)
            _ = try issue(key, request, quotes[piece - 1], fingerprint, pieces: nil)
        }
        return try issue(
            request.idempotencyKey, request, quotes[0], fingerprint, pieces: quotes.count > 1 ? quotes.count : nil)
    }

    private func issue(
        _ key: String, _ request: LabelRequest, _ quote: Quote, _ fingerprint: String, pieces: Int?
    ) throws(CarrierFailure) -> IssuedLabel {
        var attempt = 0
        while true {
            let label = IssuedLabel(
                idempotencyKey: key, fingerprint: fingerprint,
                trackingNumber: CourierNumber.make(seed: seed, key: key, attempt: attempt),
                service: quote.service, price: quote.price, zone: quote.zone, billableWeight: quote.billableWeight,
                transitDays: quote.transitDays,
                routingCode: "\(request.to.country)-\(request.to.postalCode.prefix(3).uppercased())",
                origin: request.from.town, destination: request.to.town, issuedAt: request.at,
                country: request.to.country.code, pieces: pieces)
            let standing = try kept { try ledger.insert(label) }
            if standing.idempotencyKey == key { return standing }
            attempt += 1
        }
    }

    private func first(_ label: IssuedLabel, _ fingerprint: String) throws(CarrierFailure) -> LabelReply {
        guard label.fingerprint == fingerprint else {
            throw .refused(CarrierRefusal(.keyReused, "The key '\(label.idempotencyKey)' bought a label for another parcel."))
        }
        return try reply(label)
    }

    /// Of everything but the address lines, which are not kept in any form.
    private static func fingerprint(_ request: LabelRequest) -> String {
        let from = request.from, to = request.to, size = request.parcel.dimensions
        let parts = [
            request.service, request.reference, from.country.code, from.region, from.postalCode, from.town, to.country.code,
            to.region, to.postalCode, to.town, "\(request.parcel.weight)", "\(size.length)", "\(size.width)", "\(size.height)",
        ] + request.others.map { "\($0.weight) \($0.dimensions.length) \($0.dimensions.width) \($0.dimensions.height)" }
        return String(parts.joined(separator: "\u{1F}").stableHash, radix: 16)
    }

    // MARK: Hand-over and tracking

    package func manifest(_ request: ManifestRequest) throws(CarrierFailure) -> ManifestReply {
        var random = SeededRandom(seed: seed).fork("manifest").fork(request.idempotencyKey)
        let number = "WM\(1_000_000_000 + random.next() % 9_000_000_000)"
        var reply = ManifestReply(manifestNumber: number, accepted: [], rejected: [])
        for tracking in request.trackingNumbers {
            let settlement = LabelSettlement.handedOver(at: request.handedOver, manifestNumber: number)
            let label = try kept { try ledger.settle(trackingNumber: tracking, as: settlement) }
            let refusal: CarrierRefusal? =
                switch label {
                case nil: CarrierRefusal(.unknownNumber, "\(name) has no label '\(tracking)'.")
                case let label? where label.voidedAt != nil: CarrierRefusal(.alreadyVoided, "'\(tracking)' was voided.")
                case let label? where label.manifestNumber != number:
                    CarrierRefusal(.alreadyManifested, "'\(tracking)' stands on manifest \(label.manifestNumber ?? "").")
                default: nil
                }
            if let refusal { reply.rejected.append(.init(trackingNumber: tracking, refusal: refusal)) } else {
                reply.accepted.append(tracking)
            }
        }
        return reply
    }

    /// Accepted until the parcel is loaded for its last mile, or has met another end.
    package func intercept(_ request: InterceptRequest) throws(CarrierFailure) -> InterceptReply {
        let number = request.trackingNumber
        guard let label = try kept({ try ledger.label(trackingNumber: number) }) else {
            throw .refused(CarrierRefusal(.unknownNumber, "\(name) has no label '\(number)'."))
        }
        if let at = label.interceptedAt { return InterceptReply(trackingNumber: number, turnedAt: at) }
        guard label.handedOverAt != nil, !isAtItsEnd(label, by: request.at) else {
            let reason = label.handedOverAt == nil ? "was not handed over" : "is at the door already"
            throw .refused(CarrierRefusal(.notInterceptable, "'\(number)' \(reason) and is not turned back."))
        }
        let kept = try kept { try ledger.settle(trackingNumber: number, as: .intercepted(at: request.at)) }
        return InterceptReply(trackingNumber: number, turnedAt: kept?.interceptedAt ?? request.at)
    }

    private func isAtItsEnd(_ label: IssuedLabel, by at: Instant) -> Bool {
        let ends: [TrackingCode] = [.outForDelivery, .returnToOrigin, .lost, .damaged]
        return all(label).contains { ends.contains($0.code) && $0.at <= at }
    }

    /// Accepted within the country until the parcel is loaded for its last mile, or was turned back. Its days stay the same.
    package func redirect(_ request: RedirectRequest) throws(CarrierFailure) -> RedirectReply {
        let number = request.trackingNumber
        guard let label = try kept({ try ledger.label(trackingNumber: number) }) else {
            throw .refused(CarrierRefusal(.unknownNumber, "\(name) has no label '\(number)'."))
        }
        let isOpen = label.handedOverAt != nil && label.interceptedAt == nil && !isAtItsEnd(label, by: request.at)
        guard isOpen, label.country == nil || label.country == request.to.country.code else {
            let reason = isOpen ? "would leave the country" : "is not on its way, or at the door already"
            throw .refused(CarrierRefusal(.notRedirectable, "'\(number)' \(reason) and is not brought elsewhere."))
        }
        let settled = LabelSettlement.redirected(at: request.at, town: request.to.town)
        let kept = try kept { try ledger.settle(trackingNumber: number, as: settled) }
        return RedirectReply(trackingNumber: number, acceptedAt: kept?.redirectedAt ?? request.at)
    }

    package func track(
        _ trackingNumbers: [String], since: Instant, now: Instant
    ) throws(CarrierFailure) -> [TrackingUpdate] {
        var updates: [TrackingUpdate] = []
        for number in Set(trackingNumbers).sorted() {
            guard let label = try kept({ try ledger.label(trackingNumber: number) }) else { continue }
            updates += all(label).filter { $0.at > since && $0.at <= now }
        }
        return updates.sorted { ($0.at, $0.trackingNumber) < ($1.at, $1.trackingNumber) }
    }

    /// All that ever happens to the parcel, by time. A pure function: the same after a restart.
    package static func journey(of facts: ShipmentFacts) -> [TrackingUpdate] { CourierJourney(facts).updates }

    private func all(_ label: IssuedLabel) -> [TrackingUpdate] {
        let created = TrackingUpdate(
            trackingNumber: label.trackingNumber, at: label.issuedAt, code: .labelCreated, place: label.origin,
            detail: "Label created", vendorCode: "LC")
        guard let handedOver = label.handedOverAt else { return [created] }
        return [created] + Self.journey(of: ShipmentFacts(
            seed: seed, trackingNumber: label.trackingNumber, handedOver: handedOver, transitDays: label.transitDays,
            origin: label.origin, destination: label.destination, calendar: calendar, rates: rates,
            interceptedAt: label.interceptedAt))
    }

    // MARK: Means

    private func happens(_ fault: String, _ key: String, at: Instant?, _ partsPerMillion: Int) -> Bool {
        var random = SeededRandom(seed: seed).fork(fault).fork(key).fork(at.map { String($0.micros) } ?? "")
        return random.chance(partsPerMillion: partsPerMillion)
    }

    /// What the ledger cannot do now, the courier cannot.
    private func kept<Value>(_ work: () throws -> Value) throws(CarrierFailure) -> Value {
        do { return try work() } catch {
            throw .unavailable(retryAfter: nil, detail: "\(name)'s ledger failed: \(error).")
        }
    }
}
