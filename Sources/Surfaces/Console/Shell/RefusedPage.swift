import HTTPAPI
import HTTPTypes
import Hummingbird
import Kernel

/// Why a page or what was asked of it is not there, in words.
struct RefusedPage: Sendable {
    let title: String
    let reason: String
    let status: HTTPResponse.Status
    /// The field at fault by its name; empty where there is none.
    let field: String
    let isUnexpected: Bool

    init(_ error: any Error, _ texts: Texts) {
        switch error {
        case Doorman.Turned.signIn: self.init(texts, "sign_in", .unauthorized)
        case Doorman.Turned.role: self.init(texts, "role", .forbidden)
        case Doorman.Turned.foreignForm: self.init(texts, "form", .forbidden)
        case let refusal as any Refusal:
            let key = "refusal." + refusal.code
            self.init(
                title: texts[refusal.kind == .notFound ? "refused.missing.title" : "refused.refused.title"],
                reason: texts.has(key) ? texts(key, ["message": refusal.message]) : refusal.message, status: refusal.kind.status,
                field: refusal.field.map { String($0.drop { $0 == "/" }) } ?? "", isUnexpected: false)
        default: self.init(texts, "failed", .internalServerError, isUnexpected: true)
        }
    }

    private init(_ texts: Texts, _ name: String, _ status: HTTPResponse.Status, isUnexpected: Bool = false) {
        self.init(
            title: texts["refused.\(name).title"], reason: texts["refused.\(name).reason"], status: status, field: "",
            isUnexpected: isUnexpected)
    }

    private init(title: String, reason: String, status: HTTPResponse.Status, field: String, isUnexpected: Bool) {
        (self.title, self.reason, self.status, self.field) = (title, reason, status, field)
        self.isUnexpected = isUnexpected
    }

    /// For the script that sent the form.
    var problem: Response {
        let body: JSON = ["detail": .string(reason), "field": .string(field), "title": .string(title)]
        return Response(
            status: status, headers: [.contentType: "application/problem+json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: body.text)))
    }
}
