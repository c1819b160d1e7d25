import HTTPTypes
import Hummingbird
import Kernel
import Logging
import NIOCore
import Synchronization

/// What accompanies one request through the server.
package struct APIContext: RequestContext, RemoteAddressRequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Set by the frame before anything else sees the request.
    package internal(set) var requestID = ""
    let notes = RequestNotes()
    /// The other end of the connection: the caller, or the proxy in front.
    package let remoteAddress: SocketAddress?

    package init(source: ApplicationRequestContextSource) {
        remoteAddress = source.channel.remoteAddress
        coreContext = .init(source: source)
    }
}

/// What is learnt about a request on its way in and told in its line of the log.
final class RequestNotes: Sendable {
    private let keyID = Mutex<KeyID?>(nil)

    func set(caller: Caller?) { keyID.withLock { $0 = caller?.keyID } }
    var callerKey: KeyID? { keyID.withLock { $0 } }
}

/// The id of a request: the client's own where it sent a sane one, else a new one.
enum RequestID {
    /// Letters, digits and `-_.:`, at most 64.
    static func accepted(_ value: String?) -> String? {
        guard let value, (1...64).contains(value.utf8.count), value.unicodeScalars.allSatisfy(isAllowed) else {
            return nil
        }
        return value
    }

    /// 26 hexadecimal characters; unique, and no secret.
    static func new() -> String {
        var random = SystemRandomNumberGenerator()
        let text = String(random.next(), radix: 16) + String(random.next(), radix: 16)
        return "req-" + text
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "-_.:".unicodeScalars.contains(scalar))
    }
}
