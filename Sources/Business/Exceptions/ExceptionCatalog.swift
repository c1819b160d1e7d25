import Kernel
import Store

/// What a person may do about an exception.
package enum ExceptionStep: String, CaseIterable, Sendable, Codable, SQLValue {
    /// It was dealt with elsewhere, or nothing is to be done; the note says which.
    case resolve
    case cancelOrder = "cancel_order"
    case retryLabel = "retry_label"
    case wait
    case restartWebhook = "restart_webhook"
    case declareLost = "declare_lost"
    case findWay = "find_way"
    case turnBack = "turn_back"
    case approveReturn = "approve_return"
    case denyReturn = "deny_return"
}

/// One kind of exception: what it means, and what each action would do.
package struct ExceptionKind: Sendable {
    package let name: String
    package let title: String
    package let explanation: String
    package let role: OwnerRole
    package let actions: [Action]

    package struct Action: Sendable {
        package let step: ExceptionStep
        /// One sentence: what happens when it is taken.
        package let effect: String
    }
}

/// All kinds there are. A new one is one entry here; a test finds kinds that are opened and are not here.
package enum ExceptionCatalog {
    package static let all: [ExceptionKind] = [
        kind("shortage.undecided", "Goods are missing and nobody decided", .merchant,
            "An order waits for goods beyond its deadline.",
            (.wait, "The order waits on, until the moment named or for seven days; then it is asked again."), cancel),
        kind("fulfillment.late", "A site is late", .operator,
            "The site has not handed the goods over by the ship-by.", cancel),
        kind("capacity.over", "A shift or departure is overbooked", .operator,
            "More is promised of it than it does. Add capacity, or see to it that the rest is told; room closes this by itself."),
        kind("order.late", "An order is late", .operator, "The order has not arrived by the promised day.", cancel),
        kind("label.failed", "No label", .operator, "The carrier gave no label for a packed parcel.",
            (.retryLabel, "The carrier is asked for a new label."), cancel),
        kind("parcel.weight", "A parcel weighs wrong", .site,
            "A parcel weighs other than its goods and carton. Weighing it within the tolerance closes this by itself."),
        kind("parcel.lost", "A parcel is lost", .operator, "The carrier gives the parcel up for lost; its goods left the book."),
        kind("parcel.return_to_origin", "A parcel comes back", .operator, "The carrier brings the parcel back to its site."),
        kind("parcel.not_redirected", "No other address", .merchant,
            "The carrier does not bring the parcel elsewhere: it arrives where it was sent first, or is turned back.",
            (.turnBack, "The carrier is asked to bring the parcel back.")),
        kind("pick.short", "A bin held less than the book", .site, "The missing goods were written off. Count the bin."),
        moving("parcel.no_route", "A parcel has no way", .operator, "No departure carries the parcel on to where it has to be.",
            (.findWay, "A way is looked for again, by the lanes and collections of now."), cancel),
        kind("transfer.late", "A transfer is late", .operator, "Goods between two sites have not arrived when they should."),
        kind("transfer.short", "A transfer came in short", .operator, "Less arrived than was sent."),
        kind("transfer.damaged", "A transfer came in damaged", .operator, "Some of what arrived cannot be sold."),
        kind("asn.disputed", "A receipt is disputed", .site,
            "The merchant says that more was sent than received. Count again and answer at /v1/inbound-disputes/{dispute}/answer; "
                + "words alone leave it as it was received."),
        kind("transfer.over", "A transfer came in over", .site, "More arrived than was sent."),
        kind("label.awaited", "A parcel waits for its label", .merchant,
            "The channel or merchant that issues the label has not given one.", (.retryLabel, "It is asked for once more."), cancel),
        moving("unit.short", "A unit is missing", .operator,
            "A trip's count did not find it. Scanning it where it is unloaded closes this.",
            (.declareLost, "It is given up with all that is in it: the goods leave the book, its orders are told, its labels given back.")),
        kind("unit.damaged", "A unit came damaged", .site, "It was found damaged at the end of a trip. Open it and look."),
        kind("unit.stray", "A parcel is where it cannot be", .operator,
            "It was found at a site although its carrier has it or delivered it. Ask the carrier."),
        kind("trip.late", "A trip has not left", .operator, "Its departure has passed. It leaves, or is cancelled."),
        kind("trip.overdue", "A trip has not arrived", .operator, "It should have arrived two hours ago. Ask the haulier."),
        kind("trip.uncounted", "A trip was not counted", .site, "It arrived and was not reconciled within twelve hours."),
        kind("partner.no_agreement", "A partner has no agreement", .operator,
            "Nothing can be handed to the site for this merchant until an agreement holds.", cancel),
        kind("partner.unanswered", "A partner does not answer", .operator,
            "It has neither accepted nor rejected what it was sent, or has not shipped it in time.", cancel),
        kind("partner.cancel_unanswered", "A partner does not answer a cancel", .operator,
            "It was asked to stop and has said nothing; the units stay promised."),
        kind("partner.report_overdue", "A partner's stock is old news", .operator,
            "Its last report is too old to sell from; a new report closes this."),
        kind("return.review", "A return wants a decision", .merchant,
            "The policy leaves it to a person. What nobody decides in time is granted.",
            (.approveReturn, "The shopper gets the papers to send it back, and the refund that the policy grants."),
            (.denyReturn, "The return ends: nothing is taken back and nothing is paid. The note is its reason.")),
        kind("return.no_route", "A return has no way", .operator,
            "No lane takes it from where it was handed in to its desk. Going on, or receiving it, closes this."),
        kind("return.label_failed", "No return label", .support, "The carrier gave no label for a return."),
        kind("return.parcel_lost", "A return is lost", .support, "The carrier lost the parcel on its way back."),
        kind("return.never_arrived", "A return never came", .support, "It was sent and did not arrive by its deadline."),
        kind("return.missing", "A return came incomplete", .support, "Announced items were not in the box."),
        kind("return.wrong_item", "Another thing came back", .merchant, "A returned item is not what was announced; it stands aside."),
        kind("return.extra", "More came back", .merchant, "The box held more than was announced; it stands aside."),
        kind("return.counterfeit", "A counterfeit came back", .merchant,
            "A returned item seems not to be the merchant's; it stands aside."),
        kind("return.unknown", "A box nobody knows", .operator, "Nothing on it or in it says whose it is; it stands aside."),
        kind("return.ungraded", "A return waits to be graded", .site, "It was received and not inspected in time."),
        kind("return.replacement_refused", "No replacement", .merchant, "The goods that were to replace a return are not there."),
        kind("return.debt", "Refunded goods never came back", .support,
            "The shopper was refunded and owes the goods. It is recovered or written off at /v1/return-debts."),
        kind("refund.late", "A refund is late", .merchant, "It is due to the shopper and has not been sent."),
        kind("claim.unsent", "A claim is to be sent", .support,
            "A carrier lost or damaged a parcel. Claim it there, and say under which number at /v1/claims/{claim}/sending; closed with "
                + "words alone it is withdrawn."),
        kind("claim.undecided", "A claim wants a decision", .operator,
            "Somebody claims money for what was lost or damaged. Grant or deny it at /v1/claims/{claim}/decision; words alone deny it."),
        kind("claim.unanswered", "A carrier does not answer a claim", .support, "It was sent and no answer has come. Ask the carrier."),
        kind("webhook.disabled", "A webhook was disabled", .merchant, "Its receiver took nothing for days, or said that it is gone.",
            (.restartWebhook, "It is told of what happens from now on; a replay tells what it missed.")),
    ]

    /// One that is not in the catalog can be resolved with a note and nothing else.
    package static func find(_ name: String) -> ExceptionKind {
        byName[name] ?? kind(name, name, .operator, "No more is known of this kind.")
    }

    private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    private static let cancel: (ExceptionStep, String) = (
        .cancelOrder, "What has not left of the order is cancelled: goods are released or put back, labels given back."
    )

    private static func kind(
        _ name: String, _ title: String, _ role: OwnerRole, _ explanation: String, _ actions: (ExceptionStep, String)...
    ) -> ExceptionKind {
        let resolve = (ExceptionStep.resolve, "It is closed with your note; nothing else changes.")
        return ExceptionKind(
            name: name, title: title, explanation: explanation, role: role,
            actions: (actions + [resolve]).map { ExceptionKind.Action(step: $0.0, effect: $0.1) })
    }

    /// One that words do not close: without it the thing would have no next step.
    private static func moving(
        _ name: String, _ title: String, _ role: OwnerRole, _ explanation: String, _ actions: (ExceptionStep, String)...
    ) -> ExceptionKind {
        ExceptionKind(
            name: name, title: title, explanation: explanation, role: role,
            actions: actions.map { ExceptionKind.Action(step: $0.0, effect: $0.1) })
    }
}
