import Edges
import Kernel
import Testing

@Suite struct LabelZPLTests {
    @Test("the label is one format of 4 by 6 inches in UTF-8")
    func frame() throws {
        let reader = ZPLReader(try sampleLabel().zpl())
        #expect(reader.commands.first?.name == "XA" && reader.commands.last?.name == "XZ")
        #expect(reader.commands.count { $0.name == "XA" || $0.name == "XZ" } == 2)
        #expect(reader.commands.contains(.init(name: "CI", text: "28")))
        #expect(reader.commands.contains(.init(name: "PW", text: "812")))
        #expect(reader.commands.contains(.init(name: "LL", text: "1218")))
    }

    @Test("every field is closed and lies on the label")
    func fields() throws {
        let fields = ZPLReader(try sampleLabel().zpl()).fields
        #expect(fields.count > 30)
        for field in fields {
            let at = field["FO"]?.numbers ?? []
            #expect(field["FS"] != nil && at.count == 2)
            #expect((0..<812).contains(at[0]) && (0..<1218).contains(at[1]))
        }
    }

    @Test("the SSCC is a GS1-128 of subset C with FNC1 first, wide and high enough")
    func sscc() throws {
        let codes = ZPLReader(try sampleLabel().zpl()).fields.filter { $0["BC"] != nil }
        let code = try #require(codes.last)
        #expect(ZPLReader.scanned(code.data ?? "") == "<F>00106141412345678908")
        #expect(code["BC"]?.text == "N,256,N,N,N,N")
        #expect(code["BY"]?.numbers == [4])
        // 156 modules of four dots and ten modules of white on either side.
        let left = code["FO"]?.numbers.first ?? 0
        #expect(left >= 40 && left + 156 * 4 <= 812 - 40)
    }

    @Test("the tracking number stands as plain data for the printer to pack")
    func tracking() throws {
        let code = try #require(ZPLReader(try sampleLabel().zpl()).fields.first { $0["BC"] != nil })
        #expect(code.data == "WB40283716550293841")
        #expect(code["BC"]?.text.hasSuffix(",A") == true)
    }

    @Test(
        "text that looks like commands, and any script, arrives as it was",
        arguments: ["^XZ~JR_5E", "a\\&b_", "山田 太郎", "Łódź ~ ^FS", "50% _off_ €", "tab\tnew\nline"])
    func escaping(line: String) throws {
        var label = try sampleLabel()
        label.shipTo = [line]
        let zpl = try label.zpl()
        #expect(zpl.utf8.allSatisfy { $0 < 0x7F } && !zpl.contains("~"))
        let expected = line.replacing("\t", with: " ").replacing("\n", with: " ")
        #expect(ZPLReader(zpl).fields.contains { $0.data == expected })
    }

    @Test("no text is taller than it was meant to be or wider than its block")
    func shrinks() throws {
        var label = try sampleLabel()
        label.shipTo = [String(repeating: "W", count: 200)]
        let field = try #require(ZPLReader(try label.zpl()).fields.first { $0.data == label.shipTo[0] })
        let height = field["A0"]?.numbers.first ?? 0
        #expect((8...12).contains(height))
    }
}
