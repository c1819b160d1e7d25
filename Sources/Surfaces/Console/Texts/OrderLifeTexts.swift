extension TextCatalog {
    /// What is changed of an order before the floor has it.
    static let orderLife = [
        Text("orders.change", "Change what is ordered", pt: "Mudar o que foi pedido", zh: "修改订购内容"),
        Text("orders.add_sku", "Add a SKU", pt: "Juntar um SKU", zh: "添加 SKU"),
        Text(
            "orders.add_hint",
            "Your number of it; left empty, nothing is added. What the order costs more is still to be paid.",
            pt: "O seu número; vazio, nada se junta. O que custar a mais fica por pagar.",
            zh: "填写商家编号；留空则不添加。增加的金额需另行支付。"),
        Text("orders.add_units", "Pieces of it", pt: "Peças", zh: "件数"),
        Text("orders.add_price", "Price a piece, in {currency}", pt: "Preço por peça, em {currency}", zh: "单价（{currency}）"),
        Text("orders.hold_until", "Until", pt: "Até", zh: "截止"),
        Text(
            "orders.hold_until_hint",
            "It goes on by itself on that day; left empty, when somebody lets it go.",
            pt: "Segue sozinho nesse dia; vazio, quando alguém o libertar.",
            zh: "到该日自动放行；留空则需人工放行。"),
        Text("orders.change_of", "{n} is ordered|{n} are ordered", pt: "{n} pedida|{n} pedidas", zh: "共订购 {n} 件"),
        Text("orders.split", "Send a part apart", pt: "Enviar uma parte à parte", zh: "拆分发货"),
        Text("orders.split_of", "of {n} that is ordered|of {n} that are ordered", pt: "de {n} pedida|de {n} pedidas", zh: "共订购 {n} 件"),
        Text("said.changed", "The order is changed.", pt: "O pedido foi alterado.", zh: "订单已修改。"),
        Text("said.split", "This part is an order of its own now.", pt: "Esta parte é agora um pedido próprio.", zh: "该部分现为独立订单。"),
    ]
}
