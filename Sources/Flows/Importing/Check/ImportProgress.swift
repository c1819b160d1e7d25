/// Where an import stands, for a progress bar.
package struct ImportProgress: Sendable, Equatable {
    package enum Phase: String, Sendable, CaseIterable {
        /// The files are read and checked; `done` and `total` are bytes on the disk.
        case checking
        /// Rows go into the database, still invisible; `done` and `total` are rows.
        case staging
        /// Rows take effect; `done` and `total` are rows.
        case applying
        /// What was staged is removed; `total` is what had been staged.
        case discarding
    }

    package let phase: Phase
    package let done: Int64
    /// Nil where it is not known.
    package let total: Int64?
    /// Rows of the files read in this phase, or rows done.
    package let rows: Int64
}

/// Told after each piece. One that throws stops the run there: what was done stays, and the run can be resumed.
package typealias ImportProgressCall = (ImportProgress) throws -> Void
