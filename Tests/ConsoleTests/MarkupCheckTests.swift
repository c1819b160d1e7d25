import Testing

@Suite struct MarkupCheckTests {
    @Test("broken markup is named", arguments: [
        ("<p>one", "<p> is never closed"), ("<b><i>x</b></i>", "</b> closes <i>"), ("</p>", "</p> closes <nothing>"),
        ("<p class=\"a>b</p>", "quotes do not pair in <p class=\"a>"), ("<p id=\"a\"></p><p id=\"a\"></p>", "the id 'a' twice"),
    ])
    func broken(_ html: String, _ fault: String) { #expect(MarkupCheck(html).faults.contains(fault)) }

    @Test("sound markup is passed", arguments: [
        "<!doctype html><p>a<br>b</p>", "<svg><path d=\"M0 0\"/></svg>", "<script>if (a<b) c</script><p></p>",
    ])
    func sound(_ html: String) { #expect(MarkupCheck(html).faults == []) }
}
