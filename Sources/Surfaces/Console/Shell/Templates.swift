/// The texts that pages are made of, by the names under which pages and each other include them. They stand in the program
/// itself, so that it is one file to deploy. A new template is a line here: see docs/add-a-page.md.
enum Templates {
    static let all = [
        "head": head, "frame": frame, "bare": bare, "plain": plain, "said": said, "dialogs": dialogs, "content": content,
        "refused": refused,
        "sign-in": signIn, "welcome": welcome,
        "tower": tower, "line": line, "sites": sites, "news": news,
    ]
}
