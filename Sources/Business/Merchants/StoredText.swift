import Kernel
import Store

extension RowReader {
    /// The next column as a value with a text form of its own; nil where it is null.
    mutating func nextWritten<T: WrittenAsText>(_: T.Type = T.self) throws -> T? {
        guard let text = try next(String?.self) else { return nil }
        guard let value = T(text) else { throw StoreError.unexpected("'\(text)' is not \(T.form)") }
        return value
    }

    /// The next three columns as a size; nil where one of them is null.
    mutating func nextDimensions() throws -> Dimensions? {
        let (length, width, height) = try (next(Millimetres?.self), next(Millimetres?.self), next(Millimetres?.self))
        guard let length, let width, let height else { return nil }
        return Dimensions(length: length, width: width, height: height)
    }

    /// The next four columns: fragile, liquid, this_side_up, own_container.
    mutating func nextFlags() throws -> HandlingFlags {
        try HandlingFlags(fragile: next(), liquid: next(), thisSideUp: next(), ownContainer: next())
    }

    /// The next six columns: un_number, dg_class, packing_group, limited_quantity, battery, battery_mwh.
    mutating func nextDangerousGoods() throws -> DangerousGoods? {
        let (unNumber, hazardClass) = try (next(String?.self), next(String?.self))
        let (group, isLimited) = try (next(DangerousGoods.PackingGroup?.self), next(Bool.self))
        let (battery, energy) = try (next(Battery.Kind?.self), next(Int64?.self))
        guard let unNumber, let hazardClass else { return nil }
        return DangerousGoods(
            unNumber: unNumber, hazardClass: hazardClass, packingGroup: group, limitedQuantity: isLimited,
            battery: battery.map { Battery($0, milliwattHours: energy) })
    }
}
