import Kernel
import Testing

@testable import Console

@Suite struct ComponentTests {
    private let now = Instant(micros: 1_795_267_230_000_000)
    private var format: Format { Format(.of(.en), zone: .utc, now: now) }

    @Test("a table escapes what it shows, leads on by its first cell, and teaches where it is empty")
    func table() {
        let empty = Table.Empty("No <orders>", "They come by themselves.")
        let columns = [Table.Column("Number"), Table.Column("Total", number: true)]
        let table = Table(
            "Orders", columns: columns,
            rows: [.init([.code("<1>"), .quantity(1_234_567)], to: "/orders/a?b=\"c\"", tone: .warn)], empty: empty)
        let html = table.markup(format).text
        #expect(MarkupCheck(html).faults == [])
        #expect(html.contains(#"<a class="row" href="/orders/a?b=&quot;c&quot;"><code>&lt;1&gt;</code></a>"#))
        #expect(html.contains(#"<td class="num">1,234,567</td>"#) && html.contains(#"<tr class="linked warn">"#))
        let nothing = Table("Orders", columns: columns, rows: [], empty: empty).markup(format).text
        #expect(nothing.contains("No &lt;orders&gt;") && !nothing.contains("<table"))
    }

    @Test("a chart is well-formed for any numbers and has them all in its table", arguments: [Chart.Kind.line, .bars, .stacked])
    func chart(_ kind: Chart.Kind) {
        for values in [[], [0.0], [3, 1.5, 0], [1e9, 2], [0, 0, 0, 0, 0, 0, 0, 0, 0, 7]] {
            let chart = Chart(
                kind, "Sent", labels: values.indices.map { "<\($0)>" },
                series: [.init("A", values), .init("B", values.map { $0 / 2 })], unit: "parcels")
            let html = chart.markup(.of(.en)).text
            #expect(MarkupCheck(html).faults == [])
            #expect(html.ranges(of: "<th scope=\"row\">").count == values.count)
            #expect(!html.contains("nan") && !html.contains("inf"))
        }
    }

    @Test("a bar is as high as its part of the round number above the highest")
    func bars() {
        let html = Chart(.bars, "Sent", labels: ["a", "b"], series: [.init("A", [100, 50])]).markup(.of(.en)).text
        #expect(html.contains("height=\"168\"") && html.contains("height=\"84\""))
    }

    @Test("fields hold what was typed, as text, and never a password")
    func fields() {
        let html = [
            Form.Field.input("name", "Name", value: "\"><b>"), .input("password", "Password", type: "password", value: "secret"),
            .choice("role", "Role", [.init("a", "A"), .init("b", "B")], value: "b"), .area("note", "Note", value: "</textarea>"),
            .check("on", "On", isOn: true), .hidden("id", "<x>"),
        ].map { $0.markup(in: "/a/b").text }.joined()
        #expect(MarkupCheck(html).faults == [])
        #expect(html.contains("value=\"&quot;&gt;&lt;b&gt;\"") && !html.contains("secret"))
        #expect(html.contains(#"<option value="b" selected>"#) && html.contains("&lt;/textarea&gt;"))
    }

    @Test("weights, lengths, spans and money are written with their units")
    func units() throws {
        #expect([0, 850, 1000, 1250, 1_000_500].map { format.weight(Grams($0)) } == ["0 g", "850 g", "1 kg", "1.25 kg", "1,000.5 kg"])
        #expect([85, 100, 125].map { format.length(Millimetres($0)) } == ["85 mm", "10 cm", "12.5 cm"])
        #expect(format.size(Dimensions(length: 300, width: 205, height: 40)) == "30 × 20.5 × 4 cm")
        let spans = [0, 59, 60, 130, 1440, 3100].map { format.span(.minutes($0)) }
        #expect(spans == ["a moment", "59 min", "1 h", "2 h 10 min", "1 d", "2 d 3 h"])
        let euro = try #require(Currency("EUR")), yen = try #require(Currency("JPY"))
        #expect(format.money(Money(123_450, euro)) == "1,234.50 EUR" && format.money(Money(-5, euro)) == "−0.05 EUR")
        #expect(format.money(Money(1500, yen)) == "1,500 JPY" && format.money(Money(-123_456, euro)) == "−1,234.56 EUR")
    }

    @Test("moments are told in the viewer's zone and words: the time today, else the day, and the year where it is another")
    func moments() throws {
        let tokyo = Format(.of(.pt), zone: try #require(TimeZoneRule.named("Asia/Tokyo")), now: now)
        #expect(format.moment(now) == "13:20" && tokyo.moment(now) == "22:20")
        #expect(format.moment(now - .days(1)) == "20 Nov 13:20" && format.moment(now + .days(60)) == "20 Jan 2027 13:20")
        #expect(Format(.of(.zh), zone: .utc, now: now).day(CivilDate(dayNumber: 0)) == "1970年1月1日")
        #expect(format.relative(now + .minutes(130)) == "in 2 h 10 min" && format.relative(now - .minutes(5)) == "5 min ago")
    }

    @Test("what a form sends comes as it was typed, and nothing that is no percent-encoded UTF-8")
    func forms() throws {
        let form = try #require(FormValues(encoded: "a=%C3%A9+%26&b=+x+&c&d=12&d=13"))
        #expect(form["a"] == "é &" && form["b"] == "x" && form.exact("b") == " x " && form["c"] == "" && form["z"] == "")
        #expect(try form.number("d") == 13 && form.optional("c") == nil)
        #expect(throws: InvalidInput.self) { try form.number("a") }
        for text in ["a=%", "a=%4", "a=%GG", "a=%FF"] { #expect(FormValues(encoded: text) == nil, "\(text)") }
        #expect(FormValues.decoded(FormValues.encoded("é &+%/?=\u{1F4E6}")) == "é &+%/?=\u{1F4E6}")
    }
}
