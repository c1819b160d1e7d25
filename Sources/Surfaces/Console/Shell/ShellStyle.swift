extension Assets {
    /// Colours, type and the elements as they stand by themselves.
    static let shellStyle = #"""
        :root{color-scheme:light;--paper:#f4f6f7;--card:#fff;--raised:#fff;--ink:#111a21;--soft:#566470;--faint:#8a96a0;--line:#dfe4e8;
        --strong:#c4cdd4;--wash:#eef2f4;--accent:#0f766e;--accent-ink:#fff;--accent-wash:#e0f2ef;--link:#0b625b;
        --info:#1d4ed8;--info-wash:#e4ecfd;--good:#116530;--good-wash:#e2f4e8;--warn:#92520a;--warn-wash:#fcefd6;
        --bad:#b42318;--bad-wash:#fde7e4;--shop:#3d5a98;--floor:#a45c00;--road:#0f766e;--door:#2f7d32;--alarm:#b42318;
        --shadow:0 1px 2px rgb(16 24 32/.05),0 1px 3px rgb(16 24 32/.06);--lift:0 12px 32px rgb(16 24 32/.18);
        --s0:#0f766e;--s1:#3d5a98;--s2:#c2740a;--s3:#8b3f8f;--s4:#5b6873;--s5:#b42318}
        @media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;--paper:#0d1317;--card:#141c22;--raised:#1a242b;
        --ink:#e6ebee;--soft:#9dabb5;--faint:#74828d;--line:#25313a;--strong:#3a4954;--wash:#1a242b;--accent:#2fb3a6;--accent-ink:#04211e;
        --accent-wash:#12302e;--link:#57cabd;--info:#8db0ff;--info-wash:#17264a;--good:#6fce8b;--good-wash:#12301d;--warn:#f0b454;
        --warn-wash:#352710;--bad:#ff9186;--bad-wash:#3b1815;--shop:#8fabec;--floor:#e5a84b;--road:#4fc1b8;--door:#7cc67f;--alarm:#ff8a80;
        --shadow:0 0 0 1px rgb(255 255 255/.02);--lift:0 16px 40px rgb(0 0 0/.6);
        --s0:#4fc1b8;--s1:#8fabec;--s2:#e5a84b;--s3:#d394d6;--s4:#9aa8b2;--s5:#ff8a80}}
        :root[data-theme=dark]{color-scheme:dark;--paper:#0d1317;--card:#141c22;--raised:#1a242b;
        --ink:#e6ebee;--soft:#9dabb5;--faint:#74828d;--line:#25313a;--strong:#3a4954;--wash:#1a242b;--accent:#2fb3a6;--accent-ink:#04211e;
        --accent-wash:#12302e;--link:#57cabd;--info:#8db0ff;--info-wash:#17264a;--good:#6fce8b;--good-wash:#12301d;--warn:#f0b454;
        --warn-wash:#352710;--bad:#ff9186;--bad-wash:#3b1815;--shop:#8fabec;--floor:#e5a84b;--road:#4fc1b8;--door:#7cc67f;--alarm:#ff8a80;
        --shadow:0 0 0 1px rgb(255 255 255/.02);--lift:0 16px 40px rgb(0 0 0/.6);
        --s0:#4fc1b8;--s1:#8fabec;--s2:#e5a84b;--s3:#d394d6;--s4:#9aa8b2;--s5:#ff8a80}
        *{box-sizing:border-box}
        html{font-size:14px;-webkit-text-size-adjust:100%}
        @media (min-width:2200px){html{font-size:18px}}
        body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.45 Inter,system-ui,-apple-system,"Segoe UI",Roboto,
        "Noto Sans","Noto Sans CJK SC","DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
        h1,h2,h3,p,ol,ul,dl,dd,figure{margin:0;padding:0}
        ol,ul{list-style:none}
        a{color:var(--link);text-decoration:none}
        a:hover{text-decoration:underline}
        p a,dd a,.timeline a{text-decoration:underline;text-underline-offset:.15em}
        h1{font-size:1.6rem;line-height:1.2;font-weight:650;letter-spacing:-.02em}
        h2{font-size:1.05rem;font-weight:620;letter-spacing:-.005em}
        h3{font-size:.93rem;font-weight:600}
        code,kbd{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.92em}
        kbd{border:1px solid var(--line);border-bottom-width:2px;border-radius:.35rem;padding:.02rem .35rem;background:var(--card);
        color:var(--soft);font-size:.8rem}
        .quiet,.hint,.note{color:var(--soft)}
        .late{color:var(--alarm);font-weight:600}
        .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        [hidden],html:not(.script) [data-copy]{display:none!important}
        .skip{position:absolute;left:-99rem;z-index:9}
        .skip:focus{left:1rem;top:.6rem;background:var(--card);padding:.5rem 1rem;border-radius:.5rem;box-shadow:var(--lift)}
        :focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        main:focus{outline:none}
        .icon{width:1.3rem;height:1.3rem;flex:none;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linejoin:round;
        stroke-linecap:round}
        .mark{width:1.75rem;height:1.75rem;flex:none}
        ::selection{background:var(--accent-wash)}
        @media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}

        """#

    /// Top bar, navigation, page head, dialogs, toasts, and the page of who is not signed in.
    static let frameStyle = #"""
        body.console{display:grid;grid-template:3.5rem 1fr/15.5rem minmax(0,1fr);min-height:100vh}
        .top{grid-column:1/3;position:sticky;top:0;z-index:5;display:flex;align-items:center;gap:.8rem;padding:0 1.1rem;
        background:var(--card);border-bottom:1px solid var(--line)}
        .brand{display:flex;align-items:center;gap:.6rem;font-weight:680;font-size:1.15rem;letter-spacing:-.02em;color:var(--ink)}
        .top .brand{width:13.4rem}.brand:hover{text-decoration:none}
        .menu{display:none;color:var(--ink)}
        .find{flex:1;max-width:34rem;margin-right:auto;display:flex;align-items:center;gap:.5rem;background:var(--wash);
        border:1px solid #0000;
        border-radius:.6rem;padding:0 .6rem;color:var(--soft)}
        .find:focus-within{background:var(--card);border-color:var(--accent)}
        .find input{flex:1;min-width:0;border:0;background:none;color:var(--ink);font:inherit;padding:.5rem 0;outline:none}
        .find input::placeholder,#palette input::placeholder{color:var(--soft);opacity:1}
        .pulse{display:flex;align-items:center;gap:.45rem;color:var(--soft);font-size:.86rem;white-space:nowrap}
        .pulse i{width:.55rem;height:.55rem;border-radius:50%;background:var(--strong)}
        .pulse[data-state=live] i{background:var(--good);animation:breathe 2.4s ease-in-out infinite}
        .pulse[data-state=lost]{color:var(--bad)}.pulse[data-state=lost] i{background:var(--bad)}
        .pulse[data-state=still]{display:none}
        @keyframes breathe{50%{opacity:.35}}
        .ghost{font:inherit;font-weight:600;border:0;background:none;color:var(--soft);min-width:2.1rem;height:2.1rem;padding:0 .3rem;
        border-radius:.5rem;cursor:pointer;
        display:grid;place-items:center}
        .ghost:hover{background:var(--wash);color:var(--ink)}
        .who{display:grid;line-height:1.2;color:var(--ink);text-align:right;font-size:.9rem;white-space:nowrap}
        .who small{color:var(--soft);font-size:.8rem}
        #nav{position:sticky;top:3.5rem;align-self:start;height:calc(100vh - 3.5rem);overflow:auto;padding:.7rem .7rem 2rem;
        border-right:1px solid var(--line);background:var(--card)}
        #nav h2{font-size:.74rem;font-weight:600;letter-spacing:.06em;text-transform:uppercase;color:var(--soft);padding:1rem .65rem .3rem}
        #nav li a{display:flex;align-items:center;gap:.65rem;padding:.42rem .65rem;border-radius:.5rem;color:var(--ink);font-weight:500}
        #nav li a .icon{color:var(--soft)}
        #nav li a:hover{background:var(--wash);text-decoration:none}
        #nav li a[aria-current]{background:var(--accent-wash);color:var(--link)}
        #nav li a[aria-current] .icon{color:var(--accent)}
        #nav .close{display:none}
        main{padding:1.3rem 1.6rem 3rem;display:grid;grid-template-columns:minmax(0,1fr);gap:1.1rem;
        align-content:start;max-width:120rem;width:100%}
        .page-head{display:flex;align-items:flex-end;gap:1rem;flex-wrap:wrap;min-height:2.4rem}
        .page-head>div:first-child{flex:1;min-width:12rem}
        .actions{display:flex;gap:.5rem;flex-wrap:wrap}
        .crumbs{font-size:.88rem;color:var(--soft);margin-bottom:.15rem}
        .said{background:var(--good-wash);color:var(--good);border-radius:.6rem;padding:.6rem .9rem;font-weight:550}
        dialog{border:1px solid var(--line);border-radius:.9rem;background:var(--raised);color:var(--ink);box-shadow:var(--lift);
        padding:1.2rem 1.4rem;
        min-width:min(30rem,92vw)}
        dialog::backdrop{background:rgb(8 14 18/.45)}
        .sheet{display:grid;gap:.45rem;margin:.9rem 0 1.1rem}.sheet div{display:flex;gap:1rem}.sheet dt{min-width:8.5rem}
        #palette{padding:0;margin-top:12vh;width:min(40rem,94vw)}
        #palette input{width:100%;border:0;border-bottom:1px solid var(--line);background:none;color:var(--ink);font:inherit;
        font-size:1.15rem;
        padding:1rem 1.2rem;outline:none;border-radius:.9rem .9rem 0 0}
        #palette ul{max-height:22rem;overflow:auto;padding:.5rem}
        #palette li{padding:.55rem .8rem;border-radius:.5rem;cursor:pointer}
        #palette li[aria-selected=true]{background:var(--accent-wash);color:var(--link)}
        #toasts{position:fixed;right:1.2rem;bottom:1.2rem;z-index:20;display:grid;gap:.5rem;justify-items:end}
        .toast{background:var(--ink);color:var(--paper);border-radius:.6rem;padding:.65rem 1rem;box-shadow:var(--lift);max-width:28rem;
        animation:rise .18s ease-out}
        .toast.bad{background:var(--bad);color:var(--card)}
        @keyframes rise{from{opacity:0;transform:translateY(.5rem)}}
        :root:has(body.plain){font-size:clamp(14px,.95vw,32px)}body.plain main{max-width:none}
        body.bare{display:grid;place-items:start center;padding:8vh 1rem 3rem}
        body.bare main{width:min(46rem,100%);background:var(--card);border:1px solid var(--line);border-radius:1rem;
        box-shadow:var(--shadow);
        padding:2rem 2.2rem}
        .roles{display:grid;grid-template-columns:repeat(auto-fill,minmax(12rem,1fr));gap:.6rem;margin-top:.8rem}
        .roles form,.roles li{display:grid}
        .roles button{display:grid;gap:.1rem;text-align:left;font:inherit;color:inherit;background:var(--wash);border:1px solid #0000;
        border-radius:.7rem;padding:.7rem .9rem;cursor:pointer}
        .roles button:hover{border-color:var(--accent);background:var(--accent-wash)}
        .roles span{color:var(--soft);font-size:.88rem}
        .look{border-bottom:1px solid var(--line);padding-bottom:1.6rem}.look p{color:var(--soft)}
        .roles button{align-content:start;height:100%}
        body.bare .form{max-width:none}
        @media (max-width:900px){body.console{grid-template-columns:minmax(0,1fr)}.top{grid-column:1;gap:.5rem;padding:0 .7rem}
        .menu{display:block}
        .top .brand{width:auto}.top .brand span,.find kbd,.who,.pulse span,#keys{display:none}
        #nav{display:none}#nav:target{display:block;position:fixed;inset:0 20% 0 0;height:auto;z-index:9;box-shadow:var(--lift)}
        #nav:target .close{display:block;text-align:right;font-size:1.6rem;line-height:1;color:var(--ink)}
        main{padding:1rem .8rem 2.5rem}body.bare main{padding:1.4rem 1.1rem}}

        """#
}
