extension Assets {
    /// What stands below the line: numbers, sites, events.
    static let towerStyle = #"""
        .passes{display:grid;grid-template-columns:repeat(3,1fr) 3fr;gap:1rem}
        .pass p{color:var(--soft);display:flex;flex-wrap:wrap;gap:0 1.2rem;align-items:baseline}
        .pass .count{font-size:2rem;line-height:1.3}
        .pass b{color:var(--ink)}
        .pass span{white-space:nowrap}
        .minutes{padding-bottom:.5rem}
        .minutes svg{display:block;width:100%;height:2.4rem;margin-top:.3rem;fill:var(--shop)}
        .minutes .running{opacity:.45}
        .scale{display:flex;justify-content:space-between;color:var(--soft);font-size:.8rem;margin-top:.2rem;
        border-top:1px solid var(--line);padding-top:.15rem}
        .tower-columns{display:grid;grid-template-columns:3fr 2fr;gap:1rem;align-items:start}
        .sites>h2{margin:.2rem 0 .5rem .2rem}
        .sites ul:not(.parts){display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:1rem}
        .site h3{font-size:1.1rem}
        .about{color:var(--soft);font-size:.85rem}
        .backlog{margin-top:.5rem}
        .backlog b{font-size:1.7rem;font-weight:650;letter-spacing:-.02em}
        .late{color:var(--alarm);margin-left:.4rem}
        .bar{display:block;width:100%;height:.6rem;margin:.35rem 0;background:var(--wash);border-radius:.3rem}
        .bar .promised{fill:var(--shop)}.bar .listed{fill:var(--floor)}.bar .totes{fill:var(--road)}.bar .packed{fill:var(--door)}
        .parts{display:grid;grid-template-columns:1fr 1fr;gap:.1rem .8rem;font-size:.85rem;color:var(--soft)}
        .parts li::before{content:"";display:inline-block;width:.6rem;height:.6rem;border-radius:.15rem;margin-right:.4rem;
        background:var(--mark)}
        .parts b{color:var(--ink)}
        .parts .promised{--mark:var(--shop)}.parts .listed{--mark:var(--floor)}
        .parts .totes{--mark:var(--road)}.parts .packed{--mark:var(--door)}
        .cutoff{margin-top:.6rem;padding-top:.5rem;border-top:1px solid var(--line)}
        .cutoff span{white-space:nowrap}
        .cutoff small{display:block;color:var(--soft);font-size:.8rem}
        .cutoff.pressing b{color:var(--alarm)}
        .stops{color:var(--soft);margin:.6rem .2rem 0}
        .left{display:grid;gap:1rem}
        .news ol{margin-top:.4rem}
        .news li{display:flex;gap:.8rem;padding:.22rem 0 .22rem .7rem;border-left:.25rem solid var(--mark,var(--line))}
        .news li+li{margin-top:2px}
        .news time{color:var(--soft);white-space:nowrap;min-width:4.6rem}
        .news .order{--mark:var(--shop)}.news .work{--mark:var(--floor)}.news .parcel{--mark:var(--road)}
        .news .door{--mark:var(--door)}.news .trouble{--mark:var(--alarm)}
        .troubles h2 .count{color:var(--alarm);font-size:1.1rem}
        .troubles li{display:flex;gap:.6rem;padding:.2rem 0}
        .troubles .due{margin-left:auto;color:var(--soft);white-space:nowrap}
        .troubles .overdue .due{color:var(--alarm)}
        @media (max-width:1000px){.tower-columns,.passes{grid-template-columns:1fr}}
        @media (min-width:600px) and (max-width:1000px){.passes{grid-template-columns:repeat(3,1fr)}.minutes{grid-column:1/4}}
        @media (max-width:599px){.pass{display:flex;justify-content:space-between;align-items:center;flex-wrap:wrap;
        padding:.4rem 1.1rem}.pass h2{flex-basis:100%}.pass .count{font-size:1.4rem}}

        """#
}
