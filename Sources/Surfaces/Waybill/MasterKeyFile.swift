import Foundation
import Identity
import Kernel

/// Where the master key that wraps all other keys comes from.
enum MasterKeyFile {
    /// From the environment (`WAYBILL_MASTER_KEY`, lines `id:base64`), else from a file, which is made with a new key where
    /// there is none, readable by its owner only.
    static func vault(path: String) throws -> Vault {
        if let text = ProcessInfo.processInfo.environment["WAYBILL_MASTER_KEY"] { return try vault(text) }
        if let text = try? String(contentsOfFile: path, encoding: .utf8) { return try vault(text) }
        let key = try MasterKey(id: "k1", bytes: Vault.systemRandom(32))
        let made = FileManager.default.createFile(
            atPath: path, contents: Data((key.line + "\n").utf8), attributes: [.posixPermissions: 0o600])
        guard made else { throw InvalidInput(field: "/master_key", "The key file \(path) cannot be written.") }
        return Vault(key)
    }

    private static func vault(_ text: String) throws -> Vault {
        let keys = try MasterKey.parse(text)
        return Vault(keys[0], earlier: Array(keys.dropFirst()))
    }
}
