extension Templates {
    /// What changes while the page is open: an element with `data-live` and an id is put in anew where it changed.
    static let tower = #"""
        <div id="empty" data-live>{{#isEmpty}}<section
        class="empty"><h2>{{t.tower.empty}}</h2><p>{{t.tower.empty_hint}}</p></section>{{/isEmpty}}</div>
        {{#line}}{{>line}}{{/line}}
        {{#pulse}}{{>pulse}}{{/pulse}}
        <div class="tower-columns">
        <div class="left">
        {{>troubles}}
        {{>sites}}
        </div>
        {{>news}}
        </div>
        <p class="asof">{{t.tower.as_of}} <span id="asof" data-live><time datetime="{{now}}">{{clock}}</time></span></p>
        """#
}
