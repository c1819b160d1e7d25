import Kernel

extension EndpointDraft {
    /// Documents refusals by samples of them.
    func refusing(_ samples: [any Refusal]) -> Self {
        var copy = self
        copy.declaration.refusals += samples.map { Endpoint.RefusalNote(kind: $0.kind, code: $0.code) }
        return copy
    }

    /// Documents that what the request names may not be there, or not for the caller.
    func missing(_ things: String...) -> Self {
        refusing(things.map { NotFound($0, "") })
    }
}

extension [Endpoint] {
    /// The same endpoints, which all go through the store and so may find it busy or out of room.
    func throughStore() -> [Endpoint] {
        map { endpoint in
            var copy = endpoint
            copy.declaration.refusals += ["store.busy", "store.unavailable"].map { Endpoint.RefusalNote(kind: .busy, code: $0) }
            return copy
        }
    }
}
