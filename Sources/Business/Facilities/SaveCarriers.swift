import Kernel
import Store

/// A carrier as the operator states it.
package struct NewCarrier: Hashable, Sendable {
    /// 1 to 40 printable ASCII characters without spaces.
    package var code: String
    package var name: String
    /// The name of the client that speaks to it.
    package var client: String

    package init(code: String, name: String, client: String) {
        self.code = code
        self.name = name
        self.client = client
    }
}

/// Creates carriers, and brings those of the same code to what is stated now.
package enum SaveCarriers {
    /// In the order of the checks.
    package enum Refused: Refusal, Equatable {
        case codeInvalid(field: String, code: String)
        case nameInvalid(field: String)
        case repeated(field: String, code: String)
    }

    /// All are saved, or none: answers them in the order given. Emits `carrier.saved` for each.
    package static func run(
        _ carriers: [NewCarrier], occurred: Instant? = nil, actor: String = "system", in tx: Transaction
    ) throws -> [Saved<CarrierID>] {
        try check(carriers)
        try ReferenceVersion.network.bump(in: tx)
        let known = Dictionary(uniqueKeysWithValues: try Carrier.all(in: tx).map { ($0.code, $0.id) })
        let saved = carriers.map { Saved(id: known[$0.code] ?? tx.id(), isNew: known[$0.code] == nil) }
        var rows = Rows(["id": .int, "code": .text, "name": .text, "client": .text])
        for (saved, new) in zip(saved, carriers) {
            rows.add(saved.id, new.code, new.name, new.client)
            tx.emit(FacilitiesEvents.carrierSaved(saved, new.code, occurred: occurred ?? tx.now, actor: actor))
        }
        try tx.run(
            """
            INSERT INTO carrier (id, code, name, client)
            SELECT v.id, v.code, v.name, v.client FROM (\(rows: rows)) AS v WHERE true
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, client = excluded.client
            """)
        return saved
    }

    private static func check(_ carriers: [NewCarrier]) throws(Refused) {
        var codes: Set<String> = []
        for (index, new) in carriers.enumerated() {
            let at = "/carriers/\(index)"
            guard FacilityText.isCode(new.code) else { throw .codeInvalid(field: at + "/code", code: new.code) }
            guard FacilityText.isName(new.name) else { throw .nameInvalid(field: at + "/name") }
            guard FacilityText.isName(new.client) else { throw .nameInvalid(field: at + "/client") }
            guard codes.insert(new.code).inserted else { throw .repeated(field: at + "/code", code: new.code) }
        }
    }
}

extension SaveCarriers.Refused {
    package var code: String {
        switch self {
        case .codeInvalid: "facilities.code_invalid"
        case .nameInvalid: "facilities.name_invalid"
        case .repeated: "facilities.carrier_repeated"
        }
    }

    package var message: String {
        switch self {
        case .codeInvalid(_, let code): "'\(code)' is not a code of 1 to 40 printable ASCII characters without spaces."
        case .nameInvalid: "A name has 1 to 200 characters."
        case .repeated(_, let code): "The carrier '\(code)' stands in the request twice."
        }
    }

    package var kind: RefusalKind { .invalid }

    package var field: String? {
        switch self {
        case .codeInvalid(let field, _), .nameInvalid(let field), .repeated(let field, _): field
        }
    }
}
