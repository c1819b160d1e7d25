import Foundation
import Kernel
import Synchronization

/// A receiver that checks messages with the Python package `standardwebhooks`, which shares no code with this program.
final class WebhookReceiver: Sendable {
    private let process: Int32
    private let secrets: URL
    private let output: Lines
    private let port: Int64

    /// Nil where Python has not the package; fails where the run has to have it.
    static func start() throws -> WebhookReceiver? {
        let probe = Process()
        probe.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        probe.arguments = ["python3", "-c", "import standardwebhooks"]
        probe.standardError = FileHandle.nullDevice
        try probe.run()
        probe.waitUntilExit()
        if probe.terminationStatus == 0 { return try WebhookReceiver() }
        guard (ProcessInfo.processInfo.environment["CI"] ?? "").isEmpty else {
            throw PlainClient.Failed(description: "python has no module standardwebhooks; scripts/setup.sh test installs it")
        }
        print("skipped: python has no module standardwebhooks")
        return nil
    }

    private init() throws {
        secrets = FileManager.default.temporaryDirectory.appending(path: "secrets-\(UUID().uuidString)")
        try Data().write(to: secrets)
        let process = Process(), pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-u", "-c", Self.script, secrets.path]
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.process = process.processIdentifier
        output = Lines(pipe.fileHandleForReading)
        port = try output.next()["port"]?.int ?? 0
    }

    var url: String { "http://127.0.0.1:\(port)/hooks" }

    /// The secrets it tries on each message.
    func know(_ all: [String]) throws { try Data(all.joined(separator: "\n").utf8).write(to: secrets) }

    /// What it says of the next message: `id`, `type`, `verified` and `tampered` (one for each secret).
    func next() throws -> JSON { try output.next() }

    func stop() {
        kill(process, SIGKILL)
        try? FileManager.default.removeItem(at: secrets)
    }

    /// What it writes, line by line.
    private final class Lines: Sendable {
        private let unread = Mutex("")
        private let handle: FileHandle

        init(_ handle: FileHandle) { self.handle = handle }

        func next() throws -> JSON {
            try unread.withLock { unread in
                while !unread.contains("\n") {
                    var ready = pollfd(fd: handle.fileDescriptor, events: Int16(POLLIN), revents: 0)
                    guard poll(&ready, 1, 20_000) == 1 else { throw PlainClient.Failed(description: "no message came") }
                    let data = handle.availableData
                    guard !data.isEmpty else { throw PlainClient.Failed(description: "the receiver ended") }
                    unread += String(decoding: data, as: UTF8.self)
                }
                let line = unread.prefix { $0 != "\n" }
                unread = String(unread.dropFirst(line.count + 1))
                return try JSON(String(line))
            }
        }
    }

    private static let script = """
        import http.server, json, sys
        from standardwebhooks import Webhook

        def accepts(secret, body, headers):
            try:
                Webhook(secret).verify(body, headers)
                return True
            except Exception:
                return False

        class Receiver(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                secrets = open(sys.argv[1]).read().split()
                if self.path == "/moved":
                    self.send_response(302)
                    self.send_header("Location", "/hooks")
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                print(json.dumps({
                    "id": headers["webhook-id"], "type": json.loads(body)["type"],
                    "verified": [accepts(one, body, headers) for one in secrets],
                    "tampered": [accepts(one, body.replace(b"type", b"tipe"), headers) for one in secrets],
                }))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()
            def log_message(self, *rest):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
        print(json.dumps({"port": server.server_port}))
        server.serve_forever()
        """
}
