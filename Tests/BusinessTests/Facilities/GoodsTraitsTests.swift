import Facilities
import Kernel
import Testing

@Suite struct GoodsTraitsTests {
    @Test func `traits are written as sorted words and read back`() {
        #expect(GoodsTraits.allWords == GoodsTraits.allWords.sorted())
        for word in GoodsTraits.allWords { #expect(GoodsTraits(words: [word])?.words == [word]) }
        #expect(GoodsTraits(words: ["liquid", "fragile", "liquid"])?.words == ["fragile", "liquid"])
        #expect(GoodsTraits(words: ["liquid", "solid"]) == nil)
    }
}
