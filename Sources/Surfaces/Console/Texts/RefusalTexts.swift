extension TextCatalog {
    /// Refusals that people meet in the console, by their code. `{message}` is the refusal's own sentence, with its values.
    static let refusals = [
        Text("refusal.input.invalid", "{message}", pt: "Este valor não serve. ({message})", zh: "该值无效。（{message}）"),
        Text(
            "refusal.store.busy", "The server is busy. Try again in a moment.", pt: "O servidor está ocupado. Tente dentro de momentos.",
            zh: "服务器繁忙，请稍后再试。"),
        Text(
            "refusal.order.ended", "The order has come too far; nothing of it can be changed.",
            pt: "O pedido já vai adiantado; nada nele se pode mudar.", zh: "订单已进入后续阶段，无法更改。"),
        Text(
            "refusal.order.version_stale", "Somebody has changed the order meanwhile. Load the page anew and look again.",
            pt: "Alguém mudou o pedido entretanto. Recarregue a página e veja de novo.", zh: "订单已被他人修改，请刷新页面后重试。"),
        Text(
            "refusal.order.line_in_work", "The floor works on this line already; it stays, or the order is cancelled.",
            pt: "O armazém já trabalha nesta linha; fica como está, ou cancela-se o pedido.", zh: "仓库已在处理该行，只能保留或取消订单。"),
        Text(
            "refusal.order.promise_broken", "It would arrive after the date that was promised.",
            pt: "Chegaria depois da data prometida.", zh: "将晚于承诺日期送达。"),
        Text("refusal.order.sku_unknown", "{message}", pt: "O vendedor não tem este SKU. ({message})", zh: "商家没有该 SKU。（{message}）"),
        Text(
            "refusal.order.split_nothing", "Choose what is sent apart.", pt: "Escolha o que vai à parte.", zh: "请选择要拆分的商品。"),
        Text(
            "refusal.order.split_whole", "Something has to stay in the order.", pt: "Algo tem de ficar no pedido.", zh: "订单中须保留部分商品。"),
        Text("refusal.order.hold_until_invalid", "{message}", pt: "Até um ano, no futuro. ({message})", zh: "须在未来一年内。（{message}）"),
        Text("refusal.inventory.stock_short", "{message}", pt: "Não há que chegue. ({message})", zh: "库存不足。（{message}）"),
        Text(
            "refusal.parcel.ended", "Nothing can be done about this parcel any more.", pt: "Nada mais se pode fazer com este volume.",
            zh: "该包裹已无法处理。"),
        Text("refusal.parcel.asked", "The courier was asked already.", pt: "A transportadora já foi questionada.", zh: "已向快递公司提出请求。"),
        Text("refusal.parcel.returning", "The parcel comes back already.", pt: "O volume já vem de volta.", zh: "包裹已在退回途中。"),
        Text(
            "refusal.goodwill.no_limit", "The merchant allows no goodwill by you. They set it under Limits.",
            pt: "O vendedor não lhe permite cortesias. Fixa-se em Limites.", zh: "商家未允许您给予补偿，可在“限额”中设置。"),
        Text(
            "refusal.goodwill.over_limit", "{message}", pt: "É mais do que o vendedor permite. ({message})", zh: "超过商家允许的限额。（{message}）"),
        Text(
            "refusal.goodwill.number_used", "This was given already, with another amount.", pt: "Já foi dado, com outro valor.",
            zh: "已以其他金额给予。"),
        Text(
            "refusal.refund.nothing_paid", "Nothing has been paid that could go back.", pt: "Nada foi pago que possa voltar.",
            zh: "没有可退的已付款项。"),
        Text("refusal.refund.over_paid", "{message}", pt: "É mais do que foi pago. ({message})", zh: "超过已付金额。（{message}）"),
        Text(
            "refusal.refund.cancel_instead", "Nothing of the order would be paid. Cancel it instead.",
            pt: "Nada do pedido ficaria pago. Cancele-o.", zh: "订单将无任何付款，请改为取消订单。"),
        Text("refusal.refund.not_due", "It was sent already.", pt: "Já foi enviado.", zh: "已发出。"),
        Text("refusal.claim.stands_already", "That is claimed already.", pt: "Isso já foi reclamado.", zh: "已提出过索赔。"),
        Text("refusal.claim.ended", "The claim is decided.", pt: "A reclamação está decidida.", zh: "索赔已结束。"),
        Text(
            "refusal.claim.parcel_not_sent", "The parcel has not left; nothing can have happened to it on its way.",
            pt: "O volume ainda não saiu; nada lhe pode ter acontecido no caminho.", zh: "包裹尚未发出，不可能在途中出问题。"),
        Text("refusal.claim.no_carrier", "No carrier of ours brings it.", pt: "Nenhuma transportadora nossa o leva.", zh: "并非由我方承运商运送。"),
        Text("refusal.claim.over_worth", "{message}", pt: "É mais do que foi vendido. ({message})", zh: "超过商品售价。（{message}）"),
        Text("refusal.claim.too_much", "{message}", pt: "É mais do que foi reclamado. ({message})", zh: "超过索赔金额。（{message}）"),
        Text(
            "refusal.claim.not_harmed", "Nothing was lost or damaged there, and nothing is owed.",
            pt: "Ali nada se perdeu nem se danificou, e nada é devido.", zh: "此处没有丢失或损坏，也无欠赔。"),
        Text("refusal.exception.closed", "Somebody has dealt with it already.", pt: "Alguém já tratou disso.", zh: "已有人处理。"),
        Text("refusal.exception.note_missing", "Say how it was dealt with.", pt: "Diga como foi tratado.", zh: "请说明如何处理。"),
        Text("refusal.exception.until_passed", "Name a later moment.", pt: "Indique um momento posterior.", zh: "请填写将来的时间。"),
        Text(
            "refusal.exception.nothing_left", "It has moved on; there is nothing left to do this to.",
            pt: "Já seguiu; não há nada a que fazer isto.", zh: "情况已变化，无需再处理。"),
        Text("refusal.dispute.open", "This is disputed already.", pt: "Isto já é contestado.", zh: "已提出争议。"),
        Text("refusal.dispute.ended", "The dispute is over.", pt: "A contestação terminou.", zh: "争议已结束。"),
        Text("refusal.dispute.not_more", "{message}", pt: "Não é mais do que chegou. ({message})", zh: "并不多于收到数量。（{message}）"),
        Text("refusal.dispute.too_many", "{message}", pt: "É mais do que falta. ({message})", zh: "超过缺少数量。（{message}）"),
        Text(
            "refusal.dispute.too_early", "More of it may still come; wait until it is closed.",
            pt: "Ainda pode chegar mais; espere até fechar.", zh: "货物可能仍在到货，请等待关闭。"),
        Text("refusal.asn.number_used", "There is a shipment of this number.", pt: "Já há uma remessa com este número.", zh: "该编号的入库单已存在。"),
        Text("refusal.asn.not_receiving", "The shipment is closed.", pt: "A remessa está fechada.", zh: "入库单已关闭。"),
        Text(
            "refusal.return.state", "The return has moved on; look again.", pt: "A devolução já seguiu; veja de novo.",
            zh: "退货状态已变化，请刷新。"),
        Text(
            "refusal.inspection.not_waiting", "These goods were looked at already.", pt: "Esta mercadoria já foi vista.",
            zh: "该商品已检验。"),
        Text(
            "refusal.inspection.proof_missing", "Say what proves that it was destroyed.", pt: "Diga o que prova a destruição.",
            zh: "请填写销毁凭证。"),
        Text(
            "refusal.inspection.not_new", "Only what is like new is sold again.", pt: "Só o que está como novo se revende.",
            zh: "仅全新品可再次销售。"),
        Text("refusal.facilities.shift_invalid", "{message}", pt: "Este turno não serve. ({message})", zh: "班次无效。（{message}）"),
        Text("refusal.wave.begun", "Somebody has begun to pick it.", pt: "Alguém já começou a recolher.", zh: "已开始拣货。"),
        Text("refusal.wave.undone", "It was taken back already.", pt: "Já foi anulada.", zh: "已撤回。"),
        Text("refusal.wave.release_paused", "Release is paused here.", pt: "O lançamento está em pausa aqui.", zh: "此处释放已暂停。"),
        Text("refusal.task.not_open", "The task is done or gone.", pt: "A tarefa está feita ou desapareceu.", zh: "任务已完成或不存在。"),
    ]
}
