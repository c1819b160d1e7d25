import Foundation
import Kernel
import Testing

@Suite struct MeasuresTests {
    @Test func `measures of one unit add, subtract, scale and compare`() {
        #expect(Grams(200) + 50 == 250)
        #expect(Grams(200) - 250 == -50)
        #expect(Millimetres(30) * 4 == 120)
        #expect(Quantity(2) < 3)
        #expect([Quantity(1), 2, 3].reduce(.zero, +) == 6)
    }

    @Test func `a measure is coded as its bare number`() throws {
        #expect(String(decoding: try JSONEncoder().encode([Grams(250)]), as: UTF8.self) == "[250]")
        #expect(try JSONDecoder().decode([Grams].self, from: Data("[250]".utf8)) == [250])
    }

    @Test func `a box's volume is length by width by height`() {
        #expect(Dimensions(length: 100, width: 20, height: 3).volume == 6000)
    }

    @Test func `an overflow traps`() async {
        await #expect(processExitsWith: .failure) {
            let most = Grams(Int64.max)
            #expect(most + 1 == most)
        }
    }
}
