extension TextCatalog {
    /// What lies ahead.
    static let plan = [
        Text("plan.title", "Planner", pt: "Planeamento", zh: "规划"),
        Text("plan.booked", "Booked", pt: "Reservado", zh: "已预订"),
        Text("plan.capacity", "Capacity", pt: "Capacidade", zh: "产能"),
        Text("plan.chart", "Booked against capacity: {process}", pt: "Reservado e capacidade: {process}", zh: "预订与产能：{process}"),
        Text("plan.heat", "How full the days are", pt: "Quão cheios estão os dias", zh: "每日饱和度"),
        Text(
            "plan.heat_hint",
            "Of what a site’s shifts and departures of the day do; red is more than that.",
            pt: "Do que fazem os turnos e partidas do dia; vermelho é mais do que isso.",
            zh: "占当天班次与发车产能的比例；红色为超额。"),
        Text("plan.cell", "{booked} of {capacity}", pt: "{booked} de {capacity}", zh: "{booked} / {capacity}"),
        Text("plan.fullest", "The fullest day", pt: "O dia mais cheio", zh: "最满的一天"),
        Text("plan.over", "Too much booked", pt: "Reservado a mais", zh: "超额预订"),
        Text(
            "plan.over_days",
            "on {n} day of a process|on {n} days of processes",
            pt: "em {n} dia de um processo|em {n} dias de processos",
            zh: "涉及 {n} 个流程日"),
        Text("plan.inbound", "What comes in", pt: "O que entra", zh: "入库计划"),
        Text("plan.inbound_week", "Inbound within a week", pt: "Entradas numa semana", zh: "一周内入库"),
        Text("plan.shipments", "Shipments", pt: "Remessas", zh: "批次"),
        Text("plan.none", "No capacity is stated", pt: "Nenhuma capacidade declarada", zh: "尚未声明产能"),
        Text(
            "plan.none_hint",
            "State how much the shifts and departures of a site do (PUT /v1/sites/{site}/capacities): promises "
                + "then go where there is room, and each day’s load stands here.",
            pt: "Declare quanto fazem os turnos e partidas de um local (PUT /v1/sites/{site}/capacities): as "
                + "promessas vão para onde há lugar e a carga de cada dia aparece aqui.",
            zh: "声明站点班次与发车的产能（PUT /v1/sites/{site}/capacities），承诺便会分配到有余量之处，每日负荷显示在这里。"),
    ]
}
