import Kernel

extension SourcingModel.Source {
    /// The larger of weight and volume weight, grams rounded up.
    @inline(__always)
    func billable(grams: Int64, volume: Int64) -> Int64 {
        if divisor == 0 || volume <= grams &* divisor { return grams }
        return (volume &+ divisor &- 1) / divisor
    }

    /// Parcels that carry this weight: all but the last are full.
    @inline(__always)
    func parcels(_ billable: Int64) -> Int64 {
        billable <= limit ? 1 : (billable + limit - 1) / limit
    }
}

extension SourcingModel {
    /// Reads the services of each site; a service without prices is none.
    mutating func addSources() {
        let steps = sites.reduce(0) { $0 + $1.options.reduce(0) { $0 + $1.prices.count } }
        breakGrams.reserveCapacity(steps)
        breakPrice.reserveCapacity(steps)
        for site in sites.indices {
            let lines = problem.lines.count
            precondition(sites[site].available.count == lines, "a site states what it has of each line")
            let scarcity = sites[site].scarcity
            precondition(scarcity.isEmpty || scarcity.count == lines, "scarcity is a number a line")
            for option in preferred(of: site) { addSource(site: site, option: option) }
        }
    }

    /// Options by arrival, then service.
    private func preferred(of site: Int) -> [Int] {
        guard sites[site].options.count > 1 else { return Array(sites[site].options.indices) }
        return sites[site].options.indices.sorted {
            let a = sites[site].options[$0], b = sites[site].options[$1]
            return (a.arrival, a.service, $0) < (b.arrival, b.service, $1)
        }
    }

    private mutating func addSource(site: Int, option: Int) {
        let offer = sites[site].options[option]
        precondition(
            offer.accepts.isEmpty || offer.accepts.count == problem.lines.count, "a service takes a line or not")
        guard let last = offer.prices.last, min(offer.maxGrams, last.upToGrams) > 0 else { return }
        let start = breakGrams.count
        for step in offer.prices {
            precondition(breakGrams.count == start || breakGrams[breakGrams.count - 1] < step.upToGrams,
                "price steps ascend by weight")
            breakGrams.append(step.upToGrams)
            breakPrice.append(step.price)
        }
        for step in stride(from: breakPrice.count - 2, through: start, by: -1) {
            breakPrice[step] = min(breakPrice[step], breakPrice[step + 1])
        }
        sources.append(Source(
            site: site, option: option, perParcel: sites[site].handlingPerParcel + problem.splitCost,
            late: lateness(of: offer.arrival), limit: min(offer.maxGrams, last.upToGrams), divisor: offer.dimDivisor,
            takesAll: offer.accepts.isEmpty, breaks: start..<breakGrams.count))
    }

    private func lateness(of arrival: Instant) -> Int64 {
        guard let deadline = problem.deadline, arrival > deadline else { return 0 }
        let day = Duration.days(1).micros
        return ((arrival - deadline).micros + day - 1) / day * problem.latenessPerDay
    }

    /// The carrier's price for this billable weight, minor units.
    @inline(__always)
    func price(_ source: Source, _ billable: Int64) -> Int64 {
        if billable <= source.limit { return step(source, billable) }
        let full = source.parcels(billable) - 1
        return full * step(source, source.limit) + step(source, billable - full * source.limit)
    }

    @inline(__always)
    private func step(_ source: Source, _ billable: Int64) -> Int64 {
        var at = source.breaks.lowerBound
        while breakGrams[at] < billable { at &+= 1 }
        return breakPrice[at]
    }

    /// What a part costs beside its linear cost, scaled: price, parcels, lateness.
    @inline(__always)
    func fixedCost(_ source: Source, grams: Int64, volume: Int64) -> Int64 {
        let billable = source.billable(grams: grams, volume: volume)
        let minor = price(source, billable) + source.perParcel * source.parcels(billable) + source.late
        return minor * Self.scale + 1
    }
}
