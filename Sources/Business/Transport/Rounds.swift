import Kernel
import Store

/// Which driver has which parcel in the van.
package enum Rounds {
    /// From now on a driver has a parcel, and whoever had it does not.
    package static func take(_ parcel: UnitID, driver: String, occurred: Instant, in tx: Transaction) throws {
        try tx.run(
            """
            INSERT INTO driver_round (parcel, driver, taken_at) VALUES (\(parcel), \(driver), \(occurred))
            ON CONFLICT (parcel) DO UPDATE SET driver = \(driver), taken_at = \(occurred)
            """)
    }

    /// A parcel is in no van any more.
    package static func end(_ parcel: UnitID, in tx: Transaction) throws {
        try tx.run("DELETE FROM driver_round WHERE parcel = \(parcel)")
    }
}
