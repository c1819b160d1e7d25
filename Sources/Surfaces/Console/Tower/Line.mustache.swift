extension Templates {
    /// The journey as a line of stations, and the way back below it.
    static let line = #"""
        <section class="card journey" aria-labelledby="journey-title">
        <h2 id="journey-title" class="hidden">The journey</h2>
        <ol class="line">
        {{#stretches}}<li class="stretch" id="{{id}}"><h3>{{name}}</h3>
        <ol class="stations">
        {{#stations}}<li class="station" id="{{id}}">
        <span class="track" id="{{id}}-track" data-live>{{#isMoving}}<i class="moving"></i>{{/isMoving}}</span>
        <svg class="icon" aria-hidden="true"><use href="{{icons}}#{{id}}"/></svg>
        <span class="title">{{title}}</span>
        <b class="count" id="{{id}}-count" data-live>{{count}}</b>
        <span class="caption" id="{{id}}-caption" data-live>{{caption}}</span>
        </li>
        {{/stations}}</ol></li>
        {{/stretches}}</ol>
        <div class="back" id="back" data-live><p class="{{#hasReturns}}moving{{/hasReturns}}"><span class="hidden">Returns: </span>
        <span><b>{{returning}}</b> coming back</span> <span><b>{{returned}}</b> came back</span>
        <span><b>{{lost}}</b> lost</span> <span><b>{{cancelled}}</b> units cancelled</span></p></div>
        </section>
        """#

    static let pulse = #"""
        <section class="passes" aria-label="What passes through">
        {{#tiles}}<div class="card pass"><h2>{{title}}</h2>
        <p><span><b class="count" id="{{id}}-hour" data-live>{{lastHour}}</b> last hour</span>
        <span><b id="{{id}}-day" data-live>{{lastDay}}</b> in 24 h</span></p></div>
        {{/tiles}}
        <div class="card minutes"><h2>Orders per minute</h2>
        <div id="minutes" data-live><svg viewBox="0 0 600 100" preserveAspectRatio="none" role="img" aria-label="{{barsLabel}}">
        {{#bars}}<rect x="{{x}}" y="{{y}}" width="7" height="{{height}}"{{#isRunning}} class="running"{{/isRunning}}/>{{/bars}}
        </svg>
        <p class="scale"><span>an hour ago</span><span>{{peak}}</span><span>now</span></p></div></div>
        </section>
        """#
}
