/// All texts that pages show, in all languages. A list a subject; a new list is a line here.
package enum TextCatalog {
    package static let all: [Text] =
        shell + signIn + accounts + tower + events + orders + orderStates + orderAnswers + support + units + trips
        + portal + shopper + floor + floorMore + shift + waves + partner + driver + orderLife + stock + inbound
        + returns + cases + exceptionKinds + network + plan + rehearse + acts + disputes + goodwill + claims + changes + refusals + words
}
