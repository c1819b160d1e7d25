extension Assets {
    /// The line of stations: across on a screen, down on a phone.
    static let towerLineStyle = #"""
        .journey{padding:.9rem .6rem .6rem}
        .line,.stations{display:flex}
        .stretch{padding-top:.1rem}
        .stretch h3{font-size:.8rem;font-weight:600;color:var(--hue);text-align:center;border-bottom:2px solid var(--hue);
        margin:0 .5rem;padding-bottom:.3rem;white-space:nowrap}
        #promise{flex:3;--hue:var(--shop)}
        #warehouse{flex:4;--hue:var(--floor)}
        #carrier{flex:3;--hue:var(--road)}
        #shopper{flex:1;--hue:var(--door)}
        .station{flex:1;position:relative;display:flex;flex-direction:column;align-items:center;text-align:center;
        padding:1rem .2rem .3rem;min-width:0}
        .station .icon{width:3.2rem;height:3.2rem;padding:.75rem;border-radius:50%;background:var(--card);border:2px solid var(--hue);
        color:var(--hue);fill:none;stroke:currentColor;stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round;z-index:1}
        .title{font-weight:600;margin-top:.45rem;min-height:1.4em;white-space:nowrap}
        .station .count{font-size:2.1rem;line-height:1.15}
        .caption{color:var(--soft);font-size:.8rem;line-height:1.25}
        .track{position:absolute;top:2.6rem;left:50%;width:100%;height:.3rem;margin-top:-.15rem;background:var(--line)}
        #door .track{display:none}
        .track .moving{position:absolute;inset:0;background:radial-gradient(circle at center,var(--hue) 0 .15rem,#0000 .17rem)
        repeat-x 0 0/1.2rem 100%;animation:run 1.6s linear infinite}
        .back{margin:.2rem calc(100%/22) 0 calc(100%*9/22);position:relative}
        .back p{border:2px dashed var(--line);border-top:0;border-radius:0 0 1.2rem 1.2rem;height:1.3rem;display:flex;
        justify-content:center;gap:1.4rem;align-items:center;padding-top:1.3rem;margin-bottom:.7rem;color:var(--soft)}
        .back p.moving{border-color:var(--floor)}
        .back:has(.moving)::before{border-bottom-color:var(--floor)}
        .back p>span:not(.hidden){background:var(--card);padding:0 .3rem}
        .back p b{color:var(--ink)}
        .back::before{content:"";position:absolute;left:-.37rem;top:-.5rem;border:.42rem solid #0000;border-top:0;
        border-bottom:.6rem solid var(--line)}
        .changed{animation:flash 1.2s ease-out}
        @keyframes run{to{background-position:1.2rem 0}}
        @keyframes flash{from{color:var(--accent);background:var(--wash)}}
        @media (max-width:1000px){.line,.stations{flex-direction:column}.stretch{padding:0 .4rem .6rem}
        .stretch h3{text-align:left;margin:0 0 0 3.8rem}
        .station{display:grid;grid-template-columns:3rem 1fr auto;column-gap:.8rem;align-items:center;text-align:left;
        padding:.45rem 0}
        .station .icon{width:2.6rem;height:2.6rem;padding:.6rem;grid-row:1/3}
        .title{margin:0;min-height:0}
        .caption{grid-column:2;grid-row:2}
        .station .count{grid-column:3;grid-row:1/3;font-size:1.7rem}
        .track{left:1.3rem;top:50%;width:.3rem;height:100%;margin:0 0 0 -.15rem}
        .station:last-child .track{height:calc(100% + 2.1rem)}
        .track .moving{background:radial-gradient(circle at center,var(--hue) 0 .15rem,#0000 .17rem) repeat-y 0 0/100% 1.2rem;
        animation-name:fall}
        .back{margin:.3rem .4rem 0}.back::before{display:none}
        .back p{height:auto;flex-wrap:wrap;gap:.2rem 1rem;border:0;border-top:2px dashed var(--line);border-radius:0;
        padding-top:.6rem;justify-content:flex-start;margin:0}
        @keyframes fall{to{background-position:0 1.2rem}}}
        @media (prefers-reduced-motion:reduce){.moving,.changed{animation:none!important}}

        """#
}
