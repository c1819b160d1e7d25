/// The texts that pages are made of, by the names under which they include each other. They stand in the program
/// itself, so that it is one file to deploy.
enum Templates {
    static let all = [
        "page": page, "board": board, "line": line, "pulse": pulse, "sites": sites, "news": news, "troubles": troubles,
        "icons": icons, "closed": closed, "style": style + boardStyle + lineStyle, "script": script,
    ]
}
