extension Assets {
    /// Large, and within reach of one thumb.
    static let floorStyle = #"""
        .floor{max-width:34rem;margin:0 auto;min-height:100dvh;position:relative;display:flex;
        flex-direction:column;gap:.8rem;padding:.7rem .9rem;
        font-size:1.2rem}
        .floor.desk{min-height:0;margin:0;padding:0;max-width:46rem}
        .floor>header{display:flex;align-items:center;gap:.7rem;min-height:3rem}
        .floor>header a,.floor>header button{font:inherit;font-size:1.6rem;min-width:3rem;min-height:3rem;display:grid;
        place-items:center;border:0;border-radius:.7rem;background:var(--wash);color:var(--ink)}
        .floor>header a:hover{text-decoration:none}
        .floor>header b{flex:1}.floor>header span{color:var(--soft);font-size:1rem}
        #line[data-state=lost]{color:var(--bad);font-weight:650}
        .floor h1{font-size:1.7rem}
        .floor h2{font-size:1.15rem}
        .jobs{display:grid;grid-template-columns:1fr 1fr;gap:.8rem}
        .jobs a{display:grid;gap:.3rem;padding:1.1rem 1rem;min-height:7.5rem;background:var(--card);border:1px solid var(--line);
        border-radius:1rem;color:var(--ink);font-weight:600;box-shadow:var(--shadow);align-content:start}
        .jobs a:hover{border-color:var(--accent);text-decoration:none}
        .jobs .icon{width:2.2rem;height:2.2rem;color:var(--accent)}
        .jobs b{font-size:1.5rem;line-height:1.1}
        .jobs em{font-style:normal;font-size:.95rem;color:var(--warn)}
        :root:has(.floor:not(.desk)){font-size:17px}
        main:has(>.floor:not(.desk)){padding:0}
        #screen{display:flex;flex-direction:column;gap:.7rem;flex:1}
        .told{min-height:3.6rem;padding:.6rem .9rem;border-radius:.8rem;font-weight:650;font-size:1.3rem;display:flex;align-items:center;
        gap:.7rem;overflow-wrap:anywhere}
        .told b{font-size:1.9rem;line-height:1}
        .told.none{display:none}
        #screen:is([data-tone=right],[data-tone=warn],[data-tone=wrong],[data-tone=pull])::before{content:"";position:fixed;inset:0;
        z-index:5;border:.6rem solid var(--bad);pointer-events:none}
        #screen[data-tone=right]::before{border-color:var(--good);animation:fade .9s ease-out forwards}
        #screen[data-tone=warn]::before{border-color:var(--warn)}
        @keyframes fade{to{opacity:0}}
        .told.right{background:var(--good-wash);color:var(--good)}
        .told.warn{background:var(--warn-wash);color:var(--warn)}
        .told.wrong{background:var(--bad-wash);color:var(--bad);box-shadow:inset 0 0 0 3px var(--bad)}
        .told.pull{background:var(--bad);color:var(--card)}
        .told.fresh{animation:rise .16s ease-out}
        .big{font-size:clamp(2.4rem,14vw,4.6rem);line-height:1.08;font-weight:720;letter-spacing:-.03em;padding:1.1rem .8rem;
        border-radius:1rem;text-align:center;background:var(--wash);overflow-wrap:anywhere}
        .big.info{background:var(--info-wash);color:var(--info)}.big.good{background:var(--good-wash);color:var(--good)}
        .big.warn{background:var(--warn-wash);color:var(--warn)}.big.bad{background:var(--bad);color:var(--card)}
        .below{font-size:1.25rem;text-align:center;overflow-wrap:anywhere}
        .lines{display:grid;border:1px solid var(--line);border-radius:.8rem;background:var(--card)}
        .lines li{display:flex;justify-content:space-between;gap:1rem;padding:.65rem .9rem;border-bottom:1px solid var(--line);
        overflow-wrap:anywhere}
        .lines li:last-child{border:0}.lines .done{color:var(--good)}.lines b{white-space:nowrap}
        .floor .acts{display:grid;gap:.6rem;margin-top:auto}
        .act small{display:block;font-weight:500;color:var(--soft)}.act.good small{color:inherit}
        #screen .print{display:grid;text-align:center;min-height:3.6rem;place-items:center;border-radius:.9rem}
        .act{font:inherit;font-weight:620;min-height:3.6rem;border-radius:.9rem;border:1px solid var(--strong);
        background:var(--card);color:var(--ink);cursor:pointer;padding:.4rem 1rem}
        .act.good{background:var(--accent);border-color:var(--accent);color:var(--accent-ink)}
        .act.warn{color:var(--warn);border-color:var(--warn)}
        .act.bad{color:var(--bad);border-color:var(--bad)}
        .floor .button{font-size:1.1rem;min-height:3rem;display:inline-flex;align-items:center}
        #queue,#refused{border-radius:.9rem;padding:.8rem 1rem;display:grid;gap:.5rem}
        #queue{background:var(--warn-wash);color:var(--warn)}#refused{background:var(--bad-wash);color:var(--bad)}
        #queue ul{display:flex;flex-wrap:wrap;gap:.4rem}
        #queue li{background:var(--card);color:var(--ink);border-radius:.5rem;padding:.15rem .6rem;font-family:ui-monospace,monospace}
        #gone{color:var(--bad)}
        #scan{order:9;position:sticky;bottom:0;display:grid;grid-template-columns:1fr auto;gap:.6rem;
        padding:.6rem 0 .4rem;background:var(--paper)}
        #scan input{font:inherit;font-size:1.4rem;min-width:0;min-height:3.8rem;border-radius:.9rem;border:2px solid var(--strong);
        background:var(--card);color:var(--ink);padding:0 1rem}
        #scan input:focus{border-color:var(--accent);outline:2px solid var(--accent)}
        #scan button{font:inherit;font-weight:650;min-width:4.6rem;border:0;border-radius:.9rem;background:var(--accent);
        color:var(--accent-ink)}

        """#
}
