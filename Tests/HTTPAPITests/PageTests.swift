import Foundation
import Kernel
import Testing

@testable import HTTPAPI

@Suite struct PageTests {
    @Test func `a list is read to its end by its cursors`() async throws {
        try await withServer { client, _ in
            let client = client.with(key: TinyKeys.operator)
            for number in 1...7 {
                _ = try await client.post("/v1/orders", #"{"number":"\#(number)","lines":[{"sku":"M","quantity":1}]}"#)
            }
            var numbers: [String] = []
            var sizes: [Int] = []
            var cursor = ""
            repeat {
                let page: Page<Order> = try await client.get("/v1/orders?limit=3" + cursor).decoded()
                numbers += page.items.map(\.number)
                sizes.append(page.items.count)
                cursor = page.next.map { "&cursor=" + $0 } ?? ""
            } while !cursor.isEmpty
            #expect(numbers == (1...7).map(String.init) && sizes == [3, 3, 1])
        }
    }

    @Test(arguments: [
        "limit=0", "limit=201", "limit=x", "limit=", "cursor=", "cursor=abc", "cursor=AAAA%00", "sort=id",
    ])
    func `a wrong limit or cursor is refused by its name`(query: String) async throws {
        try await withServer { client, _ in
            let reply = try await client.with(key: TinyKeys.operator).get("/v1/orders?" + query)
            #expect(reply.status == 422)
        }
    }

    @Test func `a cursor that was garbled or is another list's is refused`() throws {
        let cursor = Cursor.sealed(Data(#"["ord_0000000000001"]"#.utf8), of: "/v1/orders")
        #expect(Cursor.open(cursor, of: "/v1/orders") == Data(#"["ord_0000000000001"]"#.utf8))
        #expect(Cursor.open(cursor, of: "/v1/returns") == nil)
        for index in cursor.indices {
            var garbled = cursor
            garbled.replaceSubrange(index...index, with: cursor[index] == "A" ? "B" : "A")
            #expect(Cursor.open(garbled, of: "/v1/orders") == nil)
        }
        #expect(Cursor.open("", of: "/v1/orders") == nil)
    }

    @Test func `a list in a query is written with commas`() async throws {
        try await withServer { client, _ in
            let client = client.with(key: TinyKeys.operator)
            #expect(try await client.get("/v1/orders?sites=site_0000000000001,site_0000000000002").status == 200)
            let wrong = try await client.get("/v1/orders?sites=site_0000000000001,x")
            #expect(wrong.status == 422 && wrong.violations.map(\.parameter) == ["sites/1"])
        }
    }
}
