import Flows
import Foundation
import Kernel
import TestGround
import Testing

/// Large files in constant memory.
@Suite(.serialized) struct ImportMemoryTests {
    /// A folder of one merchant, one SKU and so many orders of one line.
    private func folder(_ orders: Int, _ path: String) throws {
        try write(
            [
                "merchants.csv": "code,name,currency\nacme,Acme,EUR\n",
                "skus.csv": "merchant,sku,name,length_mm,width_mm,height_mm,weight_g\nacme,MUG,A mug,100,90,80,350\n",
            ], to: path)
        var heads = "merchant,number,placed_at,currency,country,region,city,postal_code,name,street,total_minor\n"
        var lines = "merchant,number,sku,quantity,unit_price_minor\n"
        for number in 1...orders {
            let name = number * 7919 % 1_000_003
            heads += "acme,\(name),2026-11-20T08:00:00Z,EUR,DE,BE,Berlin,10115,P \(number),Street \(number),900\n"
            lines += "acme,\(name),MUG,1,900\n"
        }
        try write(["orders.csv": heads, "order_lines.csv": lines], to: path)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status"), "reads /proc"))
    func `two hundred thousand orders are checked and staged in bounded memory`() throws {
        try withGround(.sqliteFile) { ground in
            try withFolder { path in
                try folder(200_000, path)
                let before = try Memory.megabytes("VmRSS"), peak = Peak()
                #expect(throws: Stop.self) {
                    try ground.job(path).run { step in
                        if step.phase == .applying { throw Stop() }
                        try peak.look()
                    }
                }
                #expect(try ground.count("import", "state = 'committed' AND staged = 200002") == 1)
                // The page caches of the scratch database and of the store's connections have their own bounds, and other tests
                // run beside this one.
                #expect(peak.megabytes - before < 400, "grew by \(peak.megabytes - before) MB")
            }
        }
    }
}

private final class Peak {
    private(set) var megabytes = 0
    func look() throws { megabytes = max(megabytes, try Memory.megabytes("VmRSS")) }
}

private enum Memory {
    static func megabytes(_ name: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix(name + ":") })
        return try #require(line.split(separator: " ").compactMap { Int($0) }.first) / 1024
    }
}
