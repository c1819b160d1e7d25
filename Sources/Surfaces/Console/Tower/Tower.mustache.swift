extension Templates {
    /// What changes while the page is open: an element with `data-live` and an id is put in anew where it changed.
    static let tower = #"""
        <div id="empty" data-live>{{#isEmpty}}<section class="empty"><h2>{{t.tower.empty}}</h2><p>{{t.tower.empty_hint}}</p>
        </section>{{/isEmpty}}</div>
        <div id="tiles" data-live>{{{html(tiles)}}}</div>
        {{#line}}{{>line}}{{/line}}
        <div class="tower-columns"><div class="stack">
        <section class="card" aria-labelledby="map-title"><header class="card-head"><h2 id="map-title">{{t.tower.map}}</h2>
        <span class="note">{{t.tower.as_of}} <span id="asof" data-live>{{{html(asOf)}}}</span></span></header>
        <div id="map" data-live>{{{html(map)}}}</div></section>
        {{>sites}}
        </div>
        <div class="stack">
        <section class="card needs" aria-labelledby="needs-title"><header class="card-head"><h2 id="needs-title">{{t.tower.needs}}</h2>
        <b class="total" id="needs-count" data-live>{{#hasTroubles}}{{troubleCount}}{{/hasTroubles}}</b></header>
        <div id="needs" data-live>{{{html(troubles)}}}</div></section>
        <section class="card" aria-labelledby="cutoffs-title"><header class="card-head"><h2
        id="cutoffs-title">{{t.tower.cut_offs}}</h2></header>
        <div id="cutoffs" data-live>{{{html(cutOffs)}}}</div></section>
        <section class="card" aria-labelledby="minutes-title"><header class="card-head"><h2
        id="minutes-title">{{t.tower.minutes}}</h2></header>
        <div id="minutes" data-live>{{{html(minutes)}}}</div></section>
        {{>news}}
        </div></div>
        """#

    /// The journey as a line of stations, and the way back below it.
    static let line = #"""
        <section class="card journey" aria-labelledby="journey-title">
        <h2 id="journey-title" class="hidden">{{t.tower.journey}}</h2>
        <ol class="line">
        {{#stretches}}<li class="stretch" id="{{id}}"><h3>{{name}}</h3>
        <ol class="stations">
        {{#stations}}<li class="station" id="{{id}}">
        <span class="track" id="{{id}}-track" data-live>{{#isMoving}}<i class="moving"></i>{{/isMoving}}</span>
        <svg class="stop" aria-hidden="true"><use href="{{icons}}#{{id}}"/></svg>
        <span class="title">{{title}}</span>
        <b class="count" id="{{id}}-count" data-live>{{count}}</b>
        <span class="caption" id="{{id}}-caption" data-live>{{caption}}</span>
        </li>
        {{/stations}}</ol></li>
        {{/stretches}}</ol>
        <div class="back" id="back" data-live><p class="{{#hasReturns}}moving{{/hasReturns}}"><span
        class="hidden">{{t.tower.way_back}}: </span>
        <span>{{returning}}</span> <span>{{returned}}</span> <span>{{lost}}</span> <span>{{cancelled}}</span></p></div>
        </section>
        """#

    static let sites = #"""
        <section class="card" aria-labelledby="sites-title"><header class="card-head"><h2 id="sites-title">{{t.tower.sites}}</h2></header>
        <div id="sites" data-live><ul class="site-list">
        {{#sites}}<li class="site"><h3>{{name}}</h3><p class="note">{{about}}</p>
        <p class="backlog"><b>{{openOrders}}</b> {{openOrdersCaption}}{{#late}} <strong class="late">{{late}}</strong>{{/late}}</p>
        <svg class="backlog-bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="{{barLabel}}">
        {{#parts}}<rect class="{{id}}" x="{{start}}" y="0" width="{{width}}" height="6"/>{{/parts}}</svg>
        <ul class="parts">{{#parts}}<li class="{{id}}"><b>{{count}}</b> {{name}}</li>{{/parts}}</ul></li>
        {{/sites}}{{^sites}}<li class="note">{{t.tower.no_sites}}</li>{{/sites}}</ul></div></section>
        """#

    static let news = #"""
        <section class="card news" aria-labelledby="news-title"><header class="card-head"><h2 id="news-title">{{t.tower.news}}</h2></header>
        <div id="news" data-live>{{^hasNews}}<p class="note">{{t.tower.no_news}}</p>{{/hasNews}}<ol>
        {{#news}}<li data-key="{{key}}" class="{{tone}}">{{{html(time)}}} <span>{{text}}</span></li>
        {{/news}}</ol></div></section>
        """#
}
