extension Templates {
    static let sites = #"""
        <section class="sites" aria-labelledby="sites-title">
        <h2 id="sites-title">Sites</h2>
        <div id="sites" data-live>{{^hasSites}}<p class="none">No fulfillment center yet.</p>{{/hasSites}}<ul>
        {{#sites}}<li class="card site">
        <h3>{{name}}</h3><p class="about">{{about}}</p>
        <p class="backlog"><b>{{openOrders}}</b> {{openOrdersCaption}}
        {{#late}}<strong class="late">{{late}}</strong>{{/late}}</p>
        <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="{{barLabel}}">
        {{#parts}}<rect class="{{id}}" x="{{start}}" y="0" width="{{width}}" height="6"/>{{/parts}}</svg>
        <ul class="parts">{{#parts}}<li class="{{id}}"><b>{{count}}</b> {{name}}</li>{{/parts}}</ul>
        {{#cutOff}}<p class="cutoff{{#isPressing}} pressing{{/isPressing}}">Cut-off <b>{{time}}</b>
        <span>{{relative}}</span> <small>collection {{departs}}, local time</small></p>{{/cutOff}}
        </li>
        {{/sites}}</ul>
        {{#hasStops}}<p class="stops">Goods pass through {{stops}}.</p>{{/hasStops}}</div>
        </section>
        """#

    static let news = #"""
        <section class="card news" aria-labelledby="news-title">
        <h2 id="news-title" tabindex="-1">Latest events</h2>
        <div id="news" data-live>{{^hasNews}}<p class="none">Nothing has happened yet.</p>{{/hasNews}}<ol>
        {{#news}}<li data-key="{{key}}" class="{{tone}}"><time datetime="{{time}}">{{clock}}</time> <span>{{text}}</span></li>
        {{/news}}</ol></div>
        </section>
        """#

    static let troubles = #"""
        <section class="card troubles" aria-labelledby="troubles-title">
        <h2 id="troubles-title">Needs a person <b class="count" id="troubles-count" data-live>{{openExceptions}}</b></h2>
        <div id="troubles" data-live>{{^hasExceptions}}<p class="none">Nothing. All is well.</p>{{/hasExceptions}}
        {{#hasExceptions}}<ul>
        {{#exceptions}}<li{{#isOverdue}} class="overdue"{{/isOverdue}}><b>{{count}}</b>
        <span>{{what}}{{#site}} · {{site}}{{/site}}</span> <span class="due">{{due}}</span></li>
        {{/exceptions}}</ul>{{/hasExceptions}}</div>
        </section>
        """#
}
