import Dispatch
import Foundation
import FoundationNetworking
import Kernel
import Synchronization

/// Sends messages over HTTP.
package final class URLSessionWebhookClient: WebhookClient {
    private let targets: WebhookTargets
    private let timeoutMs: Int
    private let session: URLSession
    private let answers = AnswerWatch()

    /// The longest message, in bytes.
    package static let longestBody = 256 << 10

    package init(_ targets: WebhookTargets, timeoutMs: Int = 15_000) {
        self.targets = targets
        self.timeoutMs = timeoutMs
        let settings = URLSessionConfiguration.ephemeral
        settings.timeoutIntervalForRequest = Double(timeoutMs) / 1000
        settings.timeoutIntervalForResource = Double(timeoutMs) / 1000
        settings.httpCookieAcceptPolicy = .never
        settings.httpShouldSetCookies = false
        settings.urlCache = nil
        settings.httpMaximumConnectionsPerHost = 16
        session = URLSession(configuration: settings, delegate: answers, delegateQueue: nil)
    }

    deinit { session.invalidateAndCancel() }

    package func post(_ message: WebhookPost) -> WebhookReply {
        let begun = DispatchTime.now()
        let (status, error) = send(message)
        let spent = (DispatchTime.now().uptimeNanoseconds - begun.uptimeNanoseconds) / 1_000_000
        return WebhookReply(status: status, error: error, durationMs: Int64(spent))
    }

    private func send(_ message: WebhookPost) -> (status: Int?, error: String?) {
        guard message.body.utf8.count <= Self.longestBody else { return (nil, "The message is longer than 256 KiB.") }
        if let obstacle = targets.obstacle(to: message.url) { return (nil, obstacle) }
        guard let url = URL(string: message.url) else { return (nil, "The address cannot be read.") }
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.httpBody = Data(message.body.utf8)
        for header in message.headers { request.setValue(header.value, forHTTPHeaderField: header.name) }
        let task = session.dataTask(with: request)
        let arrived = answers.watch(task.taskIdentifier)
        task.resume()
        let isInTime = arrived.wait(timeout: .now() + .milliseconds(timeoutMs)) == .success
        let answer = answers.take(task.taskIdentifier)
        task.cancel()
        if let status = answer.status { return (status, nil) }
        return (nil, isInTime ? answer.error ?? "There was no answer." : "There was no answer within \(timeoutMs / 1000) seconds.")
    }
}

/// Waits for the status of answers; what comes after it is not read.
private final class AnswerWatch: NSObject, URLSessionDataDelegate {
    struct Answer: Sendable {
        var status: Int?
        var error: String?
        let arrived = DispatchSemaphore(value: 0)
    }

    private let open = Mutex<[Int: Answer]>([:])

    func watch(_ task: Int) -> DispatchSemaphore {
        let answer = Answer()
        open.withLock { $0[task] = answer }
        return answer.arrived
    }

    /// What is known of it now; it is forgotten.
    func take(_ task: Int) -> Answer { open.withLock { $0.removeValue(forKey: task) } ?? Answer() }

    private func note(_ task: Int, status: Int?, error: String?) {
        open.withLock { open in
            guard open[task]?.status == nil, open[task]?.error == nil else { return }
            open[task]?.status = status
            open[task]?.error = error
            open[task]?.arrived.signal()
        }
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        // First: whoever waits for the note ends the task, and FoundationNetworking stops the process over an answer after that.
        completionHandler(.cancel)
        note(dataTask.taskIdentifier, status: (response as? HTTPURLResponse)?.statusCode, error: nil)
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        note(task.taskIdentifier, status: response.statusCode, error: nil)
        // An answer that comes after the transfer has ended stops the process inside FoundationNetworking; this does not.
        task.cancel()
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        let status = (task.response as? HTTPURLResponse)?.statusCode
        note(task.taskIdentifier, status: status, error: status == nil ? error.map { Self.words($0) } ?? "no answer" : nil)
    }

    /// One short line.
    private static func words(_ error: any Error) -> String {
        String(error.localizedDescription.prefix(200)).replacing("\n", with: " ")
    }
}
