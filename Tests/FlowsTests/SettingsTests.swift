import Facilities
import Flows
import Kernel
import Returns
import Store
import TestGround
import Testing
import Views

@Suite("Settings that people change")
struct SettingsTests {
    @Test("a shift is added, replaced and taken off, and the others stay", arguments: EngineKind.all)
    func shifts(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            let six = try #require(LocalTime("06:00")), two = try #require(LocalTime("14:00")), site = ground.site
            func shift(_ process: WorkProcess, _ day: Int, _ units: Int64) -> SiteCapacity {
                SiteCapacity(process: process, weekday: day, opens: six, closes: two, units: units)
            }
            func stated() throws -> [String] {
                try ground.stepper.read { try SiteCapacity.all(in: $0)[site] ?? [] }.map { "\($0.process) \($0.weekday) \($0.units)" }
            }
            _ = try ground.stepper.perform(ChangeShifts([shift(.pick, 1, 50), shift(.pick, 2, 50)], at: site, actor: "ada"))
            _ = try ground.stepper.perform(ChangeShifts([shift(.pick, 2, 70), shift(.pack, 1, 40)], at: site, actor: "ada"))
            #expect(try stated() == ["pack 1 40", "pick 1 50", "pick 2 70"])
            _ = try ground.stepper.perform(ChangeShifts([shift(.pick, 1, 0)], at: site, takesOff: true, actor: "ada"))
            #expect(try stated() == ["pack 1 40", "pick 2 70"])
            #expect(ground.code(ChangeShifts([shift(.pick, 9, 1)], at: site, actor: "ada")) == "facilities.shift_invalid")
            #expect(try stated() == ["pack 1 40", "pick 2 70"])
        }
    }

    @Test("other return terms hold from their day on, and what held ends the day before", arguments: EngineKind.all)
    func terms(kind: EngineKind) throws {
        try withReturns(kind) { ground in
            try ground.set { $0.windowDays = 30 }
            let today = TimeZoneRule.utc.day(of: ground.now), merchant = ground.merchant
            func change(_ days: Int, from: CivilDate) -> ChangeReturnTerms {
                var terms = ReturnTerms()
                (terms.windowDays, terms.currency) = (days, ground.world.currency)
                return ChangeReturnTerms(merchant, terms, from: from)
            }
            func held() throws -> [String] {
                try ground.stepper.read { try ReturnPolicies.all(of: merchant, in: $0) }.map { policy in
                    "\(policy.validity.from.map { $0.dayNumber - today.dayNumber } ?? -1)"
                        + "..\(policy.validity.until.map { $0.dayNumber - today.dayNumber } ?? -1) \(policy.terms.windowDays)"
                }
            }
            try ground.stepper.perform(change(14, from: today + 5))
            try ground.stepper.perform(change(60, from: today + 2))
            #expect(try held() == ["-1..2 30", "2..5 60", "5..-1 14"])
            try ground.stepper.perform(change(61, from: today + 2))
            #expect(try held() == ["-1..2 30", "2..5 61", "5..-1 14"])
            #expect(ground.code(change(1, from: today + -1)) == "input.invalid")
            #expect(ground.code(change(-1, from: today + 9)) == "input.invalid")
            #expect(try held() == ["-1..2 30", "2..5 61", "5..-1 14"])
        }
    }
}
