import Identity
import Kernel

extension MasterKey {
    /// A key that the seed repeats: what it seals are made-up people.
    package static func rehearsal(seed: UInt64) throws -> MasterKey {
        try MasterKey(id: "rehearsal", bytes: SeededBytes(seed: seed).next(32))
    }
}
