extension TextCatalog {
    /// Rehearse and compare.
    static let rehearse = [
        Text("rehearse.title", "Rehearse and compare", pt: "Ensaiar e comparar", zh: "演练对比"),
        Text(
            "rehearse.about",
            "The same made-up season of orders runs through the whole network with what you choose: sourced, "
                + "picked, packed and delivered by the code that runs here, under a clock of its own. Nothing here changes.",
            pt: "A mesma época inventada de pedidos percorre toda a rede com o que escolher: servida, recolhida, "
                + "embalada e entregue pelo código que corre aqui, com um relógio próprio. Nada aqui muda.",
            zh: "用您选择的设置，让同一批模拟订单走完整个网络：由此处运行的同一套代码在虚拟时钟下供货、拣货、打包、配送。不会改动任何数据。"),
        Text("rehearse.choose", "Choose and rehearse", pt: "Escolher e ensaiar", zh: "选择并演练"),
        Text("rehearse.orders", "Orders", pt: "Pedidos", zh: "订单数"),
        Text("rehearse.sites", "Fulfillment centers", pt: "Centros logísticos", zh: "履约中心"),
        Text("rehearse.partners", "Run by partners", pt: "Geridos por parceiros", zh: "合作方运营"),
        Text("rehearse.partners_hint", "One at least is our own", pt: "Pelo menos um é nosso", zh: "至少一个自营"),
        Text("rehearse.faults", "Let everything go wrong that can", pt: "Deixar correr mal tudo o que pode", zh: "引入各种故障"),
        Text("rehearse.seed", "Seed", pt: "Semente", zh: "随机种子"),
        Text(
            "rehearse.seed_hint",
            "The same seed gives the same orders and the same luck",
            pt: "A mesma semente dá os mesmos pedidos e a mesma sorte",
            zh: "相同种子产生相同订单与运气"),
        Text("rehearse.start", "Rehearse", pt: "Ensaiar", zh: "开始演练"),
        Text("rehearse.run", "Rehearsal {n}", pt: "Ensaio {n}", zh: "演练 {n}"),
        Text("rehearse.compared", "Side by side", pt: "Lado a lado", zh: "对比"),
        Text("rehearse.measure", "Measure", pt: "Medida", zh: "指标"),
        Text("rehearse.state", "State", pt: "Estado", zh: "状态"),
        Text("rehearse.running", "running …", pt: "a decorrer …", zh: "运行中……"),
        Text("rehearse.ended", "ended", pt: "terminado", zh: "已结束"),
        Text("rehearse.failed", "failed", pt: "falhou", zh: "失败"),
        Text("rehearse.yes", "yes", pt: "sim", zh: "是"),
        Text("rehearse.no", "no", pt: "não", zh: "否"),
        Text("rehearse.delivered", "Delivered", pt: "Entregues", zh: "已送达"),
        Text("rehearse.kept", "Promises kept", pt: "Promessas cumpridas", zh: "承诺兑现"),
        Text("rehearse.median", "Days to the door, median", pt: "Dias até à porta, mediana", zh: "到门天数（中位）"),
        Text("rehearse.p90", "Days to the door, 90 % within", pt: "Dias até à porta, 90 % em", zh: "到门天数（90 %）"),
        Text("rehearse.parcels", "Parcels an order", pt: "Volumes por pedido", zh: "每单包裹"),
        Text("rehearse.shipping", "Shipping an order", pt: "Envio por pedido", zh: "每单运费"),
        Text("rehearse.fill", "Carton fill", pt: "Enchimento das caixas", zh: "纸箱装填率"),
        Text("rehearse.exceptions", "Exceptions", pt: "Exceções", zh: "异常"),
        Text("rehearse.audit", "Findings of the audit", pt: "Achados da auditoria", zh: "审计发现"),
        Text("rehearse.seconds", "Seconds it took", pt: "Segundos que levou", zh: "用时（秒）"),
        Text("rehearse.days", "Orders by days to the door", pt: "Pedidos por dias até à porta", zh: "按到门天数的订单"),
        Text("rehearse.none", "Nothing was rehearsed yet", pt: "Nada foi ensaiado ainda", zh: "尚未演练"),
        Text(
            "rehearse.none_hint",
            "Choose beside this and start; the latest four stand here side by side until the program stops.",
            pt: "Escolha ao lado e comece; os últimos quatro aparecem aqui lado a lado até o programa parar.",
            zh: "在旁边选择并开始；最近四次会并排显示，直到程序停止。"),
        Text(
            "said.rehearsal_started",
            "It runs; its numbers show up here.",
            pt: "Está a decorrer; os números aparecem aqui.",
            zh: "正在运行，结果会显示在这里。"),
    ]
}
