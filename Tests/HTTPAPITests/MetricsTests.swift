import CoreMetrics
import Testing

@testable import HTTPAPI

@Suite struct MetricsTests {
    @Test func `each kind of metric is written in the text format`() {
        let registry = PrometheusRegistry()
        Counter(label: "orders.placed", dimensions: [("shop", "a\"b\\c\nd")], factory: registry).increment(by: 3)
        Gauge(label: "queue_depth", factory: registry).record(7)
        Meter(label: "in-flight", factory: registry).increment(by: 2.5)
        Recorder(label: "batch_size", factory: registry).record(10)
        Timer(label: "commit", factory: registry).recordMilliseconds(3)
        #expect(
            registry.text() == """
                # TYPE batch_size summary
                batch_size_sum 10
                batch_size_count 1
                # TYPE commit_seconds histogram
                commit_seconds_bucket{le="0.0005"} 0
                commit_seconds_bucket{le="0.001"} 0
                commit_seconds_bucket{le="0.0025"} 0
                commit_seconds_bucket{le="0.005"} 1
                commit_seconds_bucket{le="0.01"} 1
                commit_seconds_bucket{le="0.025"} 1
                commit_seconds_bucket{le="0.05"} 1
                commit_seconds_bucket{le="0.1"} 1
                commit_seconds_bucket{le="0.25"} 1
                commit_seconds_bucket{le="0.5"} 1
                commit_seconds_bucket{le="1"} 1
                commit_seconds_bucket{le="2.5"} 1
                commit_seconds_bucket{le="5"} 1
                commit_seconds_bucket{le="10"} 1
                commit_seconds_bucket{le="+Inf"} 1
                commit_seconds_sum 0.003
                commit_seconds_count 1
                # TYPE in_flight gauge
                in_flight 2.5
                # TYPE orders_placed_total counter
                orders_placed_total{shop="a\\"b\\\\c\\nd"} 3
                # TYPE queue_depth gauge
                queue_depth 7

                """)
    }

    @Test func `the same name and labels are one series`() {
        let registry = PrometheusRegistry()
        Counter(label: "a", dimensions: [("x", "1"), ("y", "2")], factory: registry).increment()
        Counter(label: "a", dimensions: [("y", "2"), ("x", "1")], factory: registry).increment()
        #expect(registry.text() == "# TYPE a_total counter\na_total{x=\"1\",y=\"2\"} 2\n")
    }

    @Test func `labels beyond the limit add up in one series`() {
        let registry = PrometheusRegistry(seriesPerName: 2)
        for user in 1...100 { Counter(label: "a", dimensions: [("user", "\(user)")], factory: registry).increment() }
        #expect(
            registry.text() == """
                # TYPE a_total counter
                a_total{user="1"} 1
                a_total{user="2"} 1
                a_total{user="other"} 98

                """)
    }

    @Test func `requests are counted by route and not by path`() async throws {
        try await withServer { client, _ in
            for name in ["a", "b"] { _ = try await client.get("/v1/greetings/\(name)") }
            _ = try await client.send("PURGE", "/nowhere")
            let reply = try await client.get("/metrics")
            #expect(reply.headers["content-type"] == PrometheusRegistry.mediaType)
            #expect(
                reply.body.contains(#"http_requests_total{method="GET",route="/v1/greetings/{name}",status="200"} 2"#))
            #expect(reply.body.contains(#"http_requests_total{method="other",route="-",status="404"} 1"#))
            #expect(
                reply.body.contains(
                    #"http_request_duration_seconds_count{method="GET",route="/v1/greetings/{name}"} 2"#))
            #expect(reply.body.contains("http_requests_in_flight 1\n"))
        }
    }

    @Test func `the metrics may be kept for the operator`() async throws {
        try await withServer(metricsAccess: [.operator]) { client, _ in
            let closed = try await client.get("/metrics")
            let open = try await client.with(key: TinyKeys.operator).get("/metrics")
            #expect(closed.status == 401 && open.status == 200)
        }
    }
}
