import Edges
import Kernel
import Testing

@Suite struct CourierSimulatorTests {
    private let noon: Instant
    private let reno: CarrierPlace
    private let boise: CarrierPlace

    init() throws {
        let country = try #require(Country("US"))
        noon = try #require(Instant("2026-11-18T12:00:00Z"))
        reno = CarrierPlace(
            country: country, postalCode: "89434", town: "Sparks",
            coordinates: Coordinates(latitude: 39_534_000, longitude: -119_752_000))
        boise = CarrierPlace(
            country: country, postalCode: "83702", town: "Boise",
            coordinates: Coordinates(latitude: 43_615_000, longitude: -116_202_000))
    }

    private func courier(
        _ ledger: any CarrierLedger = InMemoryCarrierLedger(), faults: CourierFaults = .none
    ) throws -> CourierSimulator {
        CourierSimulator(
            name: "Waybill Courier", seed: 42, services: try BuiltInTariff.services(currency: #require(Currency("USD"))),
            faults: faults, ledger: ledger)
    }

    private func parcel(_ weight: Grams = 800) -> ParcelFacts {
        ParcelFacts(weight: weight, dimensions: Dimensions(length: 250, width: 180, height: 90))
    }

    private func purchase(_ key: String, service: String = "STANDARD", weight: Grams = 800) -> LabelRequest {
        LabelRequest(
            idempotencyKey: key, service: service, from: reno, to: boise, recipientLines: ["A. Person", "1 Main Street"],
            senderLines: ["Glow & Co."], parcel: parcel(weight), reference: "ord_1", at: noon)
    }

    private func refusal(_ reason: CarrierRefusal.Reason, _ work: () throws -> Void) {
        let failure = #expect(throws: CarrierFailure.self) { try work() }
        guard case .refused(let refusal)? = failure else {
            Issue.record("not a refusal: \(String(describing: failure))")
            return
        }
        #expect(refusal.reason == reason)
    }

    // MARK: Quotes

    @Test("all services are quoted in order; a dearer one is not slower")
    func quotes() throws {
        let quotes = try courier().quote(QuoteRequest(from: reno, to: boise, parcel: parcel(), handOver: noon))
        #expect(quotes.map(\.service) == ["ECONOMY", "STANDARD", "EXPRESS"])
        #expect(quotes.allSatisfy { $0.zone == "4" && $0.billableWeight == 810 })
        for (slow, fast) in zip(quotes, quotes.dropFirst()) {
            #expect(slow.price.minor < fast.price.minor && slow.deliverOn >= fast.deliverOn)
        }
        // Zone 4, up to 1 kg: (4.20 + 3 × 0.34 + 0.85 + 3 × 0.06) × 1.085
        #expect(quotes[1].price.minor == 678)
    }

    @Test("a parcel that is too heavy gets no quote; a place nobody knows is priced by the outermost zone")
    func noQuote() throws {
        let courier = try courier()
        #expect(try courier.quote(QuoteRequest(from: reno, to: boise, parcel: parcel(40_000), handOver: noon)).isEmpty)
        var nowhere = boise
        nowhere.coordinates = nil
        let far = try courier.quote(QuoteRequest(from: reno, to: nowhere, parcel: parcel(), handOver: noon))
        #expect(far.map(\.zone) == ["8", "8", "8"])
    }

    @Test("of two cards that hold, the one that began last counts; none before the first")
    func dated() throws {
        var courier = try courier()
        let old = courier.services[1].cards[0], day = try #require(CivilDate("2026-11-18"))
        func card(_ from: CivilDate, fuel: Int64) throws -> RateCard {
            try RateCard(
                currency: old.currency, validity: Validity(from: from), zoneNames: old.zoneNames, zones: old.zones,
                breaks: old.breaks, dimensional: old.dimensional, fuelPartsPerMillion: fuel, rounding: old.rounding)
        }
        courier.services[1].cards = [try card(day, fuel: 500_000), try card(day + -30, fuel: 0), try card(day + 1, fuel: 0)]
        let request = QuoteRequest(from: reno, to: boise, parcel: parcel(), service: "STANDARD", handOver: noon)
        #expect(try courier.quote(request).first?.price.minor == 938)
        courier.services[1].cards.removeFirst(2)
        #expect(try courier.quote(request).isEmpty)
    }

    // MARK: Labels

    @Test("the same key returns the first label; for another parcel it is refused")
    func idempotent() throws {
        let courier = try courier()
        let first = try courier.buyLabel(purchase("out_1"))
        #expect(CourierNumber.isValid(first.trackingNumber) && first.routingCode == "US-837" && first.artwork == .ours)
        #expect(try courier.buyLabel(purchase("out_1")) == first)
        #expect(try courier.find(idempotencyKey: "out_1") == first)
        #expect(try courier.buyLabel(purchase("out_2")).trackingNumber != first.trackingNumber)
        refusal(.keyReused) { _ = try courier.buyLabel(purchase("out_1", weight: 900)) }
    }

    @Test("pieces go under the first one's number, are bought with one key, found with it and given back together or one by one")
    func shipment() throws {
        let ledger = InMemoryCarrierLedger(), courier = try courier(ledger)
        var three = purchase("out_1")
        three.others = [parcel(900), parcel(1000)]
        let bought = try courier.buyLabel(three)
        #expect(bought.others.count == 2 && Set(([bought] + bought.others).map(\.trackingNumber)).count == 3)
        #expect(try courier.buyLabel(three) == bought)
        #expect(try courier.find(idempotencyKey: "out_1") == bought)
        refusal(.keyReused) { _ = try courier.buyLabel(purchase("out_1")) }
        let whole = VoidRequest(trackingNumber: bought.trackingNumber, isShipment: true, at: noon)
        let sum = ([bought] + bought.others).reduce(0) { $0 + $1.price.minor }
        #expect(try courier.void(whole).credit.minor == sum)
        #expect(try courier.void(whole).credit.minor == sum)
        three.idempotencyKey = "out_2"
        let second = try courier.buyLabel(three)
        let taken = [second.others[0].trackingNumber]
        _ = try courier.manifest(ManifestRequest(idempotencyKey: "m", trackingNumbers: taken, handedOver: noon))
        refusal(.voidAfterHandover) {
            _ = try courier.void(VoidRequest(trackingNumber: second.trackingNumber, isShipment: true, at: noon))
        }
        #expect(try courier.void(VoidRequest(trackingNumber: second.trackingNumber, at: noon)).credit == second.price)
    }

    @Test("a shipment of which one piece is not taken is not bought at all")
    func shipmentRefused() throws {
        let courier = try courier()
        var two = purchase("out_1")
        two.others = [parcel(31_000)]
        refusal(.overweight) { _ = try courier.buyLabel(two) }
        #expect(try courier.find(idempotencyKey: "out_1") == nil)
    }

    @Test("a restarted courier makes the same number of the same key")
    func restarted() throws {
        let number = try courier().buyLabel(purchase("out_1")).trackingNumber
        #expect(try courier().buyLabel(purchase("out_1")).trackingNumber == number)
    }

    @Test("a number that another key holds is passed over")
    func collision() throws {
        let ledger = InMemoryCarrierLedger()
        let number = try courier(ledger).buyLabel(purchase("out_1")).trackingNumber
        let other = InMemoryCarrierLedger()
        var squatter = try #require(ledger.label(trackingNumber: number))
        squatter.idempotencyKey = "out_9"
        _ = other.insert(squatter)
        let moved = try courier(other).buyLabel(purchase("out_1")).trackingNumber
        #expect(moved != number && CourierNumber.isValid(moved))
    }

    @Test("eight threads with one key buy one label")
    func threads() async throws {
        let courier = try courier(), request = purchase("out_1")
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { try courier.buyLabel(request).trackingNumber } }
            var numbers: Set<String> = []
            for try await number in group { numbers.insert(number) }
            #expect(numbers.count == 1)
        }
    }

    @Test("what the courier does not take is refused by reason")
    func refusals() throws {
        let courier = try courier()
        refusal(.serviceUnknown) { _ = try courier.buyLabel(purchase("a", service: "ROCKET")) }
        refusal(.overweight) { _ = try courier.buyLabel(purchase("b", weight: 31_000)) }
        var nameless = purchase("c"), endless = purchase("d")
        nameless.recipientLines = [""]
        endless.parcel.dimensions.width = 1751
        refusal(.addressInvalid) { _ = try courier.buyLabel(nameless) }
        refusal(.oversize) { _ = try courier.buyLabel(endless) }
        #expect(try courier.find(idempotencyKey: "a") == nil)
    }

    // MARK: Faults

    @Test("an unknown outcome is resolved by asking, and buying again gives what was bought")
    func unknown() throws {
        let ledger = InMemoryCarrierLedger()
        let flaky = try courier(ledger, faults: CourierFaults(unknown: 1_000_000)), sound = try courier(ledger)
        var bought = 0
        for number in 0..<60 {
            let failure = #expect(throws: CarrierFailure.self) { try flaky.buyLabel(purchase("out_\(number)")) }
            guard case .unknownOutcome? = failure else { Issue.record("not unknown"); return }
            let found = try sound.find(idempotencyKey: "out_\(number)")
            let label = try sound.buyLabel(purchase("out_\(number)"))
            if let found { bought += 1; #expect(found == label) }
        }
        #expect((15...45).contains(bought))
    }

    @Test("an unavailable courier takes the parcel later; a refused purchase stays refused")
    func faults() throws {
        let courier = try courier(faults: CourierFaults(refused: 300_000, unavailable: 300_000))
        var outcomes: [String: Int] = [:]
        for number in 0..<200 {
            var request = purchase("out_\(number)"), answers: [String] = []
            for _ in 0..<12 {
                do {
                    answers.append(try courier.buyLabel(request).trackingNumber)
                } catch {
                    switch error {
                    case .refused: answers.append("refused")
                    case .unavailable: break
                    case .unknownOutcome: Issue.record("no unknown outcome was asked for")
                    }
                }
                request.at = request.at + .minutes(1)
            }
            #expect(Set(answers).count == 1)
            outcomes[answers.first == "refused" ? "refused" : "bought", default: 0] += 1
        }
        #expect((35...85).contains(outcomes["refused"] ?? 0))
    }

    @Test("a ledger that fails makes the courier unavailable, never a wrong answer")
    func brokenLedger() throws {
        struct Broken: CarrierLedger {
            struct Down: Error {}
            func label(idempotencyKey: String) throws -> IssuedLabel? { throw Down() }
            func label(trackingNumber: String) throws -> IssuedLabel? { throw Down() }
            func insert(_ label: IssuedLabel) throws -> IssuedLabel { throw Down() }
            func settle(trackingNumber: String, as settlement: LabelSettlement) throws -> IssuedLabel? { throw Down() }
        }
        let courier = try courier(Broken())
        let failure = #expect(throws: CarrierFailure.self) { try courier.buyLabel(purchase("out_1")) }
        guard case .unavailable? = failure else { Issue.record("not unavailable"); return }
    }

    // MARK: Void, hand-over, tracking

    @Test("a label is voided once, with its price back; the first time stands")
    func void() throws {
        let courier = try courier()
        let label = try courier.buyLabel(purchase("out_1"))
        let reply = try courier.void(VoidRequest(trackingNumber: label.trackingNumber, at: noon + .hours(1)))
        #expect(reply.credit == label.price && reply.voidedAt == noon + .hours(1))
        #expect(try courier.void(VoidRequest(trackingNumber: label.trackingNumber, at: noon + .hours(2))) == reply)
        refusal(.unknownNumber) { _ = try courier.void(VoidRequest(trackingNumber: "WB1", at: noon)) }
    }

    @Test("a manifest takes what can be taken and says why not; repeating it changes nothing")
    func manifest() throws {
        let courier = try courier()
        let numbers = try (1...3).map { try courier.buyLabel(purchase("out_\($0)")).trackingNumber }
        _ = try courier.void(VoidRequest(trackingNumber: numbers[1], at: noon))
        let request = ManifestRequest(idempotencyKey: "man_1", trackingNumbers: numbers + ["WB1"], handedOver: noon + .hours(5))
        let reply = try courier.manifest(request)
        #expect(reply.accepted == [numbers[0], numbers[2]])
        #expect(reply.rejected.map(\.trackingNumber) == [numbers[1], "WB1"])
        #expect(reply.rejected.map(\.refusal.reason) == [.alreadyVoided, .unknownNumber])
        #expect(try courier.manifest(request) == reply)
        let second = ManifestRequest(idempotencyKey: "man_2", trackingNumbers: [numbers[0]], handedOver: noon + .hours(6))
        #expect(try courier.manifest(second).rejected.first?.refusal.reason == .alreadyManifested)
        refusal(.voidAfterHandover) { _ = try courier.void(VoidRequest(trackingNumber: numbers[0], at: noon)) }
    }

    @Test("a parcel is turned back until it is at the door, and comes back instead of going on")
    func intercept() throws {
        let courier = try courier()
        let number = try courier.buyLabel(purchase("k")).trackingNumber
        refusal(.unknownNumber) { _ = try courier.intercept(InterceptRequest(trackingNumber: "nobody's", at: noon)) }
        refusal(.notInterceptable) { _ = try courier.intercept(InterceptRequest(trackingNumber: number, at: noon)) }
        _ = try courier.manifest(ManifestRequest(idempotencyKey: "m", trackingNumbers: [number], handedOver: noon))
        let planned = try courier.track([number], since: .distantPast, now: .distantFuture)
        #expect(planned.contains { $0.code == .outForDelivery })
        let turned = try courier.intercept(InterceptRequest(trackingNumber: number, at: noon + .minutes(5)))
        #expect(try courier.intercept(InterceptRequest(trackingNumber: number, at: noon + .days(1))) == turned)
        let updates = try courier.track([number], since: .distantPast, now: .distantFuture)
        #expect(updates.suffix(2).map(\.code) == [.returnToOrigin, .returned])
        #expect(updates.allSatisfy { $0.code != .outForDelivery && $0.code != .delivered })
        let late = try courier.buyLabel(purchase("l")).trackingNumber
        _ = try courier.manifest(ManifestRequest(idempotencyKey: "n", trackingNumbers: [late], handedOver: noon))
        refusal(.notInterceptable) { _ = try courier.intercept(InterceptRequest(trackingNumber: late, at: noon + .days(60))) }
    }

    @Test("tracking tells each update once, and a restarted server goes on where it was")
    func tracking() throws {
        let ledger = InMemoryCarrierLedger()
        let numbers = try (1...3).map { try courier(ledger).buyLabel(purchase("out_\($0)")).trackingNumber }
        let request = ManifestRequest(
            idempotencyKey: "man_1", trackingNumbers: Array(numbers.prefix(2)), handedOver: noon + .hours(5))
        _ = try courier(ledger).manifest(request)
        let whole = try courier(ledger).track(numbers + ["WB1"], since: .distantPast, now: noon + .days(60))
        var pieces: [TrackingUpdate] = [], since = Instant.distantPast
        for hour in 0..<(60 * 24) {
            let now = noon + .hours(hour)
            pieces += try courier(ledger).track(numbers, since: since, now: now)
            since = now
        }
        #expect(pieces == whole && whole == whole.sorted { ($0.at, $0.trackingNumber) < ($1.at, $1.trackingNumber) })
        #expect(whole.filter { $0.trackingNumber == numbers[2] }.map(\.code) == [.labelCreated])
        #expect(whole.filter { $0.trackingNumber == numbers[0] }.last?.code == .delivered)
        #expect(try courier(ledger).track(numbers, since: noon, now: noon).isEmpty)
    }

    @Test("nothing the courier keeps names the recipient")
    func noPersonalData() throws {
        let ledger = InMemoryCarrierLedger()
        let number = try courier(ledger).buyLabel(purchase("out_1")).trackingNumber
        let kept = String(describing: ledger.label(trackingNumber: number))
        #expect(!kept.contains("Person") && !kept.contains("Main"))
    }
}
