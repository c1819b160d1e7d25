extension Assets {
    /// The shopper's pages: one column, large type, made for a phone first.
    static let shopperStyle = #"""
        .shop{width:min(40rem,100%);margin:0 auto;display:grid;gap:1rem;font-size:1.1rem;padding-bottom:2rem}
        .shop>h1{font-size:1.6rem}.shop .small{font-size:.85rem}
        .shop-head{display:flex;justify-content:space-between;align-items:baseline;gap:1rem;padding:.4rem .2rem}
        .shop-head b{font-size:1.2rem;letter-spacing:-.01em}.shop-head span,.shop-head a{color:var(--soft)}
        .shop .hero{--tint:var(--info-wash);--edge:var(--info);background:linear-gradient(160deg,var(--tint),var(--card) 75%);
        border:1px solid var(--line);border-top:.3rem solid var(--edge);
        border-radius:1.1rem;padding:1.6rem 1.5rem;box-shadow:var(--shadow)}
        .shop .hero.good{--tint:var(--good-wash);--edge:var(--good)}.shop .hero.warn{--tint:var(--warn-wash);--edge:var(--warn)}
        .shop .hero.bad{--tint:var(--bad-wash);--edge:var(--bad)}.shop .hero.plain,.shop .hero.done{--tint:var(--wash);--edge:var(--strong)}
        .shop .hero .owed{display:flex;gap:.5rem;align-items:center;color:var(--ink);font-weight:600;border-top:1px solid var(--line);
        padding-top:.8rem;margin-top:.9rem}
        .shop .hero h1{font-size:1.9rem;line-height:1.15;text-wrap:balance}.shop .hero p{color:var(--soft);margin-top:.5rem}
        .shop .card{border-radius:1.1rem;padding:1.2rem 1.3rem;display:grid;gap:.8rem}
        .shop .card>header,.shop .card-head{display:flex;
        justify-content:space-between;align-items:baseline;gap:1rem;flex-wrap:wrap;margin:0}
        .shop h2{font-size:1.15rem}
        .shop .steps{display:grid;grid-template-columns:repeat(5,minmax(0,1fr));margin:.5rem 0 .1rem}
        .shop .steps li{position:relative;padding-top:1.25rem;text-align:center;font-size:.8rem;color:var(--soft);overflow-wrap:anywhere}
        .shop .steps li::before{content:"";position:absolute;top:.15rem;left:50%;width:.8rem;height:.8rem;margin-left:-.4rem;
        border-radius:50%;background:var(--card);box-shadow:inset 0 0 0 .15rem var(--strong);z-index:1}
        .shop .steps li::after{content:"";position:absolute;top:.48rem;right:50%;width:100%;height:.15rem;background:var(--strong)}
        .shop .steps li:first-child::after{display:none}
        .shop .steps .done{color:var(--ink)}.shop .steps .done::before{background:var(--accent);box-shadow:none}
        .shop .steps .done::after{background:var(--accent)}
        .shop .steps [aria-current]{font-weight:650}
        .shop .steps [aria-current]::before{outline:.28rem solid var(--accent-wash)}
        .shop .where{display:flex;gap:.5rem;align-items:center;font-weight:570}.shop .where .icon{color:var(--accent)}
        .shop .goods li{display:flex;justify-content:space-between;gap:1rem;align-items:center;padding:.55rem 0;
        border-top:1px solid var(--line)}
        .shop .goods li:first-child{border-top:0}
        .shop .button,.shop .field :is(input,select){min-height:2.9rem}.shop .button{padding-inline:1.2rem}
        .shop .form{max-width:none;gap:1.1rem}.shop .form .button.primary{width:100%;justify-content:center}
        .shop .form .button.danger{width:100%;justify-content:center}
        .shop form:has([name=kind] [value=address]:checked) .field:has([name=code]){display:none}
        .shop .buttons{display:grid}
        .shop .back,.shop .picks{border:1px solid var(--line);border-radius:.8rem;padding:.7rem 1rem 1rem;margin:0;
        display:grid;gap:.6rem;min-width:0}
        .shop .back{grid-template-columns:6rem minmax(0,1fr)}
        .shop .back legend,.shop .picks legend{font-weight:600;padding:0 .3rem}
        .shop .pick{display:flex;gap:.7rem;align-items:center;padding:.45rem .2rem;cursor:pointer;min-height:2.6rem}
        .shop .pick input{width:1.2rem;height:1.2rem;flex:none;accent-color:var(--accent)}
        .shop .pick small{display:block;color:var(--soft)}
        .shop .sum div{display:flex;justify-content:space-between;gap:1rem;padding:.3rem 0}
        .shop .sum .total{border-top:1px solid var(--line);font-weight:650;font-size:1.2rem;margin-top:.3rem;padding-top:.7rem}
        .shop .qr{width:min(15rem,70%);margin:.3rem auto}.shop .slip{display:flex;gap:1rem;align-items:center;flex-wrap:wrap}
        .shop .secret{text-align:center;font-size:1.1rem}.shop .slip .qr{width:9rem;margin:0}
        @media print{.shop-head,.shop .hero,.shop form,.said{display:none}.shop .card{border:0;box-shadow:none}}

        """#
}
