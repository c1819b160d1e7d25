import Edges
import Kernel
import Merchants

/// The Olist data set as published: orders, items, customers and payments in one folder, products and sellers in another.
///
/// A seller that sold something is a merchant, a product of a seller a SKU, an order of several sellers one order a seller.
struct OlistSource: ImportSource {
    let paths: [String]
    private let path: [String: String]
    private let ground = OlistGround()

    init(orders folder: String, catalogue: String) throws {
        var found: [(String, String)] = [], missing: [ImportProblem] = []
        let places: [(FileForm, String, isRequired: Bool)] = [
            (OlistForms.cities, catalogue, false), (OlistForms.products, catalogue, true),
            (OlistForms.sellers, catalogue, true), (OlistForms.customers, folder, true), (OlistForms.orders, folder, true),
            (OlistForms.items, folder, true), (OlistForms.payments, folder, false),
        ]
        for (form, folder, isRequired) in places {
            if let path = try form.path(in: folder, endings: OlistForms.endings) {
                found.append((form.name, path))
            } else if isRequired {
                let file = form.name + ".csv"
                missing.append(ImportProblem(file: file, row: 0, column: "", value: "", rule: "is not in \(folder)"))
            }
        }
        guard missing.isEmpty || found.isEmpty else { throw ImportRefused.problems(missing) }
        path = Dictionary(uniqueKeysWithValues: found)
        paths = found.map(\.1)
    }

    func check(_ pass: CheckPass) throws {
        let check = OlistCheck(pass: pass, ground: ground)
        let steps: [(FileForm, ([CSVRow]) throws -> [ImportProblem])] = [
            (OlistForms.cities, check.cities), (OlistForms.products, check.products), (OlistForms.sellers, check.sellers),
            (OlistForms.customers, check.customers), (OlistForms.orders, check.orders), (OlistForms.items, check.items),
            (OlistForms.payments, check.payments),
        ]
        for (form, step) in steps {
            if let path = path[form.name] { try pass.read(form, path, step) }
        }
        guard pass.problems.found.isEmpty else { return }
        let corners = OlistCorners(pass: pass, ground: ground, hasPayments: path[OlistForms.payments.name] != nil)
        if let orders = path[OlistForms.orders.name] { try pass.read(OlistForms.orders, orders, corners.orders) }
        try corners.merchants()
        try corners.skus()
    }

    func rows(_ checked: CheckPass, _ secret: ImportSecret, _ body: ([StagedRow]) throws -> Void) throws {
        let staging = OlistStaging(scratch: checked.scratch, ground: ground, items: OlistForms.items.name)
        try staging.merchants(body)
        try staging.skus(body)
        guard let orders = path[OlistForms.orders.name] else { return }
        try stream(OlistForms.orders, orders) { try body(try staging.orders($0)) }
    }
}
