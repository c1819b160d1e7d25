import Facilities
import Inventory

extension Location {
    /// The location as the stock book knows it.
    var place: Place { .location(id, sellable: sellable, pickable: pickable) }
}
