extension SourcingModel {
    /// The same order where no item is divided that some source has whole; `batch` is how many of our steps
    /// one of its steps stands for. Cheap to search, and close, as dividing what need not be divided rarely pays.
    func coarse() -> (model: SourcingModel, batch: [Int]) {
        let count = items.count
        let batch = items.indices.map { item in
            sources.indices.contains { room[$0 * count + item] >= items[item].target } ? items[item].target : 1
        }
        var model = self
        for item in items.indices {
            model.items[item].target /= batch[item]
            model.items[item].units *= Int64(batch[item])
            model.items[item].grams *= Int64(batch[item])
            model.items[item].volume *= Int64(batch[item])
        }
        for at in stock.indices { model.stock[at] /= batch[at % count] }
        for at in room.indices {
            model.room[at] /= batch[at % count]
            model.linear[at] *= Int64(batch[at % count])
        }
        return (model, batch)
    }
}
