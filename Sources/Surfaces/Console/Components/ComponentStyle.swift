extension Assets {
    /// Tables, badges, cards, tiles, timelines, charts.
    static let componentStyle = #"""
        .card,.table,.chart{background:var(--card);border:1px solid var(--line);border-radius:.8rem;box-shadow:var(--shadow)}
        .card{padding:1rem 1.15rem}
        .card .table,.card .chart{border:0;box-shadow:none;padding:0;border-radius:0}
        .card-head{display:flex;align-items:center;gap:.6rem;margin-bottom:.7rem}.card-head h2{flex:1}
        .columns{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,1fr);gap:1.1rem;align-items:start}
        .columns.even{grid-template-columns:repeat(2,minmax(0,1fr))}
        .columns>div{display:grid;grid-template-columns:minmax(0,1fr);gap:1.1rem}
        .table{overflow:auto;max-height:calc(100vh - 11rem)}
        table{border-collapse:separate;border-spacing:0;width:100%}
        .table thead th{position:sticky;top:0;z-index:1;background:var(--card)}
        th,td{text-align:left;padding:.48rem .8rem;border-bottom:1px solid var(--line);vertical-align:middle;font-weight:400}
        .table td,.table th{white-space:nowrap}
        .table td.wrap{white-space:normal;min-width:16rem}
        thead th{font-size:.82rem;font-weight:600;color:var(--soft);padding-block:.55rem}
        tbody tr:last-child>*{border-bottom:0}
        .num{text-align:right}
        tr.linked{position:relative}
        tr.linked:hover>*,tr.at>*{background:var(--wash)}
        tr.at>:first-child{box-shadow:inset .2rem 0 var(--accent)}
        a.row{color:var(--ink);font-weight:570}
        a.row::after{content:"";position:absolute;inset:0}
        td form{position:relative;z-index:1}
        td .form.inline{display:inline-flex;flex-wrap:nowrap;margin:0 .4rem 0 0;vertical-align:middle}
        tr.linked td a{position:relative;z-index:1}
        tr.warn>:first-child{box-shadow:inset .2rem 0 var(--warn)}tr.bad>:first-child{box-shadow:inset .2rem 0 var(--bad)}
        .pager{display:flex;gap:.5rem;justify-content:flex-end}
        .badge{display:inline-block;font-size:.82rem;font-weight:570;line-height:1.35;border-radius:.45rem;padding:.06rem .5rem;
        background:var(--wash);color:var(--soft);white-space:nowrap}
        .badge.info{background:var(--info-wash);color:var(--info)}.badge.good{background:var(--good-wash);color:var(--good)}
        .badge.warn{background:var(--warn-wash);color:var(--warn)}.badge.bad{background:var(--bad-wash);color:var(--bad)}
        .badge.done{background:none;box-shadow:inset 0 0 0 1px var(--line)}
        .empty{background:var(--card);border:1px dashed var(--strong);border-radius:.8rem;padding:2rem 1.6rem;text-align:center}
        .empty h2,.empty h3{font-size:1.1rem}.empty p{color:var(--soft);max-width:38rem;margin:.35rem auto .8rem}
        .card .empty{border:0;padding:1rem}
        #empty:empty{display:none}
        .definitions{display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:.8rem 1.2rem}
        .definitions dt{color:var(--soft);font-size:.85rem}.definitions dd{overflow-wrap:anywhere}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.8rem}
        .tile{background:var(--card);border:1px solid var(--line);border-radius:.8rem;padding:.85rem 1rem;color:var(--ink);
        box-shadow:var(--shadow)}
        a.tile:hover{border-color:var(--accent);text-decoration:none}
        .tile h3{color:var(--soft);font-weight:550}
        .tile .value{font-size:1.75rem;font-weight:640;letter-spacing:-.025em;line-height:1.25}
        .tile .note{font-size:.88rem;min-height:1.2em}
        .tile.bad .value{color:var(--bad)}.tile.warn .value{color:var(--warn)}.tile.good .value{color:var(--good)}
        .timeline{display:grid}
        .timeline li{display:grid;grid-template-columns:7.5rem 1fr;gap:.9rem;padding:.35rem 0 .35rem 1.1rem;position:relative}
        .timeline li::before{content:"";position:absolute;left:.1rem;top:.78rem;width:.55rem;height:.55rem;border-radius:50%;
        background:var(--mark,var(--strong))}
        .timeline li::after{content:"";position:absolute;left:.34rem;top:1.5rem;bottom:-.6rem;width:1px;background:var(--line)}
        .timeline li:last-child::after{display:none}
        .timeline time{color:var(--soft)}
        .timeline .info{--mark:var(--info)}.timeline .good{--mark:var(--good)}.timeline .warn{--mark:var(--warn)}
        .timeline .bad{--mark:var(--bad)}
        .chart{padding:1rem 1.15rem}
        .chart figcaption{font-weight:600;display:flex;gap:1rem;flex-wrap:wrap;margin-bottom:.5rem}
        .chart svg{display:block;width:100%;height:auto;max-height:20rem}
        .chart .grid{stroke:var(--line)}.chart .tick{fill:var(--soft);font-size:11px}
        .chart polyline{fill:none;stroke:var(--hue);stroke-width:2.2;stroke-linejoin:round;vector-effect:non-scaling-stroke}
        .chart .bar{fill:var(--hue)}
        .s0{--hue:var(--s0)}.s1{--hue:var(--s1)}.s2{--hue:var(--s2)}.s3{--hue:var(--s3)}.s4{--hue:var(--s4)}.s5{--hue:var(--s5)}
        .legend{display:flex;gap:.9rem;font-weight:400;color:var(--soft);flex-wrap:wrap}
        .key::before{content:"";display:inline-block;width:.7rem;height:.7rem;border-radius:.2rem;background:var(--hue);margin-right:.35rem}
        details>summary{cursor:pointer;color:var(--soft);font-size:.88rem;margin-top:.4rem}
        .skeleton{display:grid;gap:.6rem}.skeleton i{height:1rem;border-radius:.4rem;background:var(--wash);animation:breathe 1.6s infinite}
        .skeleton i:nth-child(3n){width:60%}
        .qr{width:12rem;background:#fff;fill:#000;border-radius:.5rem;display:block;margin:.7rem 0}
        .secret{display:block;background:var(--wash);border-radius:.5rem;padding:.7rem .9rem;overflow-wrap:anywhere;margin-top:.6rem;
        user-select:all}
        @media (max-width:1000px){.columns,.columns.even{grid-template-columns:minmax(0,1fr)}}
        @media (max-width:600px){.timeline li{grid-template-columns:1fr;gap:0}.table{max-height:none}}

        """#

    /// Forms and buttons.
    static let formStyle = #"""
        .button,button.button{display:inline-flex;align-items:center;gap:.4rem;font:inherit;font-weight:570;line-height:1.2;
        color:var(--ink);
        background:var(--card);border:1px solid var(--strong);border-radius:.55rem;padding:.48rem .85rem;cursor:pointer;
        text-decoration:none;
        min-height:2.2rem}
        .button:hover{background:var(--wash);text-decoration:none}
        .button.primary{background:var(--accent);border-color:var(--accent);color:var(--accent-ink)}
        .button.primary:hover{filter:brightness(1.08)}
        .button.danger{color:var(--bad);border-color:var(--bad)}.button.danger:hover{background:var(--bad-wash)}
        .button.plain{border-color:#0000;background:none}
        .button[disabled],form.busy .button{opacity:.55;cursor:progress}
        .form{display:grid;gap:.85rem;max-width:36rem}
        .form+.form{margin-top:.8rem}
        .field{display:grid;gap:.25rem}
        .field label{font-weight:570;font-size:.92rem}
        .field input:not([type=checkbox]),.field select,.field textarea{font:inherit;color:var(--ink);background:var(--card);
        border:1px solid var(--strong);border-radius:.55rem;padding:.48rem .7rem;min-height:2.3rem;width:100%}
        .field :is(input,select,textarea):focus-visible{outline:2px solid var(--accent);outline-offset:0;border-color:var(--accent)}
        .field [aria-invalid=true]{border-color:var(--bad)}
        .field.check{display:flex;gap:.5rem;align-items:center}
        .field.check label{font-weight:400}
        .field .hint{font-size:.87rem}
        .error,.refusal{color:var(--bad);font-weight:550;font-size:.92rem}
        .refusal{background:var(--bad-wash);border-radius:.5rem;padding:.5rem .8rem}
        .buttons{display:flex;gap:.5rem}
        .filters,.form.inline{display:flex;flex-wrap:wrap;gap:.7rem;align-items:flex-end;max-width:none}
        .filters .field{min-width:10rem}
        .filters .field label{font-size:.82rem;color:var(--soft)}

        """#
}
