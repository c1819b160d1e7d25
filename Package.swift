// swift-tools-version: 6.2
import PackageDescription

// Arrows: Ground ← Decisions; Ground ← Business; {Decisions, Business} ← Edges ← Flows, Views ← Rehearsal ← Surfaces.
let ground: [Target.Dependency] = ["Kernel", "Store"]

let business = [
    "Identity", "Merchants", "Facilities", "Inventory", "Orders", "Warehouse", "Transport", "Returns", "Exceptions",
    "Partners", "Sourcing", "Drops", "Webhooks",
    "Claims",
]
let modules = business.map { Target.Dependency(stringLiteral: $0) }

let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")

let package = Package(
    name: "waybill",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "waybill", targets: ["Waybill"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CSQLite", path: "Sources/Ground/CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(
            name: "CPostgres", path: "Sources/Ground/CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CZint", path: "Sources/Edges/CZint", providers: [.apt(["libzint-dev"])]),
        .systemLibrary(name: "CHaru", path: "Sources/Edges/CHaru", providers: [.apt(["libhpdf-dev"])]),
        .systemLibrary(name: "CZlib", path: "Sources/Edges/CZlib", providers: [.apt(["zlib1g-dev"])]),

        .target(name: "Kernel", path: "Sources/Ground/Kernel"),
        .target(name: "Store", dependencies: ["Kernel", logging, metrics], path: "Sources/Ground/Store"),
        .target(name: "StoreSQLite", dependencies: ground + ["CSQLite"], path: "Sources/Ground/StoreSQLite"),
        .target(name: "StorePostgres", dependencies: ground + ["CPostgres"], path: "Sources/Ground/StorePostgres"),

        .target(name: "Decisions", dependencies: ["Kernel"], path: "Sources/Decisions"),
    ]
        + business.map {
            .target(name: $0, dependencies: ground + ($0 == "Identity" ? [crypto, cryptoExtras] : []), path: "Sources/Business/\($0)")
        }
        + [
            .target(
                name: "Edges", dependencies: ground + modules + ["Decisions", "CZint", "CHaru", "CZlib"],
                path: "Sources/Edges", exclude: ["CZint", "CHaru", "CZlib"]),
            .target(name: "Flows", dependencies: ground + modules + ["Decisions", "Edges", crypto], path: "Sources/Flows"),
            .target(name: "Views", dependencies: ground + modules, path: "Sources/Views"),
            .target(
                name: "Rehearsal",
                dependencies: ground + modules + ["Decisions", "Edges", "Flows", "Views", crypto, logging, mustache],
                path: "Sources/Rehearsal"),
            .target(
                name: "HTTPAPI",
                dependencies: ground + modules + ["Decisions", "Edges", "Flows", "Views", hummingbird, crypto, logging, metrics],
                path: "Sources/Surfaces/HTTPAPI"),
            .target(
                name: "Console",
                dependencies: ground + modules + [
                    "Edges", "Flows", "Views", "HTTPAPI", hummingbird, mustache, crypto, logging, lifecycle, "CZlib",
                ],
                path: "Sources/Surfaces/Console"),
            .executableTarget(
                name: "Waybill",
                dependencies: ground + modules + [
                    "StoreSQLite", "StorePostgres", "Decisions", "Edges", "Flows", "Views", "Rehearsal", "HTTPAPI",
                    "Console", crypto, logging, metrics, hummingbird,
                    .product(name: "ArgumentParser", package: "swift-argument-parser"),
                    lifecycle,
                ], path: "Sources/Surfaces/Waybill"),

            .executableTarget(
                name: "waybill-bench",
                dependencies: ground + modules + [
                    "StoreSQLite", "StorePostgres", "Decisions", "Edges", "Flows", "Views", "Rehearsal", "HTTPAPI", hummingbird,
                    logging, lifecycle, .product(name: "ArgumentParser", package: "swift-argument-parser"),
                ], path: "Benchmarks",
                exclude: [
                    "README.md", "Sourcing/bounds.py", "Sourcing/bounds.json", "Oversell/README.md", "Oversell/racy-shop.py",
                    "Oversell/racy-shop.json", "Oversell/waybill.json",
                ]),

            .target(name: "TestGround", dependencies: ground + ["StoreSQLite", "StorePostgres"], path: "Tests/TestGround"),
            .testTarget(name: "TidyTests"),
            .testTarget(name: "KernelTests", dependencies: ["Kernel"]),
            .testTarget(
                name: "StoreTests", dependencies: ground + ["StoreSQLite", "StorePostgres", "TestGround", logging]),
            .testTarget(name: "DecisionsTests", dependencies: ["Kernel", "Decisions"]),
            .testTarget(name: "BusinessTests", dependencies: ground + modules + ["TestGround"]),
            .testTarget(name: "EdgesTests", dependencies: ["Kernel", "Edges"]),
            .testTarget(
                name: "ImportTests",
                dependencies: ground + modules + [
                    "Edges", "Flows", "Views", "Rehearsal", "StoreSQLite", "TestGround", "CZlib",
                ]),
            .testTarget(
                name: "ViewsTests", dependencies: ground + modules + ["Views", "StoreSQLite", "StorePostgres", "TestGround"]),
            .testTarget(
                name: "FlowsTests",
                dependencies: ground + modules + ["Decisions", "Edges", "Flows", "Views", "Rehearsal", "TestGround"]),
            .testTarget(
                name: "ConsoleTests",
                dependencies: ground + modules + [
                    "Flows", "Views", "Rehearsal", "HTTPAPI", "Console", "TestGround", hummingbird, logging, lifecycle,
                ], exclude: ["Snapshots"]),
            .testTarget(
                name: "HTTPAPITests",
                dependencies: ground + modules + [
                    "Edges", "Flows", "Views", "Rehearsal", "HTTPAPI", "TestGround", hummingbird, logging, metrics, lifecycle,
                ]),
        ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]
}
