extension TextCatalog {
    /// Of the dock, the bins and the returns desk, for people with a scanner in the hand.
    static let floorMore = putaway + count + bag + load + arrive + inspect + said

    private static let putaway = [
        Text("floor.putaway.title", "Put away", pt: "Arrumar", zh: "上架"),
        Text("floor.putaway.item", "Scan goods or a tote", pt: "Leia mercadoria ou uma caixa", zh: "扫描商品或周转箱"),
        Text("floor.putaway.none", "Nothing to put away", pt: "Nada para arrumar", zh: "没有待上架商品"),
        Text("floor.putaway.bin", "Put it there and scan the bin", pt: "Ponha lá e leia o lugar", zh: "放入货位并扫描"),
        Text("floor.putaway.any", "Any bin", pt: "Qualquer lugar", zh: "任意货位"),
    ]

    private static let count = [
        Text("floor.count.title", "Count", pt: "Contar", zh: "盘点"),
        Text("floor.count.bin", "Scan a bin", pt: "Leia um lugar", zh: "扫描货位"),
        Text("floor.count.item", "Scan what lies here", pt: "Leia o que está aqui", zh: "扫描此处的商品"),
        Text("floor.count.how_many", "How many lie here?", pt: "Quantos estão aqui?", zh: "此处有多少件？"),
        Text("floor.count.done", "It is {n}", pt: "São {n}", zh: "共 {n} 件"),
        Text("floor.count.other", "Another bin", pt: "Outro lugar", zh: "换一个货位"),
    ]

    private static let bag = [
        Text("floor.bag.title", "Close a bag", pt: "Fechar saco", zh: "封袋"),
        Text("floor.bag.scan", "Scan the bag", pt: "Leia o saco", zh: "扫描集包袋"),
        Text("floor.bag.weigh", "Weigh it: grams", pt: "Pese: gramas", zh: "称重（克）"),
        Text("floor.bag.seal", "Scan the seal", pt: "Leia o selo", zh: "扫描封条"),
        Text("floor.bag.no_seal", "It has no seal", pt: "Não tem selo", zh: "没有封条"),
        Text("floor.units", "{n} piece|{n} pieces", pt: "{n} peça|{n} peças", zh: "{n} 件"),
    ]

    private static let load = [
        Text("floor.load.title", "Load", pt: "Carregar", zh: "装车"),
        Text("floor.load.none", "No trip leaves from here", pt: "Nenhuma viagem parte daqui", zh: "没有从此处出发的车次"),
        Text("floor.load.trip", "Which trip?", pt: "Que viagem?", zh: "哪个车次？"),
        Text("floor.load.unit", "Scan what goes on it", pt: "Leia o que vai nela", zh: "扫描要装车的货物"),
        Text("floor.load.leave", "It leaves", pt: "Vai partir", zh: "发车"),
        Text("floor.load.other", "Another trip", pt: "Outra viagem", zh: "另一车次"),
        Text("floor.load.sure", "Does it leave with this?", pt: "Parte com isto?", zh: "确认以此发车？"),
        Text("floor.load.yes", "Yes, it leaves", pt: "Sim, parte", zh: "是，发车"),
    ]

    private static let arrive = [
        Text("floor.arrive.title", "Unload", pt: "Descarregar", zh: "卸车"),
        Text("floor.arrive.none", "No trip is on its way here", pt: "Nenhuma viagem a caminho", zh: "没有车次前来"),
        Text("floor.arrive.trip", "Which trip?", pt: "Que viagem?", zh: "哪个车次？"),
        Text("floor.arrive.here", "Is it here?", pt: "Já chegou?", zh: "已到达吗？"),
        Text("floor.arrive.yes_here", "It stands at the dock", pt: "Está no cais", zh: "已停靠月台"),
        Text("floor.arrive.scan", "Scan what comes off", pt: "Leia o que sai", zh: "扫描卸下的货物"),
        Text("floor.arrive.scan_damaged", "Scan the damaged one", pt: "Leia o danificado", zh: "扫描受损货物"),
        Text("floor.arrive.damaged", "The next one is damaged", pt: "O próximo está danificado", zh: "下一件已损坏"),
        Text("floor.arrive.on_it", "still on it", pt: "ainda dentro", zh: "仍在车上"),
        Text("floor.arrive.end", "It is empty", pt: "Está vazia", zh: "已卸空"),
        Text("floor.arrive.sure", "Is the rest missing?", pt: "O resto falta?", zh: "其余的都缺失吗？"),
        Text("floor.arrive.yes", "Yes, nothing is left on it", pt: "Sim, não resta nada", zh: "是，车上已无货物"),
    ]

    private static let inspect = [
        Text("floor.inspect.title", "Returns", pt: "Devoluções", zh: "退货"),
        Text("floor.inspect.box", "Scan what came back", pt: "Leia o que voltou", zh: "扫描退回的包裹"),
        Text("floor.inspect.waiting", "Grade what waits", pt: "Classificar o que espera", zh: "处理待分级商品"),
        Text("floor.inspect.items", "Scan what is inside", pt: "Leia o que está dentro", zh: "扫描内装商品"),
        Text("floor.inspect.done", "That was all", pt: "Foi tudo", zh: "全部完成"),
        Text("floor.inspect.grade", "How is it?", pt: "Como está?", zh: "状况如何？"),
        Text("floor.inspect.proof", "Scan a proof", pt: "Leia uma prova", zh: "扫描凭证"),
        Text("floor.inspect.no_proof", "Without a proof", pt: "Sem prova", zh: "无凭证"),
        Text("floor.inspect.skip", "Later", pt: "Mais tarde", zh: "稍后"),
        Text("floor.grade.A", "A · sealed, like new", pt: "A · selado, como novo", zh: "A · 未拆封，如新"),
        Text("floor.grade.B", "B · opened, complete", pt: "B · aberto, completo", zh: "B · 已拆封，完整"),
        Text("floor.grade.C", "C · damaged", pt: "C · danificado", zh: "C · 损坏"),
        Text("floor.grade.D", "D · of no use", pt: "D · inútil", zh: "D · 无法使用"),
        Text("floor.finding.as_announced", "As announced", pt: "Como anunciado", zh: "与预报一致"),
    ]

    private static let said = [
        Text("floor.said.not_place", "{code} is no place of this site.", pt: "{code} não é um lugar deste local.", zh: "{code} 不是本仓货位。"),
        Text("floor.said.nothing_put", "{code} does not wait here.", pt: "{code} não espera aqui.", zh: "{code} 不在待上架之列。"),
        Text("floor.said.put", "{n} × {sku} in {bin}", pt: "{n} × {sku} em {bin}", zh: "{n} × {sku} 已放入 {bin}"),
        Text("floor.said.no_goods", "{code} is no goods of this site.", pt: "{code} não é mercadoria deste local.", zh: "{code} 不是本仓商品。"),
        Text("floor.said.not_expected", "That should not lie here. Count it.", pt: "Não devia estar aqui. Conte.", zh: "不应在此处，请盘点。"),
        Text("floor.said.counted", "{after}: right", pt: "{after}: certo", zh: "{after}：正确"),
        Text(
            "floor.said.counted_other", "{after}, not {before}: corrected",
            pt: "{after}, não {before}: corrigido", zh: "{after}，原为 {before}：已更正"),
        Text("floor.said.not_open_bag", "{code} is no open bag.", pt: "{code} não é um saco aberto.", zh: "{code} 不是打开的集包袋。"),
        Text(
            "floor.said.bag_pull", "A cancelled parcel is in it. Take it out.",
            pt: "Tem um volume cancelado. Retire-o.", zh: "内有已取消包裹，请取出。"),
        Text("floor.said.bag", "{n} inside", pt: "{n} dentro", zh: "内有 {n} 件"),
        Text("floor.said.bag_closed", "{code} is closed", pt: "{code} fechado", zh: "{code} 已封袋"),
        Text("floor.said.no_trip", "{code} is no trip.", pt: "{code} não é uma viagem.", zh: "{code} 不是车次。"),
        Text("floor.said.no_unit", "{code} is nothing to load.", pt: "{code} não se carrega.", zh: "{code} 不可装车。"),
        Text("floor.said.loaded", "{code} is on it", pt: "{code} carregado", zh: "{code} 已装车"),
        Text("floor.said.departed", "It has left", pt: "Partiu", zh: "已发车"),
        Text("floor.said.arrived", "It has arrived", pt: "Chegou", zh: "已到达"),
        Text(
            "floor.said.reconciled", "Unloaded; what is missing has an owner.",
            pt: "Descarregada; o que falta tem responsável.", zh: "卸车完成；缺失部分已有人跟进。"),
        Text("floor.said.off", "{code} is off", pt: "{code} descarregado", zh: "{code} 已卸下"),
        Text("floor.said.off_damaged", "{code} is off, damaged", pt: "{code} descarregado, danificado", zh: "{code} 已卸下，损坏"),
        Text(
            "floor.said.off_over", "{code} was not expected; it stays here.",
            pt: "{code} não se esperava; fica aqui.", zh: "{code} 非预期，留在此处。"),
        Text("floor.said.off_already", "{code} stood here already.", pt: "{code} já estava aqui.", zh: "{code} 已在此处。"),
        Text("floor.said.nothing_waits", "Nothing waits for a grade.", pt: "Nada espera classificação.", zh: "没有待分级商品。"),
        Text("floor.said.box", "{code}: open it", pt: "{code}: abra", zh: "{code}：请打开"),
        Text("floor.said.box_unknown", "Nobody knows of it: quarantine.", pt: "Ninguém o conhece: quarentena.", zh: "无人认领：隔离存放。"),
        Text("floor.said.box_missing", "{n} announced are missing.", pt: "Faltam {n} anunciados.", zh: "缺少 {n} 件已预报商品。"),
        Text("floor.said.box_known", "As announced", pt: "Como anunciado", zh: "与预报一致"),
        Text("floor.said.box_blind", "Not announced, order known", pt: "Não anunciado, pedido conhecido", zh: "未预报，订单已知"),
        Text("floor.said.box_rto", "Undelivered parcel", pt: "Volume não entregue", zh: "未投递包裹"),
        Text("floor.said.not_grade", "{code} is no grade.", pt: "{code} não é uma classificação.", zh: "{code} 不是等级。"),
        Text("floor.said.graded_restock", "Back to stock: put it away.", pt: "Volta ao stock: arrume.", zh: "回库：请上架。"),
        Text("floor.said.graded_refurbish", "To be mended", pt: "Para reparar", zh: "待翻新"),
        Text("floor.said.graded_return_to_merchant", "Aside for its merchant", pt: "De lado para o comerciante", zh: "留给商家"),
        Text("floor.said.graded_liquidate", "Aside to be sold in lots", pt: "De lado para venda em lote", zh: "留待批量处理"),
        Text("floor.said.graded_dispose", "To be destroyed", pt: "Para destruir", zh: "待销毁"),
    ]
}
