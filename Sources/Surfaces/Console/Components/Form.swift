/// A form that posts, with the session's token in it. It works without script; with it, it posts in place, and what is
/// refused is said at its field.
package struct Form: Sendable {
    package struct Option: Sendable {
        let value: String
        let text: String

        package init(_ value: String, _ text: String) { (self.value, self.text) = (value, text) }
    }

    package struct Field: Sendable {
        enum Kind: Sendable {
            case input(type: String)
            case area
            case choice([Option])
            case check
            case hidden
        }

        let name: String
        let label: String
        let kind: Kind
        var value = ""
        var hint: String?
        var isRequired = false
        /// Of the browser, to fill it in: `username`, `current-password` …
        var autocomplete: String?
        var placeholder: String?

        /// - Parameter type: of the element `input`: `text`, `email`, `password`, `number`, `date`, `search`.
        package static func input(
            _ name: String, _ label: String, type: String = "text", value: String = "", hint: String? = nil, required: Bool = false,
            autocomplete: String? = nil, placeholder: String? = nil
        ) -> Field {
            Field(
                name: name, label: label, kind: .input(type: type), value: value, hint: hint, isRequired: required,
                autocomplete: autocomplete, placeholder: placeholder)
        }

        package static func area(_ name: String, _ label: String, value: String = "", hint: String? = nil) -> Field {
            Field(name: name, label: label, kind: .area, value: value, hint: hint)
        }

        package static func choice(_ name: String, _ label: String, _ options: [Option], value: String = "", hint: String? = nil) -> Field {
            Field(name: name, label: label, kind: .choice(options), value: value, hint: hint)
        }

        package static func check(_ name: String, _ label: String, isOn: Bool = false) -> Field {
            Field(name: name, label: label, kind: .check, value: isOn ? "yes" : "")
        }

        package static func hidden(_ name: String, _ value: String) -> Field {
            Field(name: name, label: "", kind: .hidden, value: value)
        }
    }

    let path: String
    let fields: [Field]
    let submit: String
    let token: String
    let tone: Tone
    let isInline: Bool

    /// - Parameters:
    ///   - path: of a page that is posted to.
    ///   - submit: what the button says.
    ///   - tone: `.bad` for what cannot be taken back, `.plain` for one of many.
    ///   - inline: fields and button beside each other.
    package init(
        _ visit: Visit, to path: String, _ fields: [Field], submit: String, tone: Tone = .info, inline: Bool = false
    ) {
        (self.path, self.fields, self.submit, token) = (path, fields, submit, visit.formToken)
        (self.tone, isInline) = (tone, inline)
    }

    private static func kind(_ tone: Tone) -> String {
        switch tone {
        case .bad: " danger"
        case .plain: ""
        default: " primary"
        }
    }

    package var markup: Markup {
        """
        <form method="post" action="\(path)" class="form\(isInline ? " inline" : "")" data-form>
        <input type="hidden" name="csrf" value="\(token)">
        \(fields.map { $0.markup(in: path) })
        <p class="refusal" role="alert" hidden></p>
        <div class="buttons"><button type="submit" class="button\(Self.kind(tone))">\(submit)</button></div>
        </form>
        """
    }
}

extension Form.Field {
    func markup(in path: String) -> Markup {
        let id = (path + "-" + name).map { $0.isLetter || $0.isNumber ? String($0) : "-" }.joined()
        let note: Markup = hint.map { "<p class=\"hint\" id=\"\(id)-hint\">\($0)</p>" } ?? .blank
        let described: Markup = "\("aria-describedby", is: hint == nil ? "\(id)-error" : "\(id)-hint \(id)-error")"
        let label: Markup = "<label for=\"\(id)\">\(self.label)</label>"
        let error: Markup = "<p class=\"error\" id=\"\(id)-error\" hidden></p>"
        switch kind {
        case .hidden: return "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
        case .check:
            return """
                <div class="field check"><input type="checkbox" id="\(id)" name="\(name)" value="yes"\("checked", if: !value.isEmpty)>\
                \(label)\(error)</div>
                """
        case .area:
            return """
                <div class="field">\(label)<textarea id="\(id)" name="\(name)" rows="3"\(described)>\(value)</textarea>\(note)\(error)</div>
                """
        case .choice(let options):
            let all = options.map { "<option value=\"\($0.value)\"\("selected", if: $0.value == value)>\($0.text)</option>" as Markup }
            return "<div class=\"field\">\(label)<select id=\"\(id)\" name=\"\(name)\"\(described)>\(all)</select>\(note)\(error)</div>"
        case .input(let type):
            return """
                <div class="field">\(label)<input id="\(id)" name="\(name)" type="\(type)"\
                \("value", is: type == "password" || value.isEmpty ? nil : value)\("required", if: isRequired)\
                \("autocomplete", is: autocomplete)\("placeholder", is: placeholder)\(described)>\(note)\(error)</div>
                """
        }
    }
}

/// Filters above a table. They stand in the address, so that a filtered list can be kept and sent.
package struct Filters: Sendable {
    let fields: [Form.Field]
    let path: String
    let texts: Texts
    let isFiltered: Bool

    /// - Parameter fields: named as the query; their values are taken from it.
    package init(_ visit: Visit, _ fields: [Form.Field]) {
        self.fields = fields.map { field in
            var copy = field
            copy.value = visit.query[field.name] ?? field.value
            return copy
        }
        path = visit.pathText
        texts = visit.texts
        isFiltered = fields.contains { !(visit.query[$0.name] ?? "").isEmpty }
    }

    package var markup: Markup {
        """
        <form method="get" action="\(path)" class="filters" role="search" data-filters>\(fields.map { $0.markup(in: path) })
        <div class="buttons"><button type="submit" class="button">\(texts["filter.apply"])</button>\
        \(isFiltered ? "<a class=\"button plain\" href=\"\(path)\">\(texts["filter.clear"])</a>" as Markup : .blank)</div></form>
        """
    }
}
