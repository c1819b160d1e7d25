extension Assets {
    /// What comes and goes in the ledger.
    static let stockStyle = #"""
        .plus{color:var(--good)}.minus{color:var(--bad)}
        .brief-note{background:var(--wash);border-radius:.6rem;padding:.6rem .9rem}
        .serials{display:flex;flex-wrap:wrap;gap:.3rem .7rem}
        .card>.chart{padding:0 0 .8rem}
        .share-bar{display:block;width:6rem;height:.45rem;border-radius:.3rem;background:var(--wash)}.share-bar rect{fill:var(--accent)}
        .heat{display:inline-block;min-width:2.6rem;padding:.1rem .4rem;border-radius:.35rem;text-align:right;color:var(--ink)}
        .h1{background:color-mix(in srgb,var(--accent) 12%,var(--card))}.h2{background:color-mix(in srgb,var(--accent) 24%,var(--card))}
        .h3{background:color-mix(in srgb,var(--accent) 38%,var(--card))}.h4{background:color-mix(in srgb,var(--accent) 52%,var(--card))}
        .tickbox{position:relative;z-index:1;width:1.25rem;height:1.25rem;accent-color:var(--accent);cursor:pointer}
        .batch{background:var(--card);border:1px solid var(--line);border-radius:.8rem;padding:.8rem 1rem;box-shadow:var(--shadow)}
        .batch .wide{flex:1 1 14rem}
        .next-steps{grid-template-columns:repeat(auto-fit,minmax(14rem,1fr))}
        .heat small{display:block;font-size:.75rem}.heat.over{background:var(--bad-wash);color:var(--bad);font-weight:600}
        a.row small{display:block;font-weight:400;white-space:normal;max-width:27rem}
        .acts details>.hint{margin-bottom:.6rem}

        """#
}
