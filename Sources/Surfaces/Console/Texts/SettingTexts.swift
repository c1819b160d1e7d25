extension TextCatalog {
    /// What people change of a site and of a merchant.
    static let changes = [
        Text("shifts.change", "Change a shift", pt: "Mudar um turno", zh: "更改班次"),
        Text("shifts.all", "every day", pt: "todos os dias", zh: "每天"),
        Text("shifts.working", "Mon–Sat", pt: "seg–sáb", zh: "周一至周六"),
        Text("shifts.weekdays", "Mon–Fri", pt: "seg–sex", zh: "周一至周五"),
        Text("shifts.opens", "From", pt: "Das", zh: "开始"),
        Text("shifts.closes", "Until", pt: "Às", zh: "结束"),
        Text("shifts.units", "Units it does", pt: "Unidades que faz", zh: "处理量"),
        Text(
            "shifts.hint",
            "The same work, day and beginning: the shift is replaced. Promises go where there is room.",
            pt: "Mesmo trabalho, dia e início: o turno é substituído. As promessas vão para onde há lugar.",
            zh: "同一作业、同日同开始时间的班次将被替换。承诺会安排到有余量的班次。"),
        Text("shifts.save", "State it", pt: "Declarar", zh: "保存"),
        Text("shifts.remove", "Take off", pt: "Retirar", zh: "移除"),
        Text(
            "said.shift_over",
            "Saved; more is booked than it does, see the exceptions",
            pt: "Guardado; há mais reservado do que se faz, veja as exceções",
            zh: "已保存；预订超过产能，请查看异常"),
        Text("channels.change", "Keep goods from a channel", pt: "Guardar mercadoria de um canal", zh: "对渠道保留库存"),
        Text(
            "channels.hint",
            "The channel is promised what is left beyond the safety stock, and nothing below the threshold. Goods on hand only.",
            pt: "Ao canal promete-se o que sobra do stock de segurança, e nada abaixo do limite. Só o que está em armazém.",
            zh: "渠道仅可承诺超出安全库存的现货，低于阈值则不展示。"),
        Text("channels.all_skus", "Empty: all that nothing else is said of.", pt: "Vazio: todos os outros.", zh: "留空：其余全部 SKU。"),
        Text("channels.save", "Keep it back", pt: "Guardar", zh: "保存保留"),
        Text("policy.title", "Return policy", pt: "Política de devoluções", zh: "退货政策"),
        Text(
            "policy.hint",
            "An order goes by the policy of the day on which it was placed. What you change holds for orders from that day on.",
            pt: "Um pedido segue a política do dia em que foi feito. O que mudar vale para pedidos a partir desse dia.",
            zh: "订单适用下单当日的政策。更改仅对自该日起的订单生效。"),
        Text("policy.change", "From a day on", pt: "A partir de um dia", zh: "自某日起更改"),
        Text("policy.holds_now", "holds now", pt: "vale agora", zh: "当前生效"),
        Text("policy.none", "No policy of your own", pt: "Sem política própria", zh: "没有自有政策"),
        Text(
            "policy.none_hint",
            "The operator’s holds: thirty days, refunded when received, unless they say otherwise.",
            pt: "Vale a do operador: trinta dias, reembolso ao receber, salvo indicação em contrário.",
            zh: "适用运营方政策：除非另有规定，三十天内、收到后退款。"),
        Text("policy.from", "Holds from", pt: "Vale a partir de", zh: "生效日期"),
        Text("policy.from_hint", "Today or later.", pt: "Hoje ou mais tarde.", zh: "今天或之后。"),
        Text("policy.window", "Days from delivery", pt: "Dias desde a entrega", zh: "签收后天数"),
        Text("policy.restocking", "Restocking fee, percent", pt: "Taxa de reposição, por cento", zh: "退货手续费（百分比）"),
        Text("policy.keep_under", "Kept below, in {currency}", pt: "Fica abaixo de, em {currency}", zh: "免退金额（{currency}）"),
        Text(
            "policy.keep_hint", "A refund below it is paid and the goods are kept; 0: never.",
            pt: "Abaixo disto reembolsa-se e a mercadoria fica; 0: nunca.", zh: "低于此金额直接退款且无需退货；0 表示从不。"),
        Text("policy.review_over", "You decide above, in {currency}", pt: "Decide acima de, em {currency}", zh: "需审核金额（{currency}）"),
        Text(
            "policy.review_hint", "A refund above it waits for you; empty: never.", pt: "Acima disto espera por si; vazio: nunca.",
            zh: "高于此金额需您决定；留空表示从不。"),
        Text("policy.label_fee", "Label, in {currency}", pt: "Etiqueta, em {currency}", zh: "面单费（{currency}）"),
        Text("policy.pays", "The shopper pays it where: {reason}", pt: "O cliente paga se: {reason}", zh: "消费者承担：{reason}"),
        Text("policy.save", "Promise it", pt: "Prometer", zh: "保存政策"),
    ]
}
