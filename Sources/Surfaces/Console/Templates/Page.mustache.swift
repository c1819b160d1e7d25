extension Templates {
    /// The frame of the first page.
    static let page = #"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Waybill · the journey</title>
        <link rel="icon" href="data:,">
        <style nonce="{{nonce}}">{{>style}}</style>
        <noscript><meta http-equiv="refresh" content="10"></noscript>
        </head>
        <body>
        {{>icons}}
        <a class="skip" href="#news-title">Skip to the latest events</a>
        <header class="top">
        <h1>Waybill</h1>
        <p class="motto">every order, from the channel to the door</p>
        <p class="state" id="state" role="status" data-state="live"><i class="lamp"></i><span id="state-text">Live</span></p>
        <button type="button" id="pause" aria-pressed="false" aria-keyshortcuts="p" hidden>Pause</button>
        </header>
        <main id="board">
        {{>board}}
        </main>
        <script nonce="{{nonce}}">{{>script}}</script>
        </body>
        </html>

        """#

    /// What changes while the page is open. An element with `data-live` and an id is put in anew where it changed.
    static let board = #"""
        <div id="empty" data-live>{{#isEmpty}}<section class="empty">
        <h2>No orders yet</h2>
        <p>The line is laid and waits. The first order shows up here by itself, and moves from station to station
        until it is at the door.</p>
        </section>{{/isEmpty}}</div>
        {{#line}}{{>line}}{{/line}}
        {{#pulse}}{{>pulse}}{{/pulse}}
        <div class="columns">
        <div class="left">
        {{>sites}}
        {{>troubles}}
        </div>
        {{>news}}
        </div>
        <p class="asof">As of <span id="asof" data-live><time datetime="{{now}}">{{clock}}</time></span></p>
        """#

    /// Why the page is not shown.
    static let closed = #"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Waybill · {{title}}</title>
        <link rel="icon" href="data:,">
        <style nonce="{{nonce}}">{{>style}}</style>
        </head>
        <body>
        <header class="top"><h1>Waybill</h1></header>
        <main><section class="empty"><h2>{{title}}</h2><p>{{reason}}</p>
        <p><code>curl -H 'Authorization: Bearer wb_…' http://…/</code></p>
        </section></main>
        </body>
        </html>

        """#
}
