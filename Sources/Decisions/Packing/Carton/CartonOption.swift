import Kernel

/// A carton that the site stocks.
package struct CartonOption: Hashable, Sendable {
    package var id: Int64
    /// Clear space inside.
    package var inner: Dimensions
    /// What the carrier measures.
    package var outer: Dimensions
    /// The most that the goods in it may weigh.
    package var maxLoad: Grams
    /// Mass of the empty carton with its usual filling.
    package var tare: Grams
    /// Price of one carton in minor units of the operator's currency.
    package var costMinor: Int64
    /// Cartons of this kind at the packing station; a plan never uses more.
    package var onHand: Int

    /// - Parameter outer: absent means the inner size (board of no thickness).
    package init(
        id: Int64, inner: Dimensions, outer: Dimensions? = nil, maxLoad: Grams, tare: Grams = 0, costMinor: Int64,
        onHand: Int = .max
    ) {
        self.id = id
        self.inner = inner
        self.outer = outer ?? inner
        self.maxLoad = maxLoad
        self.tare = tare
        self.costMinor = costMinor
        self.onHand = onHand
    }
}
