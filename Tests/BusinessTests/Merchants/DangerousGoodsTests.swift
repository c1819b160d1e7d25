import Merchants
import Testing

@Suite struct DangerousGoodsTests {
    @Test(arguments: ["1", "1.4S", "1.1", "2.1", "3", "5.2", "6.2", "9"])
    func `a class or division of the regulations is one`(_ name: String) {
        #expect(DangerousGoods(unNumber: "1993", hazardClass: name).fault == nil)
    }

    @Test(arguments: ["", "0", "2", "1.7", "1.4I", "4.4", "10", "9.1", "1.4SS"])
    func `anything else is none`(_ name: String) {
        #expect(DangerousGoods(unNumber: "1993", hazardClass: name).fault?.member == "class")
    }

    @Test(arguments: zip(Battery.Kind.allCases, ["3480", "3481", "3481", "3090", "3091", "3091"]))
    func `a battery goes with its UN number and no other`(_ kind: Battery.Kind, _ number: String) {
        for candidate in ["3480", "3481", "3090", "3091"] {
            let goods = DangerousGoods(unNumber: candidate, hazardClass: "9", battery: Battery(kind))
            #expect((goods.fault == nil) == (candidate == number))
        }
    }
}
