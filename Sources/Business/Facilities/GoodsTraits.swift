import Kernel

/// What about goods makes carriers refuse them.
package struct GoodsTraits: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let dangerousGoods = Self(rawValue: 1)
    package static let lithiumBattery = Self(rawValue: 2)
    package static let liquid = Self(rawValue: 4)
    package static let fragile = Self(rawValue: 8)
    /// Above the service's limits of size.
    package static let oversize = Self(rawValue: 16)

    private static let named: [(word: String, trait: GoodsTraits)] = [
        ("dangerous_goods", .dangerousGoods), ("fragile", .fragile), ("liquid", .liquid),
        ("lithium_battery", .lithiumBattery), ("oversize", .oversize),
    ]

    /// Nil where a word is none of them.
    package init?(words: [String]) {
        var traits: GoodsTraits = []
        for word in words {
            guard let trait = Self.named.first(where: { $0.word == word })?.trait else { return nil }
            traits.insert(trait)
        }
        self = traits
    }

    /// Sorted.
    package var words: [String] { Self.named.filter { contains($0.trait) }.map(\.word) }

    package static var allWords: [String] { named.map(\.word) }

    var json: JSON { .array(words.map(JSON.string)) }
}
