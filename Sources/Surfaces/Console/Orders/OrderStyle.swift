extension Assets {
    /// An order's answer in one line, where its units are, its parcels, and what can be done.
    static let orderStyle = #"""
        .badges{display:flex;gap:.4rem;flex-wrap:wrap;margin-bottom:.6rem}
        .answer{display:grid;grid-template-columns:repeat(3,1fr);background:var(--card);border:1px solid var(--line);
        border-left:.3rem solid var(--mark,var(--strong));border-radius:.8rem;box-shadow:var(--shadow)}
        .answer.info{--mark:var(--info)}.answer.good{--mark:var(--good)}.answer.warn{--mark:var(--warn)}.answer.bad{--mark:var(--bad)}
        .answer div{padding:.8rem 1.1rem}.answer div+div{border-left:1px solid var(--line)}
        .answer dt{color:var(--soft);font-size:.82rem}.answer dd{font-weight:570}
        .card .answer{box-shadow:none;margin:.6rem 0}
        .whereabouts{min-width:12rem}
        .whereabouts svg{display:block;width:100%;height:.45rem;border-radius:.3rem;background:var(--wash);margin-bottom:.25rem}
        .whereabouts rect{fill:var(--hue)}
        .whereabouts p{display:flex;gap:.2rem .8rem;flex-wrap:wrap;font-size:.86rem}
        .whereabouts span::before{content:"";display:inline-block;width:.6rem;height:.6rem;border-radius:.2rem;background:var(--hue);
        margin-right:.35rem}
        .at-waiting,.at-cancelled,.at-disposed{--hue:var(--strong)}.at-reserved{--hue:var(--s1)}.at-picked,.at-packed{--hue:var(--s2)}
        .at-shipped{--hue:var(--s0)}.at-delivered{--hue:var(--door)}.at-returned{--hue:var(--s3)}.at-lost{--hue:var(--s5)}
        .parcels,.cases,.reasons,.legs,.acts{display:grid;gap:.7rem}
        .parcels>li{border:1px solid var(--line);border-radius:.6rem;padding:.75rem .9rem;display:grid;gap:.3rem}
        .parcel-head{display:flex;gap:.5rem;align-items:center;flex-wrap:wrap}.parcel-head code{font-weight:600}
        .legs{gap:.25rem;border-left:2px solid var(--line);padding-left:.7rem;font-size:.92rem}
        .cases li{display:flex;gap:.8rem;align-items:baseline;border-left:.2rem solid var(--mark,var(--line));padding-left:.7rem}
        .cases li>div{flex:1;min-width:0}.cases small{display:block;color:var(--soft);overflow-wrap:anywhere}
        .cases .warn{--mark:var(--warn)}.cases .bad{--mark:var(--bad)}
        .reasons{gap:.35rem;margin:.3rem 0 .5rem}.reasons li{padding-left:.9rem;text-indent:-.9rem}
        .reasons li::before{content:"→ ";color:var(--soft)}
        .acts details>summary{list-style:none;display:flex;margin:0;font-size:1rem;color:var(--ink)}
        .acts details>summary::-webkit-details-marker{display:none}
        .acts details[open]>summary{margin-bottom:.7rem}
        .acts .button{width:100%;justify-content:center}
        .asking{background:var(--card);border:1px solid var(--line);border-radius:.9rem;padding:1.1rem 1.2rem;box-shadow:var(--shadow)}
        .asking label{display:block;font-weight:600;margin-bottom:.5rem}.asking div{display:flex;gap:.6rem}
        .asking input{flex:1;min-width:0;font:inherit;font-size:1.15rem;padding:.6rem .9rem;border:1px solid var(--strong);
        border-radius:.6rem;background:var(--card);color:var(--ink)}
        .asking input:focus-visible{outline:2px solid var(--accent);border-color:var(--accent)}
        .answers{display:grid;gap:1rem}.answers .buttons{flex-wrap:wrap}
        .filters input[type=search]{min-width:17rem}
        @media (max-width:760px){.answer{grid-template-columns:1fr}.answer div+div{border-left:0;border-top:1px solid var(--line)}
        .filters .field{flex:1 1 9rem}.filters input[type=search]{min-width:0}}

        """#
}
