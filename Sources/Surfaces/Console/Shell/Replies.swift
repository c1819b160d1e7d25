import HTTPTypes
import Hummingbird
import Kernel
import Logging

/// Turns what pages answer into responses.
struct Replies: Sendable {
    let renderer: Renderer
    let pages: [Page]
    let isBehindTLS: Bool

    func response(_ answer: PageAnswer, _ page: Page, _ visit: Visit) -> Response {
        switch answer {
        case .view(let view): return html(view, page, visit)
        case .made(let response): return response
        case .file(let bytes, let mediaType, let name):
            var headers: HTTPFields = [.contentType: mediaType, .cacheControl: "no-store", .xContentTypeOptions: "nosniff"]
            if let name { headers[.contentDisposition] = "attachment; filename=\"\(Self.fileName(name))\"" }
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        case .to(let path, let said):
            var response = Self.onward(to: path)
            if let said {
                response.headers.append(HTTPField(name: .setCookie, value: "waybill_said=\(said); Path=/; Max-Age=20; SameSite=Lax"))
            }
            return response
        }
    }

    private func html(_ view: View, _ page: Page, _ visit: Visit) -> Response {
        let content = renderer.render(view.template, view.model, visit.texts, formToken: visit.formToken)
        let layout = Layout(view, page, visit, pages: pages, content: content)
        let frame = switch view.frame {
        case .console: "frame"
        case .bare: "bare"
        case .plain: "plain"
        }
        let text = renderer.render(frame, layout, visit.texts, formToken: visit.formToken).text
        var headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
            .contentSecurityPolicy: Self.policy, .referrerPolicy: "same-origin",
        ]
        if visit.said != nil { headers[.setCookie] = "waybill_said=; Path=/; Max-Age=0; SameSite=Lax" }
        return Response(status: view.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// Nothing but our own files; no script and no style within a page.
    static let policy = """
        default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'
        """

    /// What could not be done, as a page; for a script that sent a form, as a problem that it shows at the field.
    func refused(_ error: any Error, _ page: Page, _ request: Request, _ visit: Visit?, _ logger: Logger) -> Response {
        let texts = visit?.texts ?? .of(.accepted(request.headers[.acceptLanguage]))
        let refusal = RefusedPage(error, texts)
        if refusal.isUnexpected { logger.error("page failed", metadata: ["page": "\(page.path)", "error": "\(String(reflecting: error))"]) }
        if request.headers[.consoleForm] != nil { return refusal.problem }
        guard let visit else { return alone(refusal, texts) }
        let frame: View.Frame = visit.signedIn == nil ? .bare : .console
        let view = View(
            template: "refused", model: refusal, title: refusal.title, crumbs: [], actions: .blank, frame: frame, status: refusal.status)
        return html(view, page, visit)
    }

    func missing(_ request: Request) -> Response {
        let texts = Texts.of(.accepted(request.headers[.acceptLanguage]))
        return alone(RefusedPage(NotFound("page", request.uri.path), texts), texts)
    }

    /// A page for somebody of whom nothing is known.
    private func alone(_ refusal: RefusedPage, _ texts: Texts) -> Response {
        let layout = Layout(alone: refusal.title, texts, content: renderer.render("refused", refusal, texts))
        let text = renderer.render("bare", layout, texts).text
        return Response(
            status: refusal.status, headers: [.contentType: "text/html; charset=utf-8", .contentSecurityPolicy: Self.policy],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    static func asset(_ asset: Asset, for request: Request) -> Response {
        var headers: HTTPFields = [
            .contentType: asset.mediaType, .cacheControl: asset.isForGood ? "public, max-age=31536000, immutable" : "no-cache",
            .xContentTypeOptions: "nosniff",
            .vary: "Accept-Encoding",
        ]
        // A worker asks for pages under the policy that it came with itself.
        if !asset.isForGood { headers[.contentSecurityPolicy] = policy }
        guard let bytes = asset.compressed, request.headers[.acceptEncoding]?.contains("gzip") == true else {
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: asset.text)))
        }
        headers[.contentEncoding] = "gzip"
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func toSignIn(from request: Request) -> Response {
        let path = request.uri.path == "/" ? "" : "?to=" + FormValues.encoded(request.uri.description)
        return onward(to: "/sign-in" + (request.method == .get ? path : ""))
    }

    static func onward(to path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path, .cacheControl: "no-store"])
    }

    /// Nothing that a shell, a header or a file system reads as more than a name.
    static func fileName(_ name: String) -> String {
        String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" }.prefix(100))
    }
}
