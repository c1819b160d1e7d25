extension Templates {
    /// Colours and type of all pages.
    static let style = #"""
        :root{color-scheme:light dark;--paper:#f5f3ee;--card:#fffefb;--ink:#1b2631;--soft:#5b6873;--line:#d9d5ca;
        --accent:#0b7a75;--shop:#3d5a98;--floor:#b06a00;--road:#0b7a75;--door:#2f7d32;--alarm:#b3261e;--wash:#ece8de}
        @media (prefers-color-scheme:dark){:root{--paper:#0f1519;--card:#172027;--ink:#e8ecee;--soft:#9aa8b2;--line:#2c3942;
        --accent:#4fc1b8;--shop:#8fabec;--floor:#e5a84b;--road:#4fc1b8;--door:#7cc67f;--alarm:#ff8a80;--wash:#1f2a32}}
        *{box-sizing:border-box}
        html{font-size:clamp(15px,calc(.52vw + 9px),24px)}
        body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.4 system-ui,-apple-system,"Segoe UI",Roboto,
        "Noto Sans","DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
        h1,h2,h3,p,ol,ul{margin:0;padding:0}
        ol,ul{list-style:none}
        h2{font-size:.8rem;font-weight:600;letter-spacing:.04em;color:var(--soft)}
        .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        .skip{position:absolute;left:-99rem}
        .skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem;border-radius:.4rem;z-index:2}
        :focus-visible{outline:3px solid var(--accent);outline-offset:2px}
        .top{display:flex;align-items:baseline;gap:1rem;padding:1rem 1.5rem .2rem}
        .top h1{font-size:1.35rem;letter-spacing:-.01em}
        .motto{color:var(--soft);flex:1}
        .state{display:flex;align-items:center;gap:.5rem;color:var(--soft)}
        .lamp{width:.6rem;height:.6rem;border-radius:50%;background:var(--door)}
        .state[data-state=lost]{color:var(--alarm);font-weight:600}
        .state[data-state=lost] .lamp{background:var(--alarm)}
        .state[data-state=paused] .lamp{background:var(--floor)}
        button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:.5rem;
        padding:.25rem .8rem;cursor:pointer}
        main{padding:.6rem 1.5rem 1.5rem;display:grid;gap:1rem;max-width:130rem;margin:auto}
        .card{background:var(--card);border:1px solid var(--line);border-radius:.8rem;padding:.9rem 1.1rem}
        #empty:empty{display:none}
        .empty{background:var(--card);border:1px dashed var(--accent);border-radius:.8rem;padding:1.2rem 1.4rem}
        .empty h2{font-size:1.2rem;color:var(--ink);letter-spacing:0}
        .empty p{max-width:46rem;margin-top:.3rem}
        .none{color:var(--soft)}
        .count{font-weight:650;letter-spacing:-.02em}
        .asof{color:var(--soft);font-size:.8rem;text-align:right}
        @media (max-width:700px){.top{padding:.8rem 1rem .2rem;flex-wrap:wrap}.motto{display:none}.top h1{flex:1}
        main{padding:.6rem .8rem 1rem}}

        """#
}
