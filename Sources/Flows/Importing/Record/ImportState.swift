import Store

/// How far an import has come.
package enum ImportState: String, SQLValue, CaseIterable, Codable {
    /// Its rows are being staged; nothing of it is visible, and it may be discarded.
    case reading
    /// All rows are staged: it will be applied, whatever happens.
    case committed
    /// Every row has had its effect, or stands as refused.
    case applied
    /// Given up before it was committed.
    case discarded
}

/// What a folder of files looks like.
package enum ImportLayout: String, SQLValue, CaseIterable, Codable {
    /// The documented layout of this program.
    case waybill
    /// The Olist files as published.
    case olist
}

/// The kinds of rows an import has, in the order in which they take effect.
package enum ImportPart: String, SQLValue, CaseIterable, Codable {
    case merchants
    case skus
    case stock
    case orders
}
