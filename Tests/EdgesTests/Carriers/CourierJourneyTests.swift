import Edges
import Kernel
import Testing

@Suite struct CourierJourneyTests {
    private func facts(_ number: Int, rates: JourneyRates, transitDays: Int = 3) throws -> ShipmentFacts {
        // Hand-overs spread over two weeks and all hours.
        let handedOver = try #require(Instant("2026-11-16T00:00:00Z")) + .minutes(number * 37 % 20_160)
        return ShipmentFacts(
            seed: 7, trackingNumber: "WB\(number)", handedOver: handedOver, transitDays: transitDays, origin: "Reno",
            destination: "Boise", calendar: ServiceCalendar(zone: try #require(TimeZoneRule.named("America/Boise"))),
            rates: rates)
    }

    private let rough = JourneyRates(
        notHome: 200_000, addressNotFound: 50_000, refused: 50_000, lost: 50_000, damaged: 50_000, delayed: 100_000)

    @Test("a journey goes forward in time, begins with the hand-over and ends for good", arguments: [0, 1, 3, 8])
    func order(transitDays: Int) throws {
        for number in 0..<500 {
            let facts = try facts(number, rates: rough, transitDays: transitDays)
            let journey = CourierSimulator.journey(of: facts)
            #expect(journey.first?.at == facts.handedOver && journey.first?.code == .handedOver)
            #expect(journey.last?.code.isFinal == true)
            #expect(journey.count { $0.code.isFinal } == 1)
            for (earlier, later) in zip(journey, journey.dropFirst()) { #expect(earlier.at < later.at) }
        }
    }

    @Test("without mishaps a parcel is delivered on the promised day, signed for")
    func smooth() throws {
        for number in 0..<200 {
            let facts = try facts(number, rates: JourneyRates())
            let journey = CourierSimulator.journey(of: facts)
            let promised = facts.calendar.firstAttempt(handedOver: facts.handedOver, transitDays: 3)
            let last = try #require(journey.last)
            #expect(last.code == .delivered && last.proof?.hasPrefix("pod_") == true)
            #expect(facts.calendar.zone.day(of: last.at) == promised)
            #expect(journey.map(\.code) == [
                .handedOver, .arrivedAtHub, .departedHub, .inTransit, .arrivedAtHub, .departedHub, .outForDelivery, .delivered,
            ])
            #expect(journey.allSatisfy { $0.reason == nil })
        }
    }

    @Test("the same facts give the same journey, whatever was asked before")
    func repeatable() throws {
        let first = try (0..<50).map { CourierSimulator.journey(of: try facts($0, rates: rough)) }
        let again = try (0..<50).reversed().map { CourierSimulator.journey(of: try facts($0, rates: rough)) }
        #expect(first == again.reversed())
    }

    @Test("nothing goes out for delivery on a day without service")
    func days() throws {
        for number in 0..<500 {
            let facts = try facts(number, rates: rough)
            for update in CourierSimulator.journey(of: facts) where update.code == .outForDelivery {
                #expect(facts.calendar.isServed(facts.calendar.zone.day(of: update.at)))
            }
        }
    }

    @Test("nobody home every time: so many attempts, then back to the sender")
    func absent() throws {
        let rates = JourneyRates(notHome: 1_000_000, attempts: 2)
        let journey = CourierSimulator.journey(of: try facts(3, rates: rates))
        #expect(journey.count { $0.code == .attempted } == 2)
        #expect(journey.suffix(2).map(\.code) == [.returnToOrigin, .returned])
        #expect(journey.last?.reason == .consigneeNotHome && journey.last?.place == "Reno")
    }

    @Test("certain mishaps end as they must", arguments: [
        (JourneyRates(refused: 1_000_000), [.attempted, .returnToOrigin, .returned], .consigneeRefused),
        (
            JourneyRates(addressNotFound: 1_000_000, attempts: 1), [.attempted, .returnToOrigin, .returned],
            .consigneeIncorrectAddress
        ),
        (JourneyRates(damaged: 1_000_000), [.damaged, .returnToOrigin, .returned], .carrierDamagedParcel),
        (JourneyRates(lost: 1_000_000), [.departedHub, .inTransit, .lost], .carrierParcelLost),
    ] as [(JourneyRates, [TrackingCode], IncidentReason)])
    func mishaps(rates: JourneyRates, ending: [TrackingCode], reason: IncidentReason) throws {
        let journey = CourierSimulator.journey(of: try facts(1, rates: rates))
        #expect(journey.suffix(3).map(\.code) == ending)
        #expect(journey.last?.reason == reason)
    }

    @Test("mishaps come as often as their rates say, and one rate shifts no other draw")
    func rates() throws {
        func lost(_ rates: JourneyRates) throws -> [Int] {
            try (0..<4000).filter { CourierSimulator.journey(of: try facts($0, rates: rates)).last?.code == .lost }
        }
        let alone = try lost(JourneyRates(lost: 50_000))
        // 200 expected of 4000, standard deviation 13.8.
        #expect((145...255).contains(alone.count))
        #expect(try lost(JourneyRates(notHome: 400_000, refused: 100_000, lost: 50_000, delayed: 300_000)) == alone)
    }

    @Test("a delay is told with its cause and costs one service day")
    func delayed() throws {
        let facts = try facts(5, rates: JourneyRates(delayed: 1_000_000))
        let journey = CourierSimulator.journey(of: facts)
        #expect(journey.contains { $0.code == .exception && $0.reason != nil })
        let promised = facts.calendar.firstAttempt(handedOver: facts.handedOver, transitDays: 3)
        #expect(facts.calendar.zone.day(of: try #require(journey.last).at) == facts.calendar.day(1, after: promised))
    }
}
