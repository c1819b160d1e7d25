import Kernel
import Store

/// Whose turn it is.
package enum OwnerRole: String, CaseIterable, Sendable, Codable, SQLValue {
    case `operator`
    case merchant
    case site
    case carrier
    case support
    case planner
}

/// Something that needs a person.
package struct ExceptionRecord: Hashable, Sendable {
    package let id: ExceptionID
    /// What is wrong: `short_pick`, `label_failed` …
    package let kind: String
    /// The thing it is wrong with: its id in the outside form.
    package let subject: String
    /// Whose goods they are; nil where it is nobody's in particular.
    package let merchant: MerchantID?
    package let site: SiteID?
    package let ownerRole: OwnerRole
    package let opened: Instant
    package let due: Instant
    /// What may be lost.
    package let stake: Money?
    /// One sentence for the person; nothing personal.
    package let detail: String
    /// Nil while it is open.
    package let outcome: String?
    package let closed: Instant?
}

/// An exception to be opened; members as in `ExceptionRecord`.
package struct NewException: Hashable, Sendable {
    package var kind: String
    package var subject: String
    package var merchant: MerchantID?
    package var site: SiteID?
    package var ownerRole: OwnerRole
    package var due: Instant
    package var stake: Money?
    package var detail: String

    package init(
        _ kind: String, subject: some CustomStringConvertible, merchant: MerchantID? = nil, site: SiteID? = nil,
        ownerRole: OwnerRole, due: Instant, stake: Money? = nil, detail: String
    ) {
        self.kind = kind
        self.subject = subject.description
        self.merchant = merchant
        self.site = site
        self.ownerRole = ownerRole
        self.due = due
        self.stake = stake
        self.detail = detail
    }
}
