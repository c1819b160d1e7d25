import Flows
import Inventory
import Kernel
import Views

/// Units of goods that are tracked one by one.
struct SerialRoutes {
    let desk: APIDesk

    var endpoints: [Endpoint] {
        [
            Endpoint.get("/v1/serials/{serial}", "Read the story of a serial", for: [.operator, .merchant, .site])
                .named("readSerial").describing("Of every unit that bears it: where it is, and each movement in which it was scanned.")
                .path(String.self).missing("serial")
                .handle { [desk] call in
                    let scope = try call.caller.scope
                    return SerialStories(items: try await desk.read { try SerialStory.find(call.path, scope, in: $0) })
                }
        ].tagged("Stock")
    }
}

struct SerialStories: Codable, Sendable {
    var items: [SerialStory]
}

/// What a packer scanned of one SKU.
struct SerialScanBody: Codable, Sendable, Documented {
    var fulfillmentOrder: FulfillmentID
    var sku: SKUID
    var serials: [String]

    private enum CodingKeys: String, CodingKey { case fulfillmentOrder = "fulfillment_order", sku, serials }

    static let fields: FieldNotes = ["serials": FieldNote("One for each piece.", count: 1...1000)]

    var scan: SerialScan { SerialScan(fulfillmentOrder, sku, serials) }
}

extension SerialRefused {
    static var samples: [any Refusal] {
        let all: [SerialRefused] = [
            .notTracked(FulfillmentID(0), SKUID(0)), .missing(FulfillmentID(0), sku: "", wanted: 0, scanned: 0), .invalid(""),
            .notHere("", sku: "", .gone), .unknown("", sku: ""),
        ]
        return all
    }
}
