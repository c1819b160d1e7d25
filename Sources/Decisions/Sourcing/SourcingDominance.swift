extension SourcingModel {
    /// The sources that some cheapest plan may need: one that another replaces at no more cost is left out.
    ///
    /// A source replaces another of its own site where it takes the same items, and one of any other site
    /// where it has all that is wanted of them besides.
    func usefulSources() -> [Int] {
        var useful = sources.indices.filter { source in
            items.indices.contains { room[source * items.count + $0] > 0 }
        }
        useful = useful.filter { loser in
            !useful.contains { winner in
                winner != loser && replaces(winner, loser) && (winner < loser || !replaces(loser, winner))
            }
        }
        return useful
    }

    private func replaces(_ winner: Int, _ loser: Int) -> Bool {
        let a = sources[winner], b = sources[loser]
        if a.divisor != 0, b.divisor == 0 || a.divisor < b.divisor { return false }
        let count = items.count
        var grams: Int64 = 0, volume: Int64 = 0
        for item in 0..<count where room[loser * count + item] > 0 {
            let needed = a.site == b.site ? room[loser * count + item] : items[item].target
            if room[winner * count + item] < needed { return false }
            if linear[winner * count + item] > linear[loser * count + item] { return false }
            grams += Int64(room[loser * count + item]) * items[item].grams
            volume += Int64(room[loser * count + item]) * items[item].volume
        }
        return neverDearer(a, b, upTo: b.billable(grams: grams, volume: volume))
    }

    /// Both price lists are stairs that never fall, so comparing at the end of each of b's steps is enough.
    private func neverDearer(_ a: Source, _ b: Source, upTo heaviest: Int64) -> Bool {
        guard heaviest <= a.limit, heaviest <= b.limit else { return false }
        for step in b.breaks {
            let weight = min(breakGrams[step], heaviest)
            if price(a, weight) + a.perParcel + a.late > breakPrice[step] + b.perParcel + b.late { return false }
            if weight == heaviest { break }
        }
        return true
    }
}
