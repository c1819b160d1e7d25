import Testing

@testable import Edges

@Suite struct WebhookTargetsTests {
    @Test(arguments: ["https://shop.example/hooks", "https://shop.example:8443/a?b=c", "https://93.184.216.34/", "https://[2606:2800::1]/"])
    func `a public address over https is taken`(_ url: String) throws {
        try WebhookTargets().check(url)
    }

    @Test(arguments: [
        ("", "webhook.url_invalid"), ("shop.example", "webhook.url_invalid"), ("ftp://shop.example/", "webhook.url_invalid"),
        ("https://ada:secret@shop.example/", "webhook.url_invalid"), ("https://shop.example/#a", "webhook.url_invalid"),
        ("https://shop .example/", "webhook.url_invalid"), ("https://", "webhook.url_invalid"),
        ("http://shop.example/", "webhook.url_not_secure"), ("https://localhost/", "webhook.url_private"),
        ("https://LOCALHOST./", "webhook.url_private"), ("https://db.internal/", "webhook.url_private"),
        ("https://intranet/", "webhook.url_private"), ("https://127.0.0.1/", "webhook.url_private"),
        ("https://10.1.2.3/", "webhook.url_private"), ("https://172.31.0.1/", "webhook.url_private"),
        ("https://192.168.1.1/", "webhook.url_private"), ("https://169.254.169.254/latest", "webhook.url_private"),
        ("https://100.64.0.1/", "webhook.url_private"), ("https://0.0.0.0/", "webhook.url_private"),
        ("https://[::1]/", "webhook.url_private"), ("https://[fe80::1]/", "webhook.url_private"),
        ("https://[fd00::1]/", "webhook.url_private"), ("https://[::ffff:10.0.0.1]/", "webhook.url_private"),
        ("https://[64:ff9b::a00:1]/", "webhook.url_private"), ("https://[2002:a00:1::]/", "webhook.url_private"),
    ])
    func `what must not be reached is refused by name`(_ url: String, _ code: String) {
        do throws(WebhookTargets.Refused) {
            try WebhookTargets().check(url)
            Issue.record("\(url) was taken")
        } catch {
            #expect(error.code == code, "\(url)")
        }
    }

    @Test func `private addresses and plain http are taken where they are allowed`() throws {
        for url in ["http://127.0.0.1:9000/", "http://localhost/", "https://10.0.0.1/"] {
            try WebhookTargets(allowsPrivate: true).check(url)
        }
        #expect(throws: WebhookTargets.Refused.self) { try WebhookTargets(allowsPrivate: true).check("file:///etc/passwd") }
    }

    @Test func `a name that leads to this host is no target`() {
        let client = URLSessionWebhookClient(WebhookTargets())
        for url in ["https://127.1/", "https://localhost.localdomain/"] {
            let reply = client.post(WebhookPost(url: url, headers: [], body: "{}"))
            #expect(reply.status == nil)
            #expect(reply.error != nil)
        }
    }
}
