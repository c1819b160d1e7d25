import Facilities
import Kernel
import Store
import TestGround
import Testing

@Suite struct SaveSitesTests {
    @Test(arguments: EngineKind.all)
    func `a site is kept as it was stated, and changed under its code`(_ kind: EngineKind) throws {
        try withNetwork(kind) { stepper in
            let id = try stepper.addSite()
            var changed = NewSite.porto()
            changed.handlingMinutes = 45
            changed.address.street = "Rua Nova 2"
            let again = try stepper.perform(InPlace { [changed] tx in try SaveSites.run([changed], in: tx) })
            #expect(again.map(\.id) == [id])
            #expect(again.map(\.isNew) == [false])
            let site = try #require(try stepper.network().site(id))
            #expect(site.handlingMinutes == 45)
            #expect(site.address.street == "Rua Nova 2")
            #expect(site.place.longitude == -8_629_105)
            #expect(site.zone.name == "Europe/Lisbon")
            #expect(try stepper.events(of: id) == [FacilitiesEvents.siteSaved, FacilitiesEvents.siteSaved])
        }
    }

    @Test func `a site is refused by the first rule it breaks`() throws {
        try withNetwork(.sqliteMemory) { stepper in
            _ = try stepper.addSite()
            func refused(_ change: (inout NewSite) -> Void) -> [String]? {
                var site = NewSite.porto("NEW1")
                change(&site)
                return stepper.refused { [site] tx in try SaveSites.run([.porto("OK"), site], in: tx) }
            }
            #expect(refused { $0.code = "A B" } == ["facilities.code_invalid", "/sites/1/code"])
            #expect(refused { $0.name = "" } == ["facilities.name_invalid", "/sites/1/name"])
            #expect(refused { $0.operatedBy = "" } == ["facilities.name_invalid", "/sites/1/operator"])
            #expect(refused { $0.zone = "Europe/Atlantis" } == ["facilities.zone_unknown", "/sites/1/zone"])
            #expect(refused { $0.unitCost = -1 } == ["facilities.negative", "/sites/1/unit_cost"])
            #expect(refused { $0.code = "OK" } == ["facilities.site_repeated", "/sites/1/code"])
            #expect(refused { ($0.code, $0.mode) = ("OPO1", .partner) } == ["facilities.site_fixed", "/sites/1/mode"])
            #expect(refused { ($0.code, $0.kind) = ("OPO1", .hub) } == ["facilities.site_fixed", "/sites/1/kind"])
            #expect(try stepper.network().sites.count == 1)
        }
    }

    @Test(arguments: EngineKind.all)
    func `hours are replaced, and a closure can be lifted`(_ kind: EngineKind) throws {
        try withNetwork(kind) { stepper in
            let site = try stepper.addSite()
            #expect(try stepper.network().calendar(site)?.windows.count == 7)
            let early = OpeningWindow(weekday: 6, opens: clock("06:00"), closes: clock("08:00"))
            let late = OpeningWindow(weekday: 6, opens: clock("12:00"), closes: clock("18:00"))
            let christmas = SiteClosure(site: site, day: day("2026-12-25"), reason: "Christmas")
            let saturday = SiteClosure(site: site, day: day("2026-11-21"), reason: "Stocktaking")
            try stepper.perform(InPlace { tx in
                try SetHours.run([NewHours(site: site, windows: [early])], in: tx)
                try SetHours.run([NewHours(site: site, windows: [late])], in: tx)
                try SetClosures.run([christmas, saturday], in: tx)
            })
            #expect(try stepper.network().calendar(site)?.windows == [late])
            #expect(try stepper.network().calendar(site)?.closures == [day("2026-11-21"), day("2026-12-25")])
            let reopened = [SiteDay(site: site, day: saturday.day)]
            try stepper.perform(InPlace { tx in try SetClosures.run([], reopened: reopened, in: tx) })
            let opening = try stepper.network().calendar(site)?.nextOpening(atOrAfter: .testStart)
            #expect(opening == Instant("2026-11-21T12:00:00Z"))
        }
    }

    @Test func `hours and closures are refused by the first rule they break`() throws {
        try withNetwork(.sqliteMemory) { stepper in
            let site = try stepper.addSite()
            let window = OpeningWindow(weekday: 1, opens: clock("08:00"), closes: clock("16:00"))
            let second = OpeningWindow(weekday: 1, opens: clock("15:00"), closes: clock("17:00"))
            let never = OpeningWindow(
                weekday: 1, opens: clock("08:00"), closes: clock("16:00"),
                validity: Validity(from: day("2026-01-02"), until: day("2026-01-02")))
            func refused(_ hours: NewHours...) -> [String]? { stepper.refused { tx in try SetHours.run(hours, in: tx) } }
            let hours = NewHours(site: site, windows: [window])
            #expect(refused(hours, NewHours(site: SiteID(9), windows: [])) == ["facilities.site_unknown", "/hours/1/site"])
            #expect(refused(hours, hours) == ["facilities.site_repeated", "/hours/1/site"])
            #expect(
                refused(NewHours(site: site, windows: [window, second]))
                    == ["facilities.window_invalid", "/hours/0/windows/1"])
            #expect(
                refused(NewHours(site: site, windows: [window, never]))
                    == ["facilities.window_invalid", "/hours/0/windows/1"])
            let closure = SiteClosure(site: site, day: day("2026-12-25"), reason: "")
            #expect(
                stepper.refused { tx in try SetClosures.run([closure], in: tx) }
                    == ["facilities.reason_invalid", "/closures/0/reason"])
            let elsewhere = [SiteDay(site: SiteID(9), day: day("2026-12-25"))]
            #expect(
                stepper.refused { tx in try SetClosures.run([], reopened: elsewhere, in: tx) }
                    == ["facilities.site_unknown", "/reopened/0/site"])
        }
    }
}
