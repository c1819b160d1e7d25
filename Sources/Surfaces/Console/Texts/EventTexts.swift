extension TextCatalog {
    /// What an event of the log means, in a sentence. `{order}` is its number, `{units}` and `{orders}` are counts.
    static let events = eventsOfOrders + eventsOfParcels + eventsOfSites

    private static let eventsOfOrders = [
        Text("event_count.units", "{n} unit|{n} units", pt: "{n} unidade|{n} unidades", zh: "{n} 件"),
        Text("event_count.orders", "{n} order|{n} orders", pt: "{n} pedido|{n} pedidos", zh: "{n} 单"),
        Text("event_count.elsewhere", "another site", pt: "outro local", zh: "其他站点"),
        Text(
            "event.placed", "Order {order} placed on {channel}: {units}",
            pt: "Pedido {order} em {channel}: {units}",
            zh: "{channel} 订单 {order} 已下：{units}"),
        Text("event.edited", "Order {order} changed", pt: "Pedido {order} alterado", zh: "订单 {order} 已修改"),
        Text(
            "event.split", "Order {order}: {units} split off", pt: "Pedido {order}: {units} separadas", zh: "订单 {order}：已拆出 {units}"),
        Text("event.merged", "Order {order} merged", pt: "Pedido {order} combinado", zh: "订单 {order} 已合并"),
        Text("event.found", "Order {order}: {units} found", pt: "Pedido {order}: {units} encontradas", zh: "订单 {order}：找到 {units}"),
        Text("event.reserved", "Order {order}: {units} reserved", pt: "Pedido {order}: {units} reservadas", zh: "订单 {order}：已预留 {units}"),
        Text("event.cancel_accepted", "Order {order} cancelled", pt: "Pedido {order} cancelado", zh: "订单 {order} 已取消"),
        Text(
            "event.cancel_partly", "Order {order} cancelled in part: {units}",
            pt: "Pedido {order} cancelado em parte: {units}",
            zh: "订单 {order} 部分取消：{units}"),
        Text(
            "event.cancel_asked", "Order {order}: who has it is asked to stop",
            pt: "Pedido {order}: quem o tem foi chamado a parar",
            zh: "订单 {order}：已请求持有方拦停"),
        Text(
            "event.cancel_refused", "Order {order}: too late to cancel",
            pt: "Pedido {order}: tarde demais para cancelar",
            zh: "订单 {order}：已无法取消"),
        Text(
            "event.asked_of_partner", "Order {order}: {units} asked of a partner",
            pt: "Pedido {order}: {units} pedidas a um parceiro",
            zh: "订单 {order}：已向合作方请求 {units}"),
        Text("event.rejected", "Order {order}: {units} rejected", pt: "Pedido {order}: {units} recusadas", zh: "订单 {order}：{units} 被拒"),
        Text(
            "event.not_found", "Order {order}: {units} not found",
            pt: "Pedido {order}: {units} não encontradas",
            zh: "订单 {order}：{units} 未找到"),
    ]

    private static let eventsOfParcels = [
        Text("event.picked", "Order {order}: {units} picked", pt: "Pedido {order}: {units} recolhidas", zh: "订单 {order}：已拣 {units}"),
        Text(
            "event.packed", "Order {order}: parcel of {units} packed",
            pt: "Pedido {order}: volume de {units} embalado",
            zh: "订单 {order}：已打包 {units}"),
        Text("event.labelled", "Order {order}: parcel labelled", pt: "Pedido {order}: volume etiquetado", zh: "订单 {order}：包裹已贴标"),
        Text(
            "event.handed_over", "Order {order}: parcel handed to the carrier",
            pt: "Pedido {order}: volume entregue à transportadora",
            zh: "订单 {order}：包裹已交运"),
        Text("event.pulled", "Order {order}: parcel to be pulled", pt: "Pedido {order}: volume a retirar", zh: "订单 {order}：包裹待撤出"),
        Text("event.taken_apart", "Order {order}: parcel taken apart", pt: "Pedido {order}: volume desfeito", zh: "订单 {order}：包裹已拆"),
        Text(
            "event.departed", "Order {order}: parcel on its way to {destination}",
            pt: "Pedido {order}: volume a caminho de {destination}",
            zh: "订单 {order}：包裹前往 {destination}"),
        Text(
            "event.arrived", "Order {order}: parcel arrived at {at_site}",
            pt: "Pedido {order}: volume chegou a {at_site}",
            zh: "订单 {order}：包裹到达 {at_site}"),
        Text(
            "event.stopped", "Order {order}: parcel taken out at {at_site}",
            pt: "Pedido {order}: volume retirado em {at_site}",
            zh: "订单 {order}：包裹在 {at_site} 取出"),
        Text(
            "event.rerouted", "Order {order}: parcel goes another way",
            pt: "Pedido {order}: volume segue outro caminho",
            zh: "订单 {order}：包裹改道"),
        Text(
            "event.turning_back_asked", "Order {order}: turning back asked for",
            pt: "Pedido {order}: regresso pedido",
            zh: "订单 {order}：已请求退回"),
        Text(
            "event.turning_back_accepted", "Order {order}: turning back accepted",
            pt: "Pedido {order}: regresso aceite",
            zh: "订单 {order}：退回已接受"),
        Text(
            "event.elsewhere_asked", "Order {order}: another address asked for", pt: "Pedido {order}: pedida outra morada",
            zh: "订单 {order}：已请求更改地址"),
        Text(
            "event.elsewhere_accepted", "Order {order}: another address accepted", pt: "Pedido {order}: outra morada aceite",
            zh: "订单 {order}：更改地址已接受"),
        Text(
            "event.elsewhere_refused", "Order {order}: another address refused", pt: "Pedido {order}: outra morada recusada",
            zh: "订单 {order}：更改地址被拒绝"),
        Text(
            "event.turning_back_refused", "Order {order}: turning back refused",
            pt: "Pedido {order}: regresso recusado",
            zh: "订单 {order}：退回被拒"),
        Text("event.on_the_way", "Order {order}: parcel on the way", pt: "Pedido {order}: volume a caminho", zh: "订单 {order}：包裹在途"),
        Text("event.in_hub", "Order {order}: parcel in the hub", pt: "Pedido {order}: volume no hub", zh: "订单 {order}：包裹到达枢纽"),
        Text("event.last_leg", "Order {order}: parcel out for delivery", pt: "Pedido {order}: volume em entrega", zh: "订单 {order}：派送中"),
        Text(
            "event.tried", "Order {order}: delivery tried in vain, the courier comes again",
            pt: "Pedido {order}: entrega falhada, o estafeta volta",
            zh: "订单 {order}：派送未成功，将再次派送"),
        Text(
            "event.pickup", "Order {order}: parcel ready for pickup",
            pt: "Pedido {order}: volume pronto a levantar",
            zh: "订单 {order}：可自提"),
        Text("event.delivered", "Order {order}: delivered", pt: "Pedido {order}: entregue", zh: "订单 {order}：已送达"),
        Text(
            "event.received_there", "Order {order}: parcel received at the other site",
            pt: "Pedido {order}: volume recebido no outro local",
            zh: "订单 {order}：对方站点已收"),
        Text("event.turned_back", "Order {order}: parcel turned back", pt: "Pedido {order}: volume devolvido", zh: "订单 {order}：包裹退回"),
        Text("event.came_back", "Order {order}: parcel came back", pt: "Pedido {order}: volume regressou", zh: "订单 {order}：包裹已退到"),
        Text("event.lost", "Order {order}: parcel lost", pt: "Pedido {order}: volume perdido", zh: "订单 {order}：包裹丢失"),
        Text("event.damaged", "Order {order}: parcel damaged", pt: "Pedido {order}: volume danificado", zh: "订单 {order}：包裹损坏"),
    ]

    private static let eventsOfSites = [
        Text("event.released", "{orders} released to the floor", pt: "{orders} libertados", zh: "{orders}已释放"),
        Text("event.taken_back", "{orders} taken back from the floor", pt: "{orders} retirados", zh: "{orders}已撤回"),
        Text("event.release_paused", "Release paused", pt: "Libertação em pausa", zh: "已暂停释放"),
        Text("event.release_goes_on", "Release goes on", pt: "Libertação retomada", zh: "已恢复释放"),
        Text("event.trip_left", "Trip to {destination} left", pt: "Viagem para {destination} partiu", zh: "前往 {destination} 的班次已出发"),
        Text("event.trip_arrived", "Trip from {origin} arrived", pt: "Viagem de {origin} chegou", zh: "来自 {origin} 的班次已到达"),
        Text("event.stock_reported", "Stock reported", pt: "Stock comunicado", zh: "库存已上报"),
        Text("event.penalty", "A partner pays a penalty", pt: "Um parceiro paga uma penalização", zh: "合作方支付罚款"),
        Text("event.announced", "{units} announced", pt: "{units} anunciadas", zh: "预报 {units}"),
        Text("event.received", "{units} received", pt: "{units} recebidas", zh: "收货 {units}"),
        Text("event.inbound_closed", "Delivery of goods closed", pt: "Entrega de mercadoria fechada", zh: "入库单已关闭"),
        Text(
            "event.short", "{units} short: their orders look elsewhere",
            pt: "{units} em falta: os pedidos procuram noutro lado",
            zh: "缺 {units}：订单改寻他处"),
        Text("event.needs_person", "Needs a person: {kind}", pt: "Precisa de alguém: {kind}", zh: "需要人工处理：{kind}"),
        Text("event.dealt_with", "Dealt with: {kind}", pt: "Tratado: {kind}", zh: "已处理：{kind}"),
    ]
}
