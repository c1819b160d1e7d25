import Hummingbird
import Kernel
import ServiceLifecycle

/// The stream that tells open pages that something happened; they then ask for their live regions anew.
struct LivePages {
    private static let longest = Duration.seconds(300)

    var pages: [Page] {
        [
            .get("/live", "shell.live", for: .everyone) { visit in
                let pulse = visit.parts.pulse
                let body = ResponseBody { writer in
                    let end = ContinuousClock.now + Self.longest
                    var last = ""
                    try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
                    while ContinuousClock.now < end, !Task.isShuttingDownGracefully {
                        let position = try await pulse.current()
                        if position != last { try await writer.write(ByteBuffer(string: "event: news\ndata: \(position)\n\n")) }
                        if position == last { try await writer.write(ByteBuffer(string: ":\n\n")) }
                        last = position
                        try await Task.sleep(for: .seconds(1))
                    }
                    try await writer.finish(nil)
                }
                return .made(
                    Response(
                        status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"], body: body))
            }
        ]
    }
}
