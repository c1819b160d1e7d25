import Kernel
import Rehearsal

extension RehearsalReport {
    /// A rehearsal of 14,000 orders over eight weeks at three sites.
    static let sample: RehearsalReport = {
        var random = SeededRandom(seed: 11)
        let start = CivilDate(dayNumber: 17_420)
        let days = (0..<13_200).map { _ in
            Duration.minutes(600 + random.below(4000) + (random.chance(partsPerMillion: 300_000) ? random.below(9000) : 0))
        }
        let promises = (0..<13_200).map { _ in
            (day: start + random.below(56), isKept: random.chance(partsPerMillion: 940_000))
        }
        let fill = (0..<14_800).map { _ in Int64(150_000 + random.below(400_000) + random.below(420_000)) }
        let backlog = [("Cajamar", 90), ("Contagem", 55), ("Joinville", 30)].map { site, size in
            SiteBacklog(
                site,
                (0..<60).map { day in
                    let viral = day == 24 || day == 25 ? 5 : 1
                    return SiteBacklog.Point(start + day, Int64((size + random.below(size / 2)) * viral * min(60 - day, 9) / 9))
                })
        }
        var report = RehearsalReport(
            seed: 42, digest: "5f1d7a84c3b2e6908f1d7a84c3b2e6905f1d7a84c3b2e6908f1d7a84c3b2e690", engine: "sqlite",
            from: Instant(micros: 1_505_088_000_000_000), until: Instant(micros: 1_510_444_800_000_000), orders: 14_000,
            finalStates: [
                NamedCount("delivered", 13_200), NamedCount("cancelled", 641), NamedCount("returned", 122),
                NamedCount("lost", 21), NamedCount("open", 16),
            ],
            unfinished: [NamedCount("no supply before the end", 16)], daysToDoor: DaysToDoor(days),
            promises: PromiseRecord(promises), parcels: ParcelRecord(parcelsByOrder: (0..<13_343).map { $0 % 9 == 0 ? 2 : 1 }),
            shipping: Sample.shipping, cartonFill: CartonFill(fill), backlog: backlog,
            inputCorners: [NamedCount("dimensions missing, category median taken", 312), NamedCount("order without items", 77)],
            exceptions: [NamedCount("pick.short", 18), NamedCount("parcel <lost>", 21)], auditFindings: 0,
            pace: Pace(events: 154_318, orders: 14_000, wall: .milliseconds(18_420)))
        report.wishes = [NamedCount("another address: accepted", 310), NamedCount("cancelled: before_work", 402)]
        return report
    }()

    /// A rehearsal in which nothing happened.
    static let nothing = RehearsalReport(
        seed: 1, digest: "e3b0", engine: "sqlite", from: .distantPast, until: .distantPast, orders: 0, finalStates: [],
        unfinished: [], daysToDoor: DaysToDoor([]), promises: PromiseRecord([]), parcels: ParcelRecord(parcelsByOrder: []),
        shipping: Sample.noShipping, cartonFill: CartonFill([]), backlog: [], inputCorners: [], exceptions: [],
        auditFindings: 3, pace: Pace(events: 0, orders: 0, wall: .zero))
}

private enum Sample {
    static let shipping = ShippingRecord(total: Money(21_482_230, brl), shippedOrders: 13_343)
    static let noShipping = ShippingRecord(total: Money(0, brl), shippedOrders: 0)

    private static var brl: Currency {
        guard let currency = Currency("BRL") else { preconditionFailure("BRL is a currency") }
        return currency
    }
}
