extension Templates {
    /// The head of every document.
    static let head = #"""
        <!doctype html>
        <html lang="{{language}}" data-theme="{{theme}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{title}}</title>
        <link rel="icon" href="{{mark}}" type="image/svg+xml">
        <link rel="stylesheet" href="{{style}}">
        {{#scripts}}<script type="module" src="{{.}}"></script>
        {{/scripts}}{{#words}}<meta name="word-{{name}}" content="{{text}}">
        {{/words}}</head>
        """#

    /// Navigation, search and head around a page.
    static let frame = #"""
        {{>head}}
        <body class="console">
        <a class="skip" href="#main">{{t.shell.skip}}</a>
        <header class="top">
        <a class="menu" href="#nav" aria-label="{{t.shell.menu}}"><svg class="icon" aria-hidden="true"><use
        href="{{icons}}#menu"/></svg></a>
        <a class="brand" href="/" aria-label="Waybill"><svg class="mark" aria-hidden="true"><use
        href="{{icons}}#mark"/></svg><span>Waybill</span></a>
        <form class="find" action="/search" method="get" role="search"><label class="hidden" for="find">{{t.shell.search}}</label>
        <svg class="icon" aria-hidden="true"><use href="{{icons}}#search"/></svg>
        <input id="find" name="q" type="search" placeholder="{{t.shell.search_hint}}" autocomplete="off"><kbd>Ctrl K</kbd></form>
        <p class="pulse" id="pulse" role="status" data-state="still"><i></i><span></span></p>
        <button type="button" class="ghost" id="theme" aria-label="{{t.shell.theme}}" title="{{t.shell.theme}}"
        hidden><svg class="icon" aria-hidden="true"><use href="{{icons}}#theme"/></svg></button>
        <button type="button" class="ghost" id="keys" aria-label="{{t.shell.keys}}" title="{{t.shell.keys}} (?)" hidden>?</button>
        <a class="who" href="/account"><b>{{userName}}</b><small>{{userRole}}</small></a>
        <form method="post" action="/sign-out" class="out"><input type="hidden" name="csrf" value="{{formToken}}">
        <button type="submit" class="ghost" aria-label="{{t.shell.sign_out}}" title="{{t.shell.sign_out}}"><svg class="icon"
        aria-hidden="true"><use href="{{icons}}#out"/></svg></button></form>
        </header>
        <nav id="nav" aria-label="{{t.shell.navigation}}"><a class="close" href="#main" aria-label="{{t.shell.close}}">×</a>
        {{#sections}}<h2>{{title}}</h2><ul>
        {{#links}}<li><a href="{{path}}"{{#isHere}} aria-current="page"{{/isHere}}><svg class="icon" aria-hidden="true"><use
        href="{{icons}}#{{icon}}"/></svg>{{title}}</a></li>
        {{/links}}</ul>
        {{/sections}}</nav>
        <main id="main" tabindex="-1">
        {{>said}}
        <header class="page-head"><div>{{#hasCrumbs}}<nav class="crumbs" aria-label="{{t.shell.crumbs}}">{{#crumbs}}<a
        href="{{path}}">{{text}}</a> <span aria-hidden="true">›</span> {{/crumbs}}</nav>{{/hasCrumbs}}<h1>{{heading}}</h1></div>
        <div class="actions">{{{html(actions)}}}</div></header>
        {{{html(content)}}}
        </main>
        {{>dialogs}}
        <div id="toasts" role="status" aria-live="polite"></div>
        </body>
        </html>

        """#

    /// What the page before had to say.
    static let said = #"""
        {{#said}}<p class="said" data-toast role="status">{{said}}</p>{{/said}}
        """#

    /// The sheet of keys and the palette; scripts open them.
    static let dialogs = #"""
        <dialog id="sheet" aria-labelledby="sheet-title"><h2 id="sheet-title">{{t.shell.keys}}</h2><dl class="sheet">
        <div><dt><kbd>Ctrl</kbd> <kbd>K</kbd> · <kbd>/</kbd></dt><dd>{{t.keys.palette}}</dd></div>
        <div><dt><kbd>?</kbd></dt><dd>{{t.keys.sheet}}</dd></div>
        <div><dt><kbd>j</kbd> · <kbd>k</kbd></dt><dd>{{t.keys.rows}}</dd></div>
        <div><dt><kbd>Enter</kbd></dt><dd>{{t.keys.open}}</dd></div>
        <div><dt><kbd>n</kbd> · <kbd>p</kbd></dt><dd>{{t.keys.pages}}</dd></div>
        <div><dt><kbd>f</kbd></dt><dd>{{t.keys.filter}}</dd></div>
        <div><dt><kbd>g</kbd> <kbd>h</kbd></dt><dd>{{t.keys.home}}</dd></div>
        <div><dt><kbd>t</kbd></dt><dd>{{t.keys.theme}}</dd></div>
        </dl><form method="dialog"><button class="button">{{t.shell.close}}</button></form></dialog>
        <dialog id="palette" aria-label="{{t.shell.search}}"><form action="/search" method="get"><label class="hidden"
        for="palette-q">{{t.shell.search}}</label><input id="palette-q" name="q" type="search" autocomplete="off"
        placeholder="{{t.shell.search_hint}}" role="combobox" aria-expanded="true" aria-controls="palette-list"></form>
        <ul id="palette-list" role="listbox" aria-label="{{t.shell.pages}}"></ul></dialog>
        """#

    /// A box in the middle, for people who are not signed in.
    static let bare = #"""
        {{>head}}
        <body class="bare">
        <main id="main"><p class="brand"><svg class="mark" aria-hidden="true"><use href="{{icons}}#mark"/></svg><span>Waybill</span></p>
        {{>said}}
        <h1>{{heading}}</h1>
        {{{html(content)}}}
        </main>
        <div id="toasts" role="status" aria-live="polite"></div>
        </body>
        </html>

        """#

    /// Nothing but the document.
    static let plain = #"""
        {{>head}}
        <body class="plain">
        <main id="main">
        {{>said}}
        {{{html(content)}}}
        </main>
        <div id="toasts" role="status" aria-live="polite"></div>
        </body>
        </html>

        """#

    /// A page that is components only.
    static let content = "{{{html(content)}}}"

    /// Why a page is not there.
    static let refused = #"""
        <div class="empty"><h2>{{title}}</h2><p>{{reason}}</p><p><a class="button" href="/">{{t.refused.home}}</a></p></div>
        """#
}
