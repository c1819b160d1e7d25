extension TextCatalog {
    /// What is changed of an order before the floor has it.
    static let orderLife = [
        Text("orders.change", "Take pieces off", pt: "Retirar peças", zh: "减少件数"),
        Text("orders.change_of", "of {n} that is ordered|of {n} that are ordered", pt: "de {n} pedida|de {n} pedidas", zh: "共订购 {n} 件"),
        Text("orders.split", "Send a part apart", pt: "Enviar uma parte à parte", zh: "拆分发货"),
        Text("orders.split_of", "of {n} that is ordered|of {n} that are ordered", pt: "de {n} pedida|de {n} pedidas", zh: "共订购 {n} 件"),
        Text("said.changed", "The order is changed.", pt: "O pedido foi alterado.", zh: "订单已修改。"),
        Text("said.split", "This part is an order of its own now.", pt: "Esta parte é agora um pedido próprio.", zh: "该部分现为独立订单。"),
    ]
}
