/// The reading of an order from the bytes of a request.
package enum OrderIntake {
    /// Whether these bytes are an order as `POST /v1/orders` takes one, in a form that needs no second look.
    package static func reads(_ bytes: [UInt8]) -> Bool { OrderReader.order(bytes) != nil }
}
