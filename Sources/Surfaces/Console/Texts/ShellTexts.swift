extension TextCatalog {
    /// What stands around every page.
    static let shell = [
        Text("shell.skip", "Skip to content", pt: "Saltar para o conteúdo", zh: "跳到内容"),
        Text("shell.menu", "Menu", pt: "Menu", zh: "菜单"),
        Text("shell.close", "Close", pt: "Fechar", zh: "关闭"),
        Text("shell.search", "Search", pt: "Procurar", zh: "搜索"),
        Text("shell.search_hint", "Order, tracking number, SKU, page …", pt: "Pedido, rastreio, SKU, página …", zh: "订单、运单号、SKU、页面……"),
        Text("shell.pages", "Pages", pt: "Páginas", zh: "页面"),
        Text("shell.theme", "Light or dark", pt: "Claro ou escuro", zh: "浅色或深色"),
        Text("shell.keys", "Keyboard", pt: "Teclado", zh: "键盘"),
        Text("shell.sign_out", "Sign out", pt: "Sair", zh: "退出"),
        Text("shell.navigation", "Main", pt: "Principal", zh: "主导航"),
        Text("shell.crumbs", "You are here", pt: "Está aqui", zh: "当前位置"),
        Text("shell.form", "Form", pt: "Formulário", zh: "表单"),
        Text("shell.live", "Live", pt: "Ao vivo", zh: "实时"),
        Text("keys.palette", "Search and go to a page", pt: "Procurar e ir para uma página", zh: "搜索并前往页面"),
        Text("keys.sheet", "This sheet", pt: "Esta folha", zh: "本说明"),
        Text("keys.rows", "Next and previous row", pt: "Linha seguinte e anterior", zh: "下一行和上一行"),
        Text("keys.open", "Open the row", pt: "Abrir a linha", zh: "打开该行"),
        Text("keys.pages", "Next and previous page of a list", pt: "Página seguinte e anterior da lista", zh: "列表的下一页和上一页"),
        Text("keys.filter", "To the filters", pt: "Para os filtros", zh: "转到筛选"),
        Text("keys.home", "To the first page", pt: "Para a primeira página", zh: "回到首页"),
        Text("keys.theme", "Light or dark", pt: "Claro ou escuro", zh: "浅色或深色"),
        Text("nav.now", "Now", pt: "Agora", zh: "此刻"),
        Text("nav.work", "Work", pt: "Trabalho", zh: "作业"),
        Text("nav.goods", "Goods", pt: "Mercadoria", zh: "货物"),
        Text("nav.network", "Network", pt: "Rede", zh: "网络"),
        Text("nav.business", "Business", pt: "Negócio", zh: "业务"),
        Text("nav.settings", "Settings", pt: "Definições", zh: "设置"),
        Text("table.next", "Next", pt: "Seguinte", zh: "下一页"),
        Text("table.previous", "Previous", pt: "Anterior", zh: "上一页"),
        Text("table.pages", "Pages of the list", pt: "Páginas da lista", zh: "列表分页"),
        Text("table.nothing", "nothing", pt: "nada", zh: "无"),
        Text("filter.apply", "Filter", pt: "Filtrar", zh: "筛选"),
        Text("filter.clear", "Clear", pt: "Limpar", zh: "清除"),
        Text("chart.table", "As a table", pt: "Em tabela", zh: "以表格显示"),
        Text("form.save", "Save", pt: "Guardar", zh: "保存"),
        Text("said.saved", "Saved.", pt: "Guardado.", zh: "已保存。"),
        Text("script.live", "Live", pt: "Ao vivo", zh: "实时"),
        Text("script.lost", "No connection; trying again", pt: "Sem ligação; a tentar de novo", zh: "连接中断，正在重试"),
        Text("script.failed", "That did not get through. Try again.", pt: "Não passou. Tente de novo.", zh: "未能送达，请重试。"),
        Text("script.copied", "Copied.", pt: "Copiado.", zh: "已复制。"),
        Text("script.done", "Done.", pt: "Feito.", zh: "完成。"),
        Text("search.title", "Search", pt: "Procurar", zh: "搜索"),
        Text("search.none", "Nothing found for “{q}”", pt: "Nada encontrado para “{q}”", zh: "未找到“{q}”"),
        Text(
            "search.hint", "Search by an order number, tracking number, parcel code, barcode, phone, e-mail or id, or press Ctrl K.",
            pt: "Procure por número de pedido, rastreio, código de volume, código de barras, telefone, e-mail ou id, ou prima Ctrl K.",
            zh: "可按订单号、运单号、包裹条码、商品条码、电话、邮箱或编号搜索，或按 Ctrl K。"),
        Text("refused.home", "To the first page", pt: "Para a primeira página", zh: "回到首页"),
        Text("refused.sign_in.title", "Please sign in", pt: "Inicie sessão", zh: "请登录"),
        Text("refused.sign_in.reason", "Your session has ended.", pt: "A sua sessão terminou.", zh: "您的会话已结束。"),
        Text("refused.role.title", "Not your page", pt: "Esta página não é sua", zh: "无权查看此页"),
        Text(
            "refused.role.reason", "Your role does not see this page. An owner can change what you see.",
            pt: "A sua função não vê esta página. Um proprietário pode mudar isso.", zh: "您的角色不能查看此页。所有者可以更改您的权限。"),
        Text("refused.form.title", "Please send that again", pt: "Envie de novo", zh: "请重新提交"),
        Text(
            "refused.form.reason", "The form is older than your session. Open its page again and send it once more.",
            pt: "O formulário é mais antigo do que a sua sessão. Abra a página de novo e envie outra vez.",
            zh: "该表单早于您的会话。请重新打开页面并再次提交。"),
        Text(
            "refusal.page.not_found", "There is nothing at this address.", pt: "Não há nada neste endereço.", zh: "该地址没有内容。"),
        Text("refused.missing.title", "Not there", pt: "Não existe", zh: "不存在"),
        Text("refused.refused.title", "That was not possible", pt: "Não foi possível", zh: "无法完成"),
        Text("refused.failed.title", "Something broke", pt: "Algo falhou", zh: "出错了"),
        Text(
            "refused.failed.reason", "This is our fault, and it was written down. Try again in a moment.",
            pt: "A culpa é nossa e ficou registada. Tente daqui a pouco.", zh: "这是我们的问题，已记录。请稍后再试。"),
    ]

    /// Words that values are written with.
    static let words =
        [
            Text("unit.d", "d", pt: "d", zh: "天"), Text("unit.h", "h", pt: "h", zh: "小时"), Text("unit.min", "min", pt: "min", zh: "分钟"),
            Text(
                "time.in", "in {span}", pt: "daqui a {span}", zh: "{span}后"), Text("time.ago", "{span} ago",
                pt: "há {span}",
                zh: "{span}前"),
            Text("time.moment", "a moment", pt: "um momento", zh: "片刻"),
        ]
        + zip(
            1..., zip(
                ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
                ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"])
        ).map { Text("month.\($0)", $1.0, pt: $1.1, zh: "\($0)月") }
        + [
            Text("state.active", "active", pt: "ativa", zh: "启用"), Text("state.disabled", "disabled", pt: "desativada", zh: "停用"),
            Text("state.invited", "invited", pt: "convidada", zh: "已邀请"),
        ]
}
