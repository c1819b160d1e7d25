import Flows
import Identity
import Kernel
import Orders
import Store
import TestGround
import Testing
import Transport
import Views
import Warehouse

@testable import Console

@Suite struct FloorTests {
    @Test("an order is picked, packed and weighed by scans alone", arguments: EngineKind.shared)
    func pickAndPack(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind) { server in
            let ground = try await FloorGround(server, orders: 1), visitor = try await server.visitor(.floor)
            let task = try #require(try await ground.tasks().first)
            var pick = Scanner(visitor, "pick")
            try await pick.scan("*new")
            try await pick.scan("NO-BIN")
            #expect(pick.tone == "wrong")
            try await pick.scan(task.fromLocationCode ?? "")
            #expect(pick.tone == "right")
            try await pick.scan("NO-ITEM")
            #expect(pick.tone == "wrong")
            try await pick.scan(task.skuCode)
            #expect(pick.tone == "right" && pick.page.contains("1 of 2"))
            try await pick.scan(task.skuCode)
            #expect(try await ground.tasks().isEmpty)

            let made = try await server.store.read { tx in
                try tx.value("SELECT code FROM handling_unit WHERE kind = 'tote' ORDER BY id DESC LIMIT 1", as: String.self)
            }
            let tote = try #require(made)
            var pack = Scanner(visitor, "pack")
            try await pack.scan(tote)
            try await pack.scan(task.skuCode)
            try await pack.scan(task.skuCode)
            #expect(pack.tone == "right" && pack.state.hasPrefix("parcels=hu_"))
            let packed = try await server.store.read { [site = ground.site] in
                try ParcelSummary.page(at: site, state: nil, after: nil, limit: 10, in: $0)
            }
            let parcel = try #require(packed.first)
            try await pack.scan("1")
            #expect(pack.tone == "warn")
            try await pack.scan("\(parcel.expectedGrams)")
            #expect(pack.tone == "right")
            let weighed = try await server.store.read { try ParcelSummary.all([parcel.id], in: $0).first?.weighedGrams }
            #expect(weighed == parcel.expectedGrams)
        }
    }

    @Test("a scan that is sent twice counts once, and a key of something else is refused", arguments: EngineKind.shared)
    func onceOnly(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind) { server in
            _ = try await FloorGround(server, orders: 1)
            var pick = Scanner(try await server.visitor(.floor), "pick")
            try await pick.scan("*new", key: "first")
            let after = pick.state
            pick.state = ""
            try await pick.scan("*new", key: "first")
            #expect(pick.state == after)
            let totes = try await server.store.read {
                try $0.value("SELECT COUNT(*) FROM handling_unit WHERE kind = 'tote'", as: Int.self)
            }
            #expect(totes == 1)
            pick.state = ""
            try await pick.scan("*tote", key: "first")
            #expect(pick.tone == "wrong")
        }
    }

    @Test("two pickers of a site are sent to two bins, and a short pick is asked about twice", arguments: EngineKind.shared)
    func twoPickers(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind) { server in
            let ground = try await FloorGround(server, orders: 3)
            var first = Scanner(try await server.visitor(.floor), "pick"), second = Scanner(try await server.visitor(.lead), "pick")
            try await first.scan("*new")
            try await second.scan("*new")
            let tasks = [first.state, second.state].map { FloorState(text: $0)["task"] }
            #expect(tasks[0] != nil && tasks[0] != tasks[1])
            let task = try #require(try await ground.tasks().first { $0.id.description == tasks[0] })
            try await first.scan(task.fromLocationCode ?? "")
            try await first.scan("*short")
            try await first.scan("1")
            #expect(first.tone == "warn" && first.state.contains("few=1"))
            try await first.scan("*yes")
            #expect(first.tone == "warn")
            let done = try await server.store.read { try $0.value("SELECT state FROM task WHERE id = \(task.id)", as: TaskState.self) }
            #expect(done == .short)
        }
    }

    @Test("people of another site find nothing of this one", arguments: EngineKind.shared)
    func isolation(_ kind: EngineKind) async throws {
        try await ConsoleServer.run(kind) { server in
            _ = try await FloorGround(server, orders: 1)
            var pick = Scanner(try await server.visitor(.lead), "pick"), other = Scanner(try await server.visitor(.floor), "pick")
            try await pick.scan("*new")
            _ = try await server.store.perform(
                Once(scope: "test", key: "move", fingerprint: "") { tx in
                    try tx.run("UPDATE account SET party = (SELECT MAX(id) FROM site WHERE mode = 'own') WHERE role = 'floor'")
                    return ""
                })
            other.state = pick.state
            try await other.scan("*next")
            #expect(other.tone == "wrong" && other.state.isEmpty)
            #expect(try await server.visitor(.partner).get("/floor/pick").status == 404)
            #expect(try await server.visitor(.partner).get("/floor/arrive").status == 200)
            for name in FloorPages.processes.map(\.name) {
                let reply = try await server.visitor(.merchant).post("/floor/\(name)/scans", ["code": "x", "key": "k"])
                #expect(reply.status == 403)
                let page = try await server.visitor(.floor).get("/floor/\(name)")
                #expect(page.status == 200 && MarkupCheck(page.text).faults == [], "\(name)")
            }
        }
    }

    @Test("a state is the same after its text", arguments: ["", "a=1", "a=1&b=x%20y&got.sku_1=2"])
    func stateText(_ text: String) {
        #expect(FloorState(text: FloorState(text: text).text) == FloorState(text: text))
    }
}
