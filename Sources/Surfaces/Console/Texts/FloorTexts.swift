extension TextCatalog {
    /// What people with a scanner in the hand read: few words, large.
    static let floor = floorFrame + floorPick + floorPack + floorReceive + floorSort + floorSaid

    private static let floorFrame = [
        Text("floor.title", "Floor", pt: "Armazém", zh: "现场作业"),
        Text("floor.what", "What are you doing?", pt: "O que vai fazer?", zh: "您要做什么？"),
        Text("floor.label", "Label", pt: "Etiqueta", zh: "面单"),
        Text("floor.back", "Back", pt: "Voltar", zh: "返回"),
        Text("floor.no", "No, back", pt: "Não, voltar", zh: "不，返回"),
        Text("floor.code", "Scan or type", pt: "Ler ou escrever", zh: "扫描或输入"),
        Text("floor.enter", "OK", pt: "OK", zh: "确定"),
        Text("floor.keyboard", "Keyboard on or off", pt: "Ligar ou desligar o teclado", zh: "打开或关闭键盘"),
        Text("floor.waiting", "waiting to be sent", pt: "por enviar", zh: "待发送"),
        Text("floor.offline", "No connection", pt: "Sem ligação", zh: "无网络连接"),
        Text(
            "floor.waits", "Go on scanning. These are kept here and sent in order:",
            pt: "Continue a ler. Ficam guardadas aqui e seguem por ordem:", zh: "请继续扫描。以下内容已保存，将按顺序发送："),
        Text("floor.refused", "Not accepted", pt: "Não aceites", zh: "未被接受"),
        Text("floor.seen", "I have seen this", pt: "Já vi", zh: "我已知晓"),
        Text("floor.gone", "Your session has ended. Your scans are kept.", pt: "A sessão terminou. As leituras ficam guardadas.",
            zh: "会话已结束。您的扫描已保存。"),
        Text("floor.of", "{n} of {of}", pt: "{n} de {of}", zh: "{n} / {of}"),
        Text("floor.all", "All {n}", pt: "Todos os {n}", zh: "全部 {n} 件"),
        Text("floor.lot", "Lot {lot}", pt: "Lote {lot}", zh: "批次 {lot}"),
        Text("floor.into", "Into tote {code}", pt: "Para a caixa {code}", zh: "放入周转箱 {code}"),
        Text("floor.orders", "{n} order|{n} orders", pt: "{n} pedido|{n} pedidos", zh: "{n} 单"),
    ]

    private static let floorPick = [
        Text("floor.pick.title", "Pick", pt: "Recolher", zh: "拣货"),
        Text("floor.pick.tote", "Scan a tote", pt: "Leia uma caixa", zh: "扫描周转箱"),
        Text("floor.pick.new_tote", "Take a new tote", pt: "Usar uma caixa nova", zh: "使用新周转箱"),
        Text("floor.pick.full", "Tote is full", pt: "Caixa cheia", zh: "周转箱已满"),
        Text("floor.pick.none", "Nothing to pick now", pt: "Nada para recolher agora", zh: "暂无拣货任务"),
        Text(
            "floor.pick.none_hint", "The next task comes by itself.", pt: "A próxima tarefa aparece sozinha.", zh: "下一个任务会自动出现。"),
        Text("floor.pick.bin", "Go to the bin and scan it", pt: "Vá ao lugar e leia-o", zh: "前往货位并扫描"),
        Text("floor.pick.item", "Take it and scan it", pt: "Pegue e leia", zh: "取货并扫描"),
        Text("floor.pick.how_many", "How many are there?", pt: "Quantos há?", zh: "有多少件？"),
        Text("floor.pick.short", "Not enough here", pt: "Não há que chegue", zh: "数量不足"),
        Text("floor.pick.sure", "Are there really no more?", pt: "Não há mesmo mais?", zh: "确认没有更多了吗？"),
        Text("floor.pick.yes", "Yes, the bin is empty", pt: "Sim, o lugar está vazio", zh: "是的，货位已空"),
    ]

    private static let floorPack = [
        Text("floor.pack.title", "Pack", pt: "Embalar", zh: "打包"),
        Text("floor.pack.tote", "Scan a tote", pt: "Leia uma caixa", zh: "扫描周转箱"),
        Text("floor.pack.other", "Another tote", pt: "Outra caixa", zh: "换一个周转箱"),
        Text("floor.pack.item", "Scan any item of the tote", pt: "Leia um artigo da caixa", zh: "扫描箱内任一商品"),
        Text("floor.pack.check", "Scan what goes in", pt: "Leia o que vai dentro", zh: "扫描要装入的商品"),
        Text("floor.pack.all", "All is here", pt: "Está tudo", zh: "全部齐了"),
        Text("floor.pack.weigh", "Pack it into this carton and weigh it", pt: "Embale nesta caixa e pese", zh: "装入此纸箱并称重"),
        Text("floor.pack.own_box", "Its own box", pt: "Na própria caixa", zh: "原包装"),
        Text("floor.pack.expected", "About {weight}", pt: "Cerca de {weight}", zh: "约 {weight}"),
        Text("floor.pack.piece", "Parcel {n} of {of}", pt: "Volume {n} de {of}", zh: "第 {n} 件，共 {of} 件"),
        Text("floor.pack.aside", "Put it aside", pt: "Pôr de lado", zh: "放到一边"),
        Text("floor.pack.print", "Print label …{code}", pt: "Imprimir etiqueta …{code}", zh: "打印面单 …{code}"),
    ]

    private static let floorReceive = [
        Text("floor.receive.title", "Receive", pt: "Receber", zh: "收货"),
        Text("floor.receive.asn", "Scan the shipment", pt: "Leia a remessa", zh: "扫描到货单"),
        Text("floor.receive.item", "Scan the goods", pt: "Leia a mercadoria", zh: "扫描商品"),
        Text("floor.receive.count", "How many?", pt: "Quantos?", zh: "多少件？"),
        Text("floor.receive.case", "{n} in one", pt: "{n} em cada", zh: "每件含 {n}"),
        Text("floor.receive.done", "Receive {n}", pt: "Receber {n}", zh: "收货 {n} 件"),
        Text("floor.receive.is_damaged", "They are damaged", pt: "Estão danificados", zh: "已损坏"),
        Text("floor.receive.fine", "They are fine", pt: "Estão bons", zh: "完好"),
        Text("floor.receive.damaged", "Damaged: they go aside", pt: "Danificados: ficam de lado", zh: "已损坏：单独存放"),
        Text("floor.receive.lot", "Scan or type the lot", pt: "Leia ou escreva o lote", zh: "扫描或输入批次"),
        Text("floor.receive.size", "Measure one of them", pt: "Meça um deles", zh: "测量其中一件"),
        Text(
            "floor.receive.size_hint", "Length, width, height in mm and grams: 200 150 100 480",
            pt: "Comprimento, largura, altura em mm e gramas: 200 150 100 480", zh: "长、宽、高（毫米）和克重：200 150 100 480"),
        Text("floor.receive.end", "That was all", pt: "Foi tudo", zh: "全部收完"),
        Text("floor.receive.other", "Another shipment", pt: "Outra remessa", zh: "另一批到货"),
        Text("floor.receive.sure", "Will nothing more come?", pt: "Não vem mais nada?", zh: "不会再有到货了吗？"),
        Text("floor.receive.yes", "Nothing more comes", pt: "Não vem mais nada", zh: "不会再有"),
    ]

    private static let floorSort = [
        Text("floor.sort.title", "Sort", pt: "Separar", zh: "分拣"),
        Text("floor.sort.parcel", "Scan a parcel", pt: "Leia um volume", zh: "扫描包裹"),
        Text("floor.sort.bag", "Put it into the bag and scan the bag", pt: "Ponha no saco e leia o saco", zh: "放入集包袋并扫描袋号"),
        Text("floor.sort.new_bag", "Open a new bag", pt: "Abrir um saco novo", zh: "打开新集包袋"),
        Text("floor.sort.later", "Not now", pt: "Agora não", zh: "暂不处理"),
        Text("floor.sort.leaves", "Leaves {at}", pt: "Parte {at}", zh: "{at} 出发"),
        Text("floor.sort.courier", "To this courier", pt: "Para esta transportadora", zh: "交给此快递"),
        Text("floor.sort.desk", "To the returns desk", pt: "Para a mesa de devoluções", zh: "送往退货台"),
        Text("floor.sort.next", "Then scan the next parcel", pt: "Depois leia o volume seguinte", zh: "然后扫描下一个包裹"),
        Text("floor.sort.pull", "Take it out", pt: "Retire-o", zh: "取出"),
        Text("floor.sort.pull_word", "CANCELLED", pt: "CANCELADO", zh: "已取消"),
        Text("floor.sort.out", "It is taken out", pt: "Já foi retirado", zh: "已取出"),
    ]

    private static let floorSaid = [
        Text("floor.said.too_long", "That is no code.", pt: "Isso não é um código.", zh: "这不是有效编码。"),
        Text("floor.said.tote_full", "Tote put down.", pt: "Caixa pousada.", zh: "周转箱已放下。"),
        Text("floor.said.tote", "Tote {code}", pt: "Caixa {code}", zh: "周转箱 {code}"),
        Text("floor.said.no_tote", "{code} is no tote of this site.", pt: "{code} não é uma caixa deste local.", zh: "{code} 不是本仓的周转箱。"),
        Text("floor.said.tote_empty", "Nothing to pack in this tote.", pt: "Nada para embalar nesta caixa.", zh: "此周转箱内没有待打包商品。"),
        Text("floor.said.task_gone", "Somebody else did that one.", pt: "Outra pessoa fez essa.", zh: "该任务已由他人完成。"),
        Text("floor.said.bin", "Bin {bin}", pt: "Lugar {bin}", zh: "货位 {bin}"),
        Text("floor.said.not_bin", "{code} is not {bin}.", pt: "{code} não é {bin}.", zh: "{code} 不是 {bin}。"),
        Text("floor.said.not_item", "{code} is not {sku}.", pt: "{code} não é {sku}.", zh: "{code} 不是 {sku}。"),
        Text("floor.said.count", "{n} of {of}", pt: "{n} de {of}", zh: "{n} / {of}"),
        Text("floor.said.too_many", "Only {wanted} are wanted.", pt: "Só se pedem {wanted}.", zh: "只需要 {wanted} 件。"),
        Text("floor.said.few", "Only {n} of {of}?", pt: "Só {n} de {of}?", zh: "只有 {n} / {of}？"),
        Text("floor.said.picked", "{n} × {sku} picked", pt: "{n} × {sku} recolhido", zh: "已拣 {n} × {sku}"),
        Text(
            "floor.said.picked_short", "{bin} is written off; another bin is tried.",
            pt: "{bin} foi abatido; tenta-se outro lugar.", zh: "{bin} 已核销，将尝试其他货位。"),
        Text(
            "floor.said.not_in_tote", "{code} is not wanted from this tote.", pt: "{code} não se pede desta caixa.", zh: "此周转箱不需要 {code}。"),
        Text("floor.said.not_in_order", "{code} is not of this order.", pt: "{code} não é deste pedido.", zh: "{code} 不属于此订单。"),
        Text("floor.said.packed", "Complete: pack it.", pt: "Completo: embale.", zh: "已齐：请打包。"),
        Text("floor.said.not_weight", "{code} is no weight in grams.", pt: "{code} não é um peso em gramas.", zh: "{code} 不是克重。"),
        Text(
            "floor.said.weight_off", "{g} g where {expected} g were expected: open it and look.",
            pt: "{g} g em vez de {expected} g: abra e verifique.", zh: "{g} 克，应为 {expected} 克：请打开检查。"),
        Text("floor.said.weighed", "{g} g: right", pt: "{g} g: certo", zh: "{g} 克：正确"),
        Text("floor.said.aside", "Put aside; it waits for a second look.", pt: "De lado; espera nova verificação.", zh: "已放置一旁，等待复查。"),
        Text("floor.said.asn", "Shipment found", pt: "Remessa encontrada", zh: "已找到到货单"),
        Text("floor.said.no_asn", "No shipment {code} is awaited here.", pt: "Aqui não se espera a remessa {code}.", zh: "本仓没有待收的 {code}。"),
        Text("floor.said.no_sku", "{code} is nothing of this merchant.", pt: "{code} não é deste comerciante.", zh: "{code} 不是该商家的商品。"),
        Text("floor.said.goods", "On the list", pt: "Está na lista", zh: "在清单上"),
        Text(
            "floor.said.not_announced", "Not announced; it is received all the same.",
            pt: "Não anunciado; recebe-se na mesma.", zh: "未预报，仍会收货。"),
        Text("floor.said.not_count", "{code} is no count.", pt: "{code} não é uma quantidade.", zh: "{code} 不是数量。"),
        Text("floor.said.not_size", "{code}: four numbers are wanted.", pt: "{code}: são precisos quatro números.", zh: "{code}：需要四个数字。"),
        Text("floor.said.size", "Measured", pt: "Medido", zh: "已测量"),
        Text("floor.said.lot", "Lot noted", pt: "Lote registado", zh: "已记录批次"),
        Text("floor.said.again", "{n} of them", pt: "São {n}", zh: "{n} 件"),
        Text("floor.said.no_dock", "The site has no dock.", pt: "O local não tem cais.", zh: "该仓没有月台。"),
        Text(
            "floor.said.received", "{n} × {sku} received at {place}",
            pt: "{n} × {sku} recebido em {place}", zh: "已在 {place} 收货 {n} × {sku}"),
        Text(
            "floor.said.received_damaged", "{n} × {sku} damaged, put into {place}",
            pt: "{n} × {sku} danificado, em {place}", zh: "{n} × {sku} 损坏，放入 {place}"),
        Text("floor.said.asn_closed", "Shipment closed", pt: "Remessa fechada", zh: "到货单已关闭"),
        Text("floor.said.not_parcel", "{code} is no parcel.", pt: "{code} não é um volume.", zh: "{code} 不是包裹。"),
        Text("floor.said.not_bag", "{code} is no bag.", pt: "{code} não é um saco.", zh: "{code} 不是集包袋。"),
        Text("floor.said.way", "{way}", pt: "{way}", zh: "{way}"),
        Text("floor.said.desk", "A return", pt: "Uma devolução", zh: "退货"),
        Text("floor.said.pull", "Cancelled", pt: "Cancelado", zh: "已取消"),
        Text("floor.said.pulled", "Out of the flow; its goods go back.", pt: "Retirado; a mercadoria volta.", zh: "已移出流程，商品将归位。"),
        Text("floor.said.in_bag", "In bag {bag}", pt: "No saco {bag}", zh: "已入袋 {bag}"),
    ]
}
