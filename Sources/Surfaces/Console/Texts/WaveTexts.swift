extension TextCatalog {
    /// Of waves, and of tasks in their order.
    static let waves = [
        Text("waves.title", "Waves", pt: "Ondas", zh: "波次"),
        Text("waves.wave", "Wave", pt: "Onda", zh: "波次"),
        Text("waves.site", "Site", pt: "Local", zh: "仓库"),
        Text("waves.state", "State", pt: "Estado", zh: "状态"),
        Text("waves.released", "Released", pt: "Libertada", zh: "释放时间"),
        Text("waves.leaves", "Leaves by", pt: "Parte até", zh: "最晚出发"),
        Text("waves.orders", "Orders", pt: "Pedidos", zh: "订单"),
        Text("waves.done", "Tasks done", pt: "Tarefas feitas", zh: "已完成任务"),
        Text("waves.of", "{n} of {of}", pt: "{n} de {of}", zh: "{n} / {of}"),
        Text("waves.all", "All", pt: "Todas", zh: "全部"),
        Text("waves.not_begun", "not begun", pt: "por começar", zh: "未开始"),
        Text("waves.in_work", "in work", pt: "em curso", zh: "进行中"),
        Text("waves.finished", "done", pt: "feita", zh: "已完成"),
        Text("waves.undone", "taken back", pt: "retirada", zh: "已撤回"),
        Text("waves.none", "No waves here", pt: "Sem ondas aqui", zh: "暂无波次"),
        Text(
            "waves.none_hint", "Work that is released to the floor together stands here, the newest first. Release it from the shift.",
            pt: "O trabalho libertado em conjunto aparece aqui, o mais recente primeiro. Liberte-o a partir do turno.",
            zh: "一起释放到现场的工作会显示在这里，最新的在前。请在班次页面释放。"),
        Text("waves.put_first", "Do first", pt: "Fazer primeiro", zh: "优先处理"),
        Text("waves.put_back", "In its turn", pt: "Na sua vez", zh: "按原顺序"),
        Text("waves.first", "first", pt: "primeiro", zh: "优先"),
        Text("said.put_first", "It is done first.", pt: "Faz-se primeiro.", zh: "已设为优先。"),
        Text("said.put_back", "It is done in its turn.", pt: "Faz-se na sua vez.", zh: "已恢复原顺序。"),
        Text("event.put_first", "Put first", pt: "Posto em primeiro", zh: "已设为优先"),
        Text("event.put_back", "Put back into its turn", pt: "Reposto na sua vez", zh: "已恢复原顺序"),
    ]
}
