import Facilities
import Kernel
import Store
import TestGround
import Testing

@Suite struct SaveLocationsTests {
    private static func bin(_ code: String, in parent: String?, walk: Int64 = 0) -> NewLocation {
        NewLocation(code: code, parent: parent, kind: .bin, walk: walk, pickable: true, sellable: true)
    }

    private static func zone(_ code: String, in parent: String? = nil) -> NewLocation {
        NewLocation(code: code, parent: parent, kind: .zone, pickable: false, sellable: false)
    }

    @Test(arguments: EngineKind.all)
    func `a tree may come in any order, and its places are walked in theirs`(_ kind: EngineKind) throws {
        try withNetwork(kind) { stepper in
            let site = try stepper.addSite()
            let new = [Self.bin("A-1", in: "A", walk: 20), Self.bin("A-2", in: "A", walk: 10), Self.zone("A")]
            let saved = try stepper.perform(InPlace { tx in try SaveLocations.run(new, at: site, in: tx) })
            #expect(saved[0].parent == saved[2].id)
            let (bins, found) = try stepper.read { tx in
                (
                    try Locations.all(at: site, kind: .bin, in: tx),
                    try Locations.find(["A-1", "none"], at: site, in: tx)
                )
            }
            #expect(bins.map(\.code) == ["A-2", "A-1"])
            #expect(found == ["A-1": saved[0]])
        }
    }

    @Test(arguments: EngineKind.all)
    func `a place may move under another, and keeps its id`(_ kind: EngineKind) throws {
        try withNetwork(kind) { stepper in
            let site = try stepper.addSite()
            let new = [Self.zone("A"), Self.zone("B"), Self.bin("X", in: "A")]
            let before = try stepper.perform(InPlace { tx in try SaveLocations.run(new, at: site, in: tx) })
            let moved = [Self.bin("X", in: "B")]
            let after = try stepper.perform(InPlace { tx in try SaveLocations.run(moved, at: site, in: tx) })
            #expect(after.map(\.id) == [before[2].id])
            let found = try stepper.read { tx in try Locations.find(after.map(\.id), in: tx) }
            #expect(found[before[2].id]?.parent == before[1].id)
        }
    }

    @Test func `a location is refused by the first rule it breaks`() throws {
        try withNetwork(.sqliteMemory) { stepper in
            let site = try stepper.addSite(), other = try stepper.addSite("OPO2")
            try stepper.perform(InPlace { tx in
                _ = try SaveLocations.run([Self.zone("A"), Self.zone("B", in: "A")], at: site, in: tx)
                _ = try SaveLocations.run([Self.zone("ELSEWHERE")], at: other, in: tx)
            })
            func refused(_ locations: NewLocation..., at place: SiteID? = nil) -> [String]? {
                stepper.refused { tx in try SaveLocations.run(locations, at: place ?? site, in: tx) }
            }
            #expect(refused(at: SiteID(9)) == ["facilities.site_unknown", "-"])
            #expect(refused(Self.zone("")) == ["facilities.code_invalid", "/locations/0/code"])
            #expect(refused(Self.zone("C"), Self.zone("C")) == ["facilities.location_repeated", "/locations/1/code"])
            let closed = NewLocation(code: "C", kind: .bin, pickable: true, sellable: false)
            #expect(refused(closed) == ["facilities.pickable_not_sellable", "/locations/0/pickable"])
            #expect(refused(Self.bin("C", in: "NONE")) == ["facilities.parent_unknown", "/locations/0/parent"])
            #expect(refused(Self.bin("C", in: "ELSEWHERE")) == ["facilities.parent_unknown", "/locations/0/parent"])
            #expect(refused(Self.zone("C", in: "C")) == ["facilities.location_cycle", "/locations/0/parent"])
            #expect(refused(Self.zone("A", in: "B")) == ["facilities.location_cycle", "/locations/0/parent"])
            #expect(
                refused(Self.zone("D", in: "B"), Self.zone("A", in: "D"))
                    == ["facilities.location_cycle", "/locations/0/parent"])
        }
    }
}
