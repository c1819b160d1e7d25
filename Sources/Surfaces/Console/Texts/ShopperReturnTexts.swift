extension TextCatalog {
    /// Sending something back, and elsewhere.
    static let shopperAsking = [
        Text("shopper.address", "Send it elsewhere", pt: "Enviar para outro lado", zh: "更改地址"),
        Text(
            "shopper.address_hint", "As long as no courier has it. It stays in the same country and under the same name.",
            pt: "Enquanto nenhum estafeta o tiver. Fica no mesmo país e no mesmo nome.",
            zh: "交给快递之前可以更改，国家和收件人不变。"),
        Text(
            "shopper.address_asks", "A courier has it already. We ask whether it goes elsewhere; the answer shows on your order's page.",
            pt: "Um estafeta já o tem. Perguntamos se pode ir para outro lado; a resposta aparece na página do pedido.",
            zh: "快递已揽收。我们会询问能否更改，结果显示在订单页面。"),
        Text(
            "shopper.address_asked", "The courier was asked. The answer shows here.",
            pt: "O estafeta foi consultado. A resposta aparece aqui.",
            zh: "已询问快递，结果会显示在此。"),
        Text(
            "shopper.redirection.asked", "We asked the courier to bring it elsewhere. The answer shows here.",
            pt: "Pedimos ao estafeta que o leve a outro lado. A resposta aparece aqui.",
            zh: "已请求快递更改地址，结果会显示在此。"),
        Text(
            "shopper.redirection.refused", "The courier takes no other address. It arrives where it was sent first.",
            pt: "O estafeta não aceita outro endereço. Chega ao endereço inicial.",
            zh: "快递不接受更改，将送往原地址。"),
        Text("shopper.kind_title", "Where to", pt: "Para onde", zh: "送往"),
        Text("shopper.kind.address", "Another address", pt: "Outro endereço", zh: "其他地址"),
        Text("shopper.kind.pickup_point", "A pickup point", pt: "Um ponto de recolha", zh: "自提点"),
        Text("shopper.kind.locker", "A parcel locker", pt: "Um cacifo", zh: "快递柜"),
        Text("shopper.point_code", "Code of the pickup point or locker", pt: "Código do ponto ou cacifo", zh: "自提点或快递柜编号"),
        Text(
            "shopper.point_code_hint", "As who runs it names it.",
            pt: "Como o nomeia quem o gere.",
            zh: "以运营方的编号为准。"),
        Text("shopper.address_change", "Change the address", pt: "Mudar o endereço", zh: "更改地址"),
        Text("shopper.address_changed", "The address is changed.", pt: "O endereço foi mudado.", zh: "地址已更改。"),
        Text("shopper.proof", "Postal code it goes to now", pt: "Código postal de destino atual", zh: "当前收货邮编"),
        Text("shopper.proof_hint", "To be sure that it is you.", pt: "Para termos a certeza de que é você.", zh: "用于确认是您本人。"),
        Text("shopper.street", "New street and number", pt: "Nova rua e número", zh: "新街道门牌"),
        Text("shopper.postal_code", "New postal code", pt: "Novo código postal", zh: "新邮编"),
        Text("shopper.city", "New town", pt: "Nova cidade", zh: "新城市"),
        Text("shopper.region", "Region or state", pt: "Região ou estado", zh: "省/州"),
        Text("shopper.returns", "Send something back", pt: "Devolver", zh: "退货"),
        Text(
            "shopper.return_until", "You may send things back until {date}.", pt: "Pode devolver até {date}.",
            zh: "{date} 前可以退货。"),
        Text("shopper.return_start", "Start a return", pt: "Começar uma devolução", zh: "申请退货"),
        Text("shopper.return_of", "Return of {date}", pt: "Devolução de {date}", zh: "{date} 的退货"),
        Text("shopper.return_title", "Send something back", pt: "Devolver", zh: "退货"),
        Text("shopper.nothing_back", "Nothing to send back", pt: "Nada para devolver", zh: "没有可退的商品"),
        Text(
            "shopper.nothing_back_hint", "Things that have arrived and are in no other return show up here.",
            pt: "Aqui aparece o que já chegou e não está noutra devolução.",
            zh: "已送达且未在其他退货中的商品会显示在这里。"),
        Text("shopper.how_many", "How many", pt: "Quantos", zh: "数量"),
        Text("shopper.why", "Why", pt: "Porquê", zh: "原因"),
        Text("shopper.reason.changed_mind", "Changed my mind", pt: "Mudei de ideias", zh: "不想要了"),
        Text("shopper.reason.wrong_size", "Does not fit", pt: "Não serve", zh: "尺寸不合适"),
        Text("shopper.reason.damaged", "Arrived damaged", pt: "Chegou danificado", zh: "收到时已损坏"),
        Text("shopper.reason.defective", "Does not work", pt: "Não funciona", zh: "无法使用"),
        Text("shopper.reason.wrong_item", "Not what I ordered", pt: "Não foi o que pedi", zh: "发错商品"),
        Text("shopper.reason.not_as_described", "Not as described", pt: "Não é como descrito", zh: "与描述不符"),
        Text("shopper.reason.missing_parts", "Parts are missing", pt: "Faltam peças", zh: "缺少配件"),
        Text("shopper.reason.late", "Came too late", pt: "Chegou tarde demais", zh: "到货太晚"),
        Text("shopper.reason.other", "Another reason", pt: "Outra razão", zh: "其他原因"),
        Text("shopper.resolution_title", "What would you like?", pt: "O que prefere?", zh: "您希望如何处理？"),
        Text("shopper.resolution.refund", "My money back", pt: "O meu dinheiro de volta", zh: "退款"),
        Text("shopper.resolution.replacement", "The same again", pt: "O mesmo outra vez", zh: "换货"),
        Text("shopper.resolution_hint.refund", "To the way you paid.", pt: "Pela forma como pagou.", zh: "退回原支付方式。"),
        Text(
            "shopper.resolution_hint.replacement", "Sent to the same address.", pt: "Enviado para o mesmo endereço.",
            zh: "寄往同一地址。"),
        Text("shopper.method_title", "How will you send it?", pt: "Como vai enviar?", zh: "如何寄回？"),
        Text("shopper.method.drop_off", "Bring it to a drop-off", pt: "Levar a um ponto de entrega", zh: "送到投递点"),
        Text("shopper.method.label", "Send it with a label", pt: "Enviar com etiqueta", zh: "使用退货面单寄回"),
        Text(
            "shopper.method_hint.drop_off", "With a code on your phone; nothing to print.",
            pt: "Com um código no telemóvel; nada para imprimir.",
            zh: "凭手机上的二维码，无需打印。"),
        Text(
            "shopper.method_hint.label", "With the carrier, under a label from us.", pt: "Pela transportadora, com a nossa etiqueta.",
            zh: "使用我们的面单交承运商。"),
        Text("shopper.return_next", "See what I get back", pt: "Ver quanto recebo", zh: "查看退款金额"),
        Text("shopper.summary", "Is this right?", pt: "Está certo?", zh: "请确认"),
        Text(
            "shopper.sent_again", "We send you the same again, free of charge.", pt: "Enviamos o mesmo outra vez, sem custos.",
            zh: "我们会免费重新寄出同款商品。"),
        Text("shopper.money.goods", "Goods", pt: "Mercadoria", zh: "商品"),
        Text("shopper.money.tax", "Tax", pt: "Imposto", zh: "税费"),
        Text("shopper.money.shipping", "Shipping you paid", pt: "Portes que pagou", zh: "已付运费"),
        Text("shopper.money.fee", "Restocking fee", pt: "Taxa de reposição", zh: "重新上架费"),
        Text("shopper.money.label", "Return label", pt: "Etiqueta de devolução", zh: "退货面单"),
        Text("shopper.money.total", "You get back", pt: "Recebe", zh: "退款总额"),
        Text(
            "shopper.keep", "Keep it: it need not come back.", pt: "Fique com ele: não precisa de devolver.",
            zh: "无需寄回，商品留给您。"),
        Text(
            "shopper.you_pay", "You pay the return label; it is taken off your refund.",
            pt: "A etiqueta é por sua conta; é descontada do reembolso.",
            zh: "退货面单由您承担，从退款中扣除。"),
        Text("shopper.free", "Sending it back costs you nothing.", pt: "Devolver não lhe custa nada.", zh: "寄回免费。"),
        Text(
            "shopper.reviewed", "{shop} looks at it first and answers here.", pt: "{shop} analisa primeiro e responde aqui.",
            zh: "{shop} 会先审核并在此答复。"),
        Text("shopper.paid.on_request", "Your refund is started at once.", pt: "O reembolso começa já.", zh: "立即开始退款。"),
        Text(
            "shopper.paid.first_scan", "Your refund is started once it is handed in.", pt: "O reembolso começa quando for entregue.",
            zh: "交寄后开始退款。"),
        Text(
            "shopper.paid.receipt", "Your refund is started once it is back with us.", pt: "O reembolso começa quando chegar até nós.",
            zh: "我们收到后开始退款。"),
        Text(
            "shopper.paid.grade", "Your refund is started once we have looked at it.", pt: "O reembolso começa depois de o vermos.",
            zh: "我们检查后开始退款。"),
        Text("shopper.hand_in_by", "Hand it in by {date}.", pt: "Entregue-o até {date}.", zh: "请在 {date} 前交寄。"),
        Text("shopper.return_confirm", "Confirm the return", pt: "Confirmar a devolução", zh: "确认退货"),
        Text("shopper.return_change", "Change something", pt: "Mudar algo", zh: "修改"),
        Text("shopper.drop_off", "Show this code", pt: "Mostre este código", zh: "出示此二维码"),
        Text(
            "shopper.drop_off_hint", "Pack it, bring it, and have this code scanned.", pt: "Embale, leve e deixe ler este código.",
            zh: "包装好后带到投递点，出示此码扫描。"),
        Text("shopper.label", "Your return label", pt: "A sua etiqueta", zh: "您的退货面单"),
        Text(
            "shopper.label_hint", "Print this, or write address and number on the parcel.",
            pt: "Imprima, ou escreva o endereço e o número no volume.",
            zh: "请打印，或将地址和单号写在包裹上。"),
        Text(
            "shopper.label_soon", "The carrier is making your label. Open this page again in a minute.",
            pt: "A transportadora está a fazer a etiqueta. Abra esta página daqui a um minuto.",
            zh: "承运商正在生成面单，请一分钟后再打开本页。"),
        Text("shopper.label_to", "To", pt: "Para", zh: "寄往"),
        Text("shopper.goods_back", "What you send back", pt: "O que devolve", zh: "退回的商品"),
        Text("shopper.withdraw", "Withdraw the return", pt: "Anular a devolução", zh: "撤销退货"),
        Text("shopper.withdrawn", "The return is withdrawn.", pt: "A devolução foi anulada.", zh: "退货已撤销。"),
    ]

    /// Following what was sent back.
    static let shopperFollowing = [
        Text("shopper.back.asked", "Asked", pt: "Pedida", zh: "已申请"),
        Text("shopper.back.handed_in", "Handed in", pt: "Entregue", zh: "已交寄"),
        Text("shopper.back.arrived", "With us", pt: "Connosco", zh: "已收到"),
        Text("shopper.back.checked", "Checked", pt: "Verificada", zh: "已检查"),
        Text("shopper.back.done", "Refunded", pt: "Reembolsada", zh: "已退款"),
        Text("shopper.rma.requested", "Waiting for an answer", pt: "À espera de resposta", zh: "等待答复"),
        Text("shopper.rma.authorised", "Ready to be sent", pt: "Pronta para enviar", zh: "可以寄回"),
        Text("shopper.rma.in_transit", "On its way to us", pt: "A caminho de nós", zh: "寄回途中"),
        Text("shopper.rma.received", "Arrived with us", pt: "Chegou até nós", zh: "已收到"),
        Text("shopper.rma.inspected", "Looked at", pt: "Verificada", zh: "已检查"),
        Text("shopper.rma.closed", "Done", pt: "Concluída", zh: "已完成"),
        Text("shopper.rma.cancelled", "Withdrawn", pt: "Anulada", zh: "已撤销"),
        Text("shopper.rma.expired", "Never handed in", pt: "Nunca entregue", zh: "未交寄"),
        Text("shopper.rma.denied", "Not accepted", pt: "Não aceite", zh: "未被接受"),
        Text(
            "shopper.rma_note.requested", "{shop} decides and answers here.", pt: "{shop} decide e responde aqui.",
            zh: "{shop} 会审核并在此答复。"),
        Text(
            "shopper.rma_note.authorised", "Hand it in with the code or label below.", pt: "Entregue com o código ou etiqueta abaixo.",
            zh: "请使用下方的二维码或面单交寄。"),
        Text(
            "shopper.rma_note.in_transit", "We tell you here when it arrives.", pt: "Dizemos aqui quando chegar.",
            zh: "到达后会在此更新。"),
        Text("shopper.rma_note.received", "Somebody looks at it now.", pt: "Está a ser verificado.", zh: "正在检查。"),
        Text(
            "shopper.rma_note.inspected", "Thank you. What follows is the money.", pt: "Obrigado. Segue-se o dinheiro.",
            zh: "谢谢，接下来处理款项。"),
        Text(
            "shopper.rma_note.closed", "Nothing is left to do. Thank you.", pt: "Nada mais a fazer. Obrigado.",
            zh: "已全部处理完毕，谢谢。"),
        Text("shopper.rma_note.cancelled", "Nothing is to be sent back.", pt: "Nada a devolver.", zh: "无需寄回。"),
        Text(
            "shopper.rma_note.expired", "The time for handing it in is over. {shop} can help.",
            pt: "O prazo terminou. {shop} pode ajudar.",
            zh: "交寄期限已过，请联系 {shop}。"),
        Text("shopper.rma_note.denied", "Ask {shop} why.", pt: "Pergunte a {shop} porquê.", zh: "原因请咨询 {shop}。"),
        Text("shopper.refund.title", "Your refund", pt: "O seu reembolso", zh: "您的退款"),
        Text("shopper.refund.expected", "You can expect {amount}.", pt: "Pode contar com {amount}.", zh: "预计退款 {amount}。"),
        Text(
            "shopper.refund.is_due", "{amount} will be sent by {date}.", pt: "{amount} será enviado até {date}.",
            zh: "{amount} 将于 {date} 前退还。"),
        Text(
            "shopper.refund.was_sent", "{amount} was sent on {date}.", pt: "{amount} foi enviado em {date}.",
            zh: "{amount} 已于 {date} 退还。"),
        Text("shopper.refund.due", "refund due", pt: "reembolso previsto", zh: "待退款"),
        Text("shopper.refund.sent", "refunded", pt: "reembolsado", zh: "已退款"),
    ]
}
