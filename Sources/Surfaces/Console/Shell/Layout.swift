import Identity

/// What stands around a page.
struct Layout: Sendable {
    struct Link: Sendable {
        let path: String
        let title: String
        let icon: String
        let isHere: Bool
    }

    struct Section: Sendable {
        let title: String
        let links: [Link]
    }

    let language: String
    let theme: String
    let title: String
    let heading: String
    let hasHeading: Bool
    let crumbs: [Crumb]
    let hasCrumbs: Bool
    let actions: Markup
    let content: Markup
    let sections: [Section]
    let userName: String
    let userRole: String
    let isSignedIn: Bool
    let said: String?
    let style = Assets.style.path
    let mark = Assets.mark.path
    let icons = Assets.icons.path
    let scripts = Assets.scripts.map(\.path)
    /// What scripts say, by name.
    let words: [Word]

    struct Word: Sendable {
        let name: String
        let text: String
    }

    init(_ view: View, _ page: Page, _ visit: Visit, pages: [Page], content: Markup) {
        let texts = visit.texts
        language = texts.language.tag
        theme = visit.theme ?? "auto"
        heading = view.title ?? texts[page.title]
        title = "\(heading) · Waybill"
        crumbs = view.crumbs
        hasCrumbs = !view.crumbs.isEmpty
        actions = view.actions
        hasHeading = view.frame == .console
        self.content = content
        sections = visit.signedIn.map { Self.navigation(pages, $0.role, at: visit.pathText, texts) } ?? []
        userName = visit.signedIn?.name ?? ""
        userRole = visit.signedIn.map { texts["role.\($0.role.rawValue)"] } ?? ""
        isSignedIn = visit.signedIn != nil
        said = visit.said.flatMap { texts.has($0) ? texts[$0] : nil }
        words = ["live", "lost", "failed", "done", "copied"].map { Word(name: $0, text: texts["script.\($0)"]) }
    }

    /// A page for somebody of whom nothing is known.
    init(alone title: String, _ texts: Texts, content: Markup) {
        (language, theme, heading, self.content) = (texts.language.tag, "auto", title, content)
        self.title = "\(title) · Waybill"
        (crumbs, hasCrumbs, actions, hasHeading, sections) = ([], false, .blank, false, [])
        (userName, userRole, isSignedIn, said, words) = ("", "", false, nil, [])
    }

    /// The pages that a role may see, by group; the one whose path begins the viewer's longest is here.
    private static func navigation(_ pages: [Page], _ role: AccountRole, at path: String, _ texts: Texts) -> [Section] {
        let open = pages.filter { $0.isShown(to: role) }
        let here = open.map(\.path).filter { path == $0 || $0 != "/" && path.hasPrefix($0 + "/") }.max { $0.count < $1.count }
        return Place.Group.allCases.compactMap { group in
            let links = open.filter { $0.place?.group == group }
                .sorted { ($0.place?.order ?? 0, $0.path) < ($1.place?.order ?? 0, $1.path) }
                .map { Link(path: $0.path, title: texts[$0.title], icon: $0.place?.icon ?? "", isHere: $0.path == here) }
            return links.isEmpty ? nil : Section(title: texts["nav.\(group.rawValue)"], links: links)
        }
    }
}
