extension Assets {
    /// Map, cut-offs, sites, events of the control tower.
    static let towerStyle = #"""
        .tower-columns{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:1.1rem;align-items:start}
        .stack{display:grid;gap:1.1rem}
        .map{display:block;width:100%;height:auto;border-radius:.6rem;background:var(--wash)}
        .map .graticule{fill:none;stroke:var(--line);stroke-width:1}
        .map .way{fill:none;stroke:var(--strong);stroke-width:2.5}
        .map .busy{stroke:var(--road);stroke-width:3;stroke-dasharray:2 9;stroke-linecap:round;animation:flow 1.4s linear infinite}
        @keyframes flow{to{stroke-dashoffset:-11}}
        .map .mark circle{fill:var(--card);stroke:var(--soft);stroke-width:3}
        .map .center circle{fill:var(--accent);stroke:var(--card);stroke-width:4}
        .map .center.late circle{fill:var(--alarm)}
        .map text{paint-order:stroke;stroke:var(--wash);stroke-width:5px;stroke-linejoin:round}
        .map .name{fill:var(--ink);font-size:20px;font-weight:620}
        .map .work{fill:var(--soft);font-size:16px}
        .map .truck circle{fill:var(--road);stroke:var(--card);stroke-width:3}
        .map .truck path{fill:var(--card)}
        .map .truck.late circle{fill:var(--alarm)}
        .needs .total{background:var(--bad-wash);color:var(--bad);border-radius:1rem;padding:.05rem .65rem}
        .needs .total:empty{display:none}
        .troubles{display:grid;gap:.15rem}
        .troubles li{display:flex;gap:.8rem;align-items:center;padding:.4rem .2rem .4rem .8rem;border-left:.25rem solid var(--warn);
        border-radius:.2rem}
        .troubles li.bad{border-color:var(--bad)}
        .troubles b{font-size:1.25rem;min-width:1.8rem;text-align:right}
        .troubles div{flex:1}.troubles small,.cutoffs small{display:block;color:var(--soft);font-size:.87rem}
        .troubles time{white-space:nowrap;color:var(--soft);font-size:.9rem}.troubles .bad time{color:var(--bad);font-weight:600}
        .well{display:flex;gap:.6rem;align-items:center;color:var(--good);font-weight:570}
        .cutoffs{display:grid;gap:.85rem}
        .cutoffs li{display:flex;gap:1rem;align-items:center}
        .cutoffs .when{min-width:5.6rem}.cutoffs .when b{font-size:1.25rem;letter-spacing:-.02em}
        .cutoffs .what{flex:1;min-width:0}
        .meter{display:block;width:100%;height:.4rem;border-radius:.2rem;margin-top:.3rem;--fill:var(--good)}
        .meter rect{fill:var(--line)}.meter .fill{fill:var(--fill)}
        .meter.warn{--fill:var(--warn)}.meter.bad{--fill:var(--bad)}
        .minutes{display:block;width:100%;height:4.4rem;fill:var(--shop)}
        .minutes .running{opacity:.45}
        .scale{display:flex;justify-content:space-between;color:var(--soft);font-size:.82rem;border-top:1px solid var(--line);
        padding-top:.2rem}
        .site-list{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:1.3rem}
        .backlog b{font-size:1.6rem;font-weight:640;letter-spacing:-.02em}
        .backlog-bar{display:block;width:100%;height:.6rem;margin:.35rem 0;background:var(--wash);border-radius:.3rem}
        .backlog-bar .promised{fill:var(--shop)}.backlog-bar .listed{fill:var(--floor)}
        .backlog-bar .totes{fill:var(--road)}.backlog-bar .packed{fill:var(--door)}
        .parts{display:grid;grid-template-columns:1fr 1fr;gap:.1rem .8rem;font-size:.88rem;color:var(--soft)}
        .parts li::before{content:"";display:inline-block;width:.6rem;height:.6rem;border-radius:.15rem;margin-right:.4rem;
        background:var(--mark)}
        .parts b{color:var(--ink)}
        .parts .promised{--mark:var(--shop)}.parts .listed{--mark:var(--floor)}
        .parts .totes{--mark:var(--road)}.parts .packed{--mark:var(--door)}
        .news li{display:flex;gap:.9rem;padding:.28rem 0 .28rem .8rem;border-left:.22rem solid var(--mark,var(--line))}
        .news li+li{margin-top:2px}
        .news time{color:var(--soft);white-space:nowrap;min-width:2.9rem}
        .news .order{--mark:var(--shop)}.news .work{--mark:var(--floor)}.news .parcel{--mark:var(--road)}
        .news .door{--mark:var(--door)}.news .trouble{--mark:var(--alarm)}
        @media (max-width:1100px){.tower-columns{grid-template-columns:minmax(0,1fr)}}
        @media (max-width:600px){.map .name{font-size:34px}.map .work{font-size:28px}.tiles{grid-template-columns:1fr 1fr}
        .cutoffs li{flex-wrap:wrap}.cutoffs .what{flex-basis:60%}}
        @media (min-width:1600px){.tiles .value{font-size:2.3rem}}

        """#

    /// The line of stations: across on a screen, down on a phone.
    static let towerLineStyle = #"""
        .journey{padding:1rem .7rem .6rem}
        .line,.stations{display:flex}
        .stretch h3{font-size:.85rem;color:var(--hue);text-align:center;border-bottom:2px solid var(--hue);
        margin:0 .5rem;padding-bottom:.3rem;white-space:nowrap}
        #promise{flex:3;--hue:var(--shop)}
        #warehouse{flex:4;--hue:var(--floor)}
        #carrier{flex:3;--hue:var(--road)}
        #shopper{flex:1;--hue:var(--door)}
        .station{flex:1;position:relative;display:flex;flex-direction:column;align-items:center;text-align:center;
        padding:1rem .2rem .3rem;min-width:0}
        .stop{width:3.3rem;height:3.3rem;padding:.78rem;border-radius:50%;background:var(--card);border:2px solid var(--hue);
        color:var(--hue);fill:none;stroke:currentColor;stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round;z-index:1}
        .title{font-weight:600;margin-top:.45rem;min-height:1.4em;white-space:nowrap}
        .station .count{font-size:2.05rem;line-height:1.15;font-weight:640;letter-spacing:-.025em}
        .caption{color:var(--soft);font-size:.82rem;line-height:1.25}
        .track{position:absolute;top:2.65rem;left:50%;width:100%;height:.3rem;margin-top:-.15rem;background:var(--line)}
        #door .track{display:none}
        .track .moving{position:absolute;inset:0;background:radial-gradient(circle at center,var(--hue) 0 .15rem,#0000 .17rem)
        repeat-x 0 0/1.2rem 100%;animation:run 1.6s linear infinite}
        .back{margin:.2rem calc(100%/22) 0 calc(100%*9/22);position:relative}
        .back p{border:2px dashed var(--line);border-top:0;border-radius:0 0 1.2rem 1.2rem;height:1.3rem;display:flex;
        justify-content:center;gap:1.1rem;align-items:center;padding-top:1.3rem;margin-bottom:.8rem;color:var(--soft)}
        .back p.moving{border-color:var(--floor)}
        .back:has(.moving)::before{border-bottom-color:var(--floor)}
        .back p>span:not(.hidden){background:var(--card);padding:0 .3rem;white-space:nowrap}
        .back::before{content:"";position:absolute;left:-.37rem;top:-.5rem;border:.42rem solid #0000;border-top:0;
        border-bottom:.6rem solid var(--line)}
        .changed{animation:flash 1.2s ease-out}
        @keyframes run{to{background-position:1.2rem 0}}
        @keyframes flash{from{color:var(--accent);background:var(--accent-wash)}}
        @media (max-width:1180px){.line,.stations{flex-direction:column}.stretch{padding:0 .4rem .6rem}
        .stretch h3{text-align:left;margin:0 0 0 3.8rem}
        .station{display:grid;grid-template-columns:3rem 1fr auto;column-gap:.8rem;align-items:center;text-align:left;
        padding:.45rem 0}
        .stop{width:2.6rem;height:2.6rem;padding:.6rem;grid-row:1/3}
        .title{margin:0;min-height:0}
        .caption{grid-column:2;grid-row:2}
        .station .count{grid-column:3;grid-row:1/3;font-size:1.6rem}
        .track{left:1.3rem;top:50%;width:.3rem;height:100%;margin:0 0 0 -.15rem}
        .station:last-child .track{height:calc(100% + 2.1rem)}
        .track .moving{background:radial-gradient(circle at center,var(--hue) 0 .15rem,#0000 .17rem) repeat-y 0 0/100% 1.2rem;
        animation-name:fall}
        .back{margin:.3rem .4rem 0}.back::before{display:none}
        .back p{height:auto;flex-wrap:wrap;gap:.2rem 1rem;border:0;border-top:2px dashed var(--line);border-radius:0;
        padding-top:.6rem;justify-content:flex-start;margin:0}
        @keyframes fall{to{background-position:0 1.2rem}}}
        @media (min-width:800px) and (max-width:1180px){.line{flex-direction:row;flex-wrap:wrap}.stretch{flex:1 1 45%!important}}

        """#
}
