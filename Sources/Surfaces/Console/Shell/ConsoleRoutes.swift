import Foundation
import HTTPAPI
import HTTPTypes
import Hummingbird
import Identity
import Kernel
import Logging

/// The pages people look at, and the files and the stream they need.
package struct ConsoleRoutes: Sendable {
    private let parts: ConsoleParts
    private let pages: [Page]
    private let doorman: Doorman
    private let replies: Replies

    /// - Throws: where a template of the program itself does not parse.
    package init(_ parts: ConsoleParts) throws {
        self.parts = parts
        pages = Pages.all(parts)
        doorman = Doorman(parts)
        replies = Replies(renderer: try Renderer(), pages: pages, isBehindTLS: parts.isBehindTLS)
    }

    package func add(to router: some RouterMethods<some RequestContext>) {
        for asset in Assets.all {
            router.get(RouterPath(asset.path)) { request, _ in Replies.asset(asset, for: request) }
        }
        for page in pages {
            router.on(RouterPath(page.path), method: page.method == .get ? .get : .post) { request, context in
                await answer(page, request, context)
            }
        }
    }

    /// The page for a path there is nothing at.
    @Sendable package func missing(_ request: Request) -> Response { replies.missing(request) }

    private func answer(_ page: Page, _ request: Request, _ context: some RequestContext) async -> Response {
        let visit: Visit
        do {
            visit = try await doorman.visit(page, request, context)
        } catch {
            return replies.refused(error, page, request, nil, context.logger)
        }
        do {
            try Doorman.check(page, visit, request)
            return replies.response(try await page.answer(visit), page, visit)
        } catch Doorman.Turned.signIn {
            return Replies.toSignIn(from: request)
        } catch {
            return replies.refused(error, page, request, visit, context.logger)
        }
    }
}
