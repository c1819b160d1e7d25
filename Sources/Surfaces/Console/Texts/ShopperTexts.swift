extension TextCatalog {
    /// What shoppers read.
    static let shopper = shopperTracking + shopperRefusals + shopperAsking + shopperFollowing

    private static let shopperTracking = [
        Text("shopper.title", "Your order", pt: "O seu pedido", zh: "您的订单"),
        Text("shopper.order", "Order {number}", pt: "Pedido {number}", zh: "订单 {number}"),
        Text(
            "shopper.secret", "Keep the address of this page to yourself: whoever has it sees this order.",
            pt: "Guarde o endereço desta página: quem o tiver vê este pedido.",
            zh: "请勿泄露本页网址：拥有该网址的人都能查看此订单。"),
        Text("shopper.arrives", "Arrives by {date}", pt: "Chega até {date}", zh: "预计 {date} 前送达"),
        Text(
            "shopper.arrives_note", "We keep this date up to date here.", pt: "Mantemos esta data atualizada aqui.",
            zh: "日期如有变化会在此更新。"),
        Text("shopper.today", "Out for delivery", pt: "Em entrega", zh: "正在派送"),
        Text(
            "shopper.today_note", "The courier has it in the van. Expected by {date}.", pt: "O estafeta já o leva. Previsto até {date}.",
            zh: "快递员正在派送，预计 {date} 前送达。"),
        Text("shopper.revised", "Now expected {date}", pt: "Agora previsto para {date}", zh: "现预计 {date} 送达"),
        Text(
            "shopper.revised_note", "We had promised {date}. It is late, and we are sorry.",
            pt: "Tínhamos prometido {date}. Está atrasado, pedimos desculpa.",
            zh: "原承诺 {date}，现有延误，非常抱歉。"),
        Text("shopper.overdue", "Later than promised", pt: "Mais tarde do que prometido", zh: "晚于承诺日期"),
        Text(
            "shopper.overdue_note", "It was promised for {date}. There is no new date yet; it shows here as soon as the carrier tells us.",
            pt: "Foi prometido para {date}. Ainda não há nova data; aparece aqui logo que a transportadora nos diga.",
            zh: "原承诺 {date}。暂无新的日期，承运商告知后会立即显示在此。"),
        Text("shopper.taken", "We have your order", pt: "Temos o seu pedido", zh: "已收到您的订单"),
        Text(
            "shopper.taken_note", "A date follows as soon as your goods are found.",
            pt: "A data aparece assim que a mercadoria for encontrada.",
            zh: "备齐货物后会显示送达日期。"),
        Text("shopper.unpaid", "Waiting for payment", pt: "À espera do pagamento", zh: "等待付款"),
        Text(
            "shopper.unpaid_note", "It is sent once {shop} has your payment.", pt: "É enviado quando {shop} tiver o pagamento.",
            zh: "{shop} 收到付款后即发货。"),
        Text("shopper.to_fetch", "Ready for you to fetch", pt: "Pronto para levantar", zh: "可以取件了"),
        Text(
            "shopper.to_fetch_note", "It waits at the pickup point.", pt: "Espera por si no ponto de recolha.",
            zh: "包裹已在自提点等您领取。"),
        Text("shopper.delivered", "Delivered {date}", pt: "Entregue {date}", zh: "{date} 已送达"),
        Text(
            "shopper.delivered_note", "All parcels have arrived. Enjoy!", pt: "Todos os volumes chegaram. Bom proveito!",
            zh: "全部包裹已送达，祝您使用愉快！"),
        Text("shopper.cancelled", "Cancelled", pt: "Cancelado", zh: "已取消"),
        Text(
            "shopper.cancelled_note", "Nothing of this order will arrive. Questions about money: ask {shop}.",
            pt: "Nada deste pedido vai chegar. Sobre o dinheiro, pergunte a {shop}.",
            zh: "此订单不会再送达。款项问题请联系 {shop}。"),
        Text("shopper.returned", "It came back to us", pt: "Voltou para nós", zh: "已退回"),
        Text(
            "shopper.returned_note", "It could not be delivered. {shop} will be in touch about sending it again or your money.",
            pt: "Não foi possível entregar. {shop} dirá se envia de novo ou devolve o dinheiro.",
            zh: "未能送达。{shop} 会就重新发货或退款与您联系。"),
        Text("shopper.lost", "Lost on the way", pt: "Perdido no caminho", zh: "运输途中丢失"),
        Text(
            "shopper.lost_note", "We are sorry. {shop} knows and will make it good.",
            pt: "Pedimos desculpa. {shop} já sabe e vai resolver.",
            zh: "非常抱歉。{shop} 已知晓并会妥善处理。"),
        Text(
            "shopper.owed", "To pay when it is brought: {money}", pt: "A pagar na entrega: {money}", zh: "送达时需支付：{money}"),
        Text("shopper.parcel", "Your parcel", pt: "O seu volume", zh: "您的包裹"),
        Text("shopper.parcel_of", "Parcel {n} of {count}", pt: "Volume {n} de {count}", zh: "第 {n} 个包裹（共 {count} 个）"),
        Text("shopper.preparing", "Being prepared", pt: "Em preparação", zh: "备货中"),
        Text("shopper.preparing_rest", "The rest is being prepared", pt: "O resto está em preparação", zh: "其余商品备货中"),
        Text("shopper.left_out", "Not coming", pt: "Não vem", zh: "不会送达"),
        Text("shopper.story", "What happened", pt: "O que aconteceu", zh: "物流详情"),
        Text("shopper.to.address", "Goes to", pt: "Vai para", zh: "送往"),
        Text("shopper.to.pickup_point", "Goes to the pickup point", pt: "Vai para o ponto de recolha", zh: "送往自提点"),
        Text("shopper.to.locker", "Goes to the locker", pt: "Vai para o cacifo", zh: "送往快递柜"),
        Text("shopper.to.site", "Goes to", pt: "Vai para", zh: "送往"),
        Text("shopper.to.none", "Goes nowhere", pt: "Não segue", zh: "不发货"),
        Text("shopper.step.ordered", "Ordered", pt: "Pedido", zh: "已下单"),
        Text("shopper.step.packed", "Packed", pt: "Embalado", zh: "已打包"),
        Text("shopper.step.on_the_way", "On the way", pt: "A caminho", zh: "运输中"),
        Text("shopper.step.at_the_door", "Near you", pt: "Perto de si", zh: "派送中"),
        Text("shopper.step.delivered", "Delivered", pt: "Entregue", zh: "已送达"),
        Text("shopper.at.packed", "Packed in {town}", pt: "Embalado em {town}", zh: "已在{town}打包"),
        Text(
            "shopper.at.labelled", "Waits for {carrier} in {town}", pt: "À espera de {carrier} em {town}",
            zh: "在{town}等待 {carrier} 揽收"),
        Text(
            "shopper.at.in_transit", "Between our sites, last in {town}", pt: "Entre os nossos locais, por último em {town}",
            zh: "在我们的站点之间运输，最近在{town}"),
        Text("shopper.at.handed_over", "With {carrier}", pt: "Com {carrier}", zh: "已交 {carrier}"),
        Text("shopper.at.out_for_delivery", "In the van of {carrier}", pt: "Na carrinha de {carrier}", zh: "{carrier} 派送中"),
        Text(
            "shopper.at.attempted", "{carrier} tried to deliver and tries again", pt: "{carrier} tentou entregar e volta a tentar",
            zh: "{carrier} 曾尝试派送，将再次派送"),
        Text("shopper.at.available_for_pickup", "At the pickup point", pt: "No ponto de recolha", zh: "在自提点"),
        Text("shopper.at.delivered", "Delivered", pt: "Entregue", zh: "已送达"),
        Text("shopper.at.returning", "On its way back to us", pt: "De volta para nós", zh: "正在退回"),
        Text("shopper.at.returned", "Back with us in {town}", pt: "De volta em {town}", zh: "已退回{town}"),
        Text("shopper.at.lost", "Lost; we are looking into it", pt: "Perdido; estamos a averiguar", zh: "已丢失，正在调查"),
        Text("shopper.at.voided", "Taken apart before it left", pt: "Desfeito antes de sair", zh: "发出前已撤销"),
        Text("shopper.told.packed", "Packed in {town}", pt: "Embalado em {town}", zh: "已在{town}打包"),
        Text("shopper.told.handed_over", "{carrier} has it", pt: "{carrier} já o tem", zh: "{carrier} 已揽收"),
        Text("shopper.told.in_transit", "On the way", pt: "A caminho", zh: "运输中"),
        Text("shopper.told.arrived_at_hub", "Arrived at a sorting center", pt: "Chegou a um centro de triagem", zh: "到达分拨中心"),
        Text("shopper.told.departed_hub", "Left the sorting center", pt: "Saiu do centro de triagem", zh: "离开分拨中心"),
        Text("shopper.told.out_for_delivery", "Out for delivery", pt: "Em entrega", zh: "正在派送"),
        Text(
            "shopper.told.attempted", "Delivery was tried; nobody took it", pt: "Tentou-se a entrega; ninguém recebeu",
            zh: "派送未成功"),
        Text("shopper.told.available_for_pickup", "Ready to be fetched", pt: "Pronto a levantar", zh: "可取件"),
        Text("shopper.told.delivered", "Delivered", pt: "Entregue", zh: "已送达"),
        Text("shopper.told.return_to_origin", "Turned back to us", pt: "Devolvido ao remetente", zh: "退回发件人"),
        Text("shopper.told.returned", "Back with us", pt: "De volta connosco", zh: "已退回"),
        Text("shopper.told.lost", "Lost", pt: "Perdido", zh: "已丢失"),
        Text("shopper.told.damaged", "Damaged on the way", pt: "Danificado no caminho", zh: "运输中损坏"),
        Text(
            "shopper.told.exception", "Held up; the carrier is on it", pt: "Parado; a transportadora está a tratar",
            zh: "异常滞留，承运商处理中"),
    ]

    private static let shopperRefusals = [
        Text(
            "refusal.link.unknown", "This link leads to no order. Take it from your message as a whole.",
            pt: "Esta ligação não leva a nenhum pedido. Copie-a por inteiro da mensagem.",
            zh: "此链接无效，请从消息中完整复制。"),
        Text(
            "refusal.shopper.address_elsewhere", "The address of this order is changed where you bought it.",
            pt: "O endereço deste pedido muda-se onde o comprou.",
            zh: "此订单的地址请在购买渠道更改。"),
        Text(
            "refusal.shopper.proof_wrong", "This is not the postal code that the order goes to now.",
            pt: "Este não é o código postal de destino atual.",
            zh: "这不是当前的收货邮编。"),
        Text(
            "refusal.parcel.handed_over", "A courier has it already and takes no other address.",
            pt: "Um estafeta já o tem e não aceita outro endereço.",
            zh: "已交给快递，无法更改地址。"),
        Text("refusal.return.no_items", "Choose what you send back.", pt: "Escolha o que devolve.", zh: "请选择要退回的商品。"),
        Text(
            "refusal.return.not_returnable", "One of these things is not taken back.", pt: "Uma destas coisas não é aceite de volta.",
            zh: "其中有商品不支持退货。"),
        Text(
            "refusal.return.not_delivered", "One of these things has not arrived yet.", pt: "Uma destas coisas ainda não chegou.",
            zh: "其中有商品尚未送达。"),
        Text(
            "refusal.return.window_over", "The time for sending this back is over.", pt: "O prazo de devolução terminou.",
            zh: "已超过退货期限。"),
        Text(
            "refusal.return.too_many", "That is more than has arrived, or is in another return already.",
            pt: "É mais do que chegou, ou já está noutra devolução.",
            zh: "数量超过已送达的数量，或已在其他退货中。"),
        Text(
            "refusal.return.nothing_paid", "Nothing has been paid that could be refunded.", pt: "Nada foi pago que se possa reembolsar.",
            zh: "没有可退的款项。"),
        Text("weekday.1", "Monday", pt: "segunda-feira", zh: "星期一"),
        Text("weekday.2", "Tuesday", pt: "terça-feira", zh: "星期二"),
        Text("weekday.3", "Wednesday", pt: "quarta-feira", zh: "星期三"),
        Text("weekday.4", "Thursday", pt: "quinta-feira", zh: "星期四"),
        Text("weekday.5", "Friday", pt: "sexta-feira", zh: "星期五"),
        Text("weekday.6", "Saturday", pt: "sábado", zh: "星期六"),
        Text("weekday.7", "Sunday", pt: "domingo", zh: "星期日"),
    ]
}
