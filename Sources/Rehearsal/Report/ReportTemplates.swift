enum ReportTemplates {
    static let page = #"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Waybill · {{title}}</title>
        <style>{{>style}}</style>
        </head>
        <body>
        <header><h1>{{title}}</h1>
        <p>{{from}} to {{until}} on the virtual clock · {{engine}} · seed {{seed}}</p>
        <p class="digest">digest <code>{{digest}}</code></p></header>
        <main>
        <section class="tiles" aria-label="In numbers">
        {{#tiles}}<div class="card"><h2>{{name}}</h2><p class="value{{#isAlarming}} alarm{{/isAlarming}}">{{value}}</p>
        <p class="remark">{{note}}</p></div>
        {{/tiles}}</section>
        <section class="figures" aria-label="In pictures and tables">
        {{#figures}}<figure class="card"><figcaption>{{title}}</figcaption>
        {{{drawing}}}
        <ul class="legend">{{#legend}}<li><svg viewBox="0 0 24 8" aria-hidden="true"><path class="{{style}}" d="M0 4 L24 4"/></svg>
        {{name}}</li>{{/legend}}</ul></figure>
        {{/figures}}
        {{#tables}}<div class="card"><h2>{{title}}</h2>{{#nothing}}<p class="remark">{{nothing}}</p>{{/nothing}}<table><tbody>
        {{#rows}}<tr><th scope="row">{{name}}</th><td>{{count}}</td></tr>
        {{/rows}}</tbody></table></div>
        {{/tables}}</section>
        </main>
        </body>
        </html>

        """#

    static let style = #"""
        :root{color-scheme:light dark;--paper:#f5f3ee;--card:#fffefb;--ink:#1b2631;--soft:#5b6873;--line:#d9d5ca;--grid:#ebe7dd;
        --bar:#3d5a98;--alarm:#b3261e;--c0:#3d5a98;--c1:#b06a00;--c2:#0b7a75;--c3:#a2397a;--c4:#2f7d32;--c5:#7a5b3a}
        @media (prefers-color-scheme:dark){:root{--paper:#0f1519;--card:#172027;--ink:#e8ecee;--soft:#9aa8b2;--line:#3a4852;
        --grid:#25313a;--bar:#8fabec;--alarm:#ff8a80;--c0:#8fabec;--c1:#e5a84b;--c2:#4fc1b8;--c3:#ec8fc4;--c4:#7cc67f;
        --c5:#c9a57c}}
        *{box-sizing:border-box}
        body{margin:auto;max-width:100rem;padding:1.2rem 1.5rem 2rem;background:var(--paper);color:var(--ink);
        font:1rem/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;
        font-variant-numeric:tabular-nums}
        h1,h2,p,ul,figure{margin:0;padding:0}
        h1{font-size:1.6rem;letter-spacing:-.01em}
        h2,figcaption{font-size:.85rem;font-weight:600;letter-spacing:.03em;color:var(--soft)}
        header p,.remark{color:var(--soft)}
        .digest{font-size:.8rem;overflow-wrap:anywhere}
        main{display:grid;gap:1rem;margin-top:1rem}
        .card{background:var(--card);border:1px solid var(--line);border-radius:.8rem;padding:.9rem 1.1rem;min-width:0}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:1rem}
        .value{font-size:1.6rem;white-space:nowrap;font-weight:650;letter-spacing:-.02em;line-height:1.3}
        .value.alarm{color:var(--alarm)}
        .remark{font-size:.85rem}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(28rem,100%),1fr));gap:1rem;align-items:start}
        svg{display:block;width:100%;height:auto;margin-top:.4rem}
        .grid{stroke:var(--grid)}.axis{stroke:var(--line)}
        .bar{fill:var(--bar)}
        .marker{stroke:var(--ink);stroke-dasharray:3 3}
        text{fill:var(--soft);font-size:13px}
        .note{fill:var(--ink)}
        .line{fill:none;stroke-width:2;stroke-linejoin:round}
        .dashed{stroke-dasharray:6 4}
        .c0{stroke:var(--c0)}.c1{stroke:var(--c1)}.c2{stroke:var(--c2)}.c3{stroke:var(--c3)}
        .c4{stroke:var(--c4)}.c5{stroke:var(--c5)}
        .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;font-size:.85rem;color:var(--soft)}
        .legend li{display:flex;align-items:center;gap:.4rem}
        .legend svg{width:1.5rem;margin:0}
        table{border-collapse:collapse;width:100%;margin-top:.3rem}
        th{font-weight:400;text-align:left;padding:.15rem 0}
        td{text-align:right;font-weight:600;vertical-align:top}
        @media print{body{background:none}.card{break-inside:avoid}}

        """#
}
