import Mustache

/// Draws views: templates are parsed once, at the start.
struct Renderer: Sendable {
    private let library: MustacheLibrary

    /// - Throws: where a template of the program itself does not parse.
    init() throws {
        library = MustacheLibrary(templates: try Templates.all.mapValues { try MustacheTemplate(string: $0) })
    }

    /// - Parameter model: its members are the template's by name; `t` are the texts.
    func render(_ template: String, _ model: any Sendable, _ texts: Texts, formToken: String = "") -> Markup {
        let context = TemplateContext(texts: texts, formToken: formToken, model: model)
        guard let text = library.render(context, withTemplate: template) else {
            preconditionFailure("there is no template '\(template)'")
        }
        return Markup(rendered: text)
    }
}

/// What a template sees at its outermost: the texts, the form token, and the members of its model.
private struct TemplateContext: MustacheParent {
    let texts: Texts
    let formToken: String
    let model: any Sendable

    func child(named name: String) -> Any? {
        switch name {
        case "t": return texts
        case "formToken": return formToken
        default: break
        }
        if let parent = model as? any MustacheParent { return parent.child(named: name) }
        if let table = model as? [String: Markup] { return table[name] }
        return Mirror(reflecting: model).children.first { $0.label == name }.flatMap { Self.unwrapped($0.value) }
    }

    /// What an optional holds; a section over nil is left out.
    private static func unwrapped(_ value: Any) -> Any? {
        let mirror = Mirror(reflecting: value)
        return mirror.displayStyle == .optional ? mirror.children.first?.value : value
    }
}
