import Flows
import Foundation
import Kernel
import Store
import Views

/// Somebody at work on the floor of a site.
struct FloorPost: Sendable {
    let site: SiteID
    let scope: Scope
    let actor: String
    let desk: OrderDesk
}

/// What came from the scanner, or was typed or tapped. Commands begin with a star.
struct FloorScan: Sendable {
    let code: String
    let occurred: Instant

    var isCommand: Bool { code.hasPrefix("*") }
    /// A count or a weight; nil for what is too long to be one.
    var number: Int64? { code.utf8.count <= 6 ? Int64(code).flatMap { $0 >= 0 ? $0 : nil } : nil }
}

/// How far somebody is within a process. It travels with the page, so that any server can take the next scan.
struct FloorState: Codable, Sendable, Equatable {
    private var values: [String: String] = [:]

    init() {}
    init(text: String) { values = FormValues(encoded: text)?.all ?? [:] }

    var text: String {
        values.sorted { $0.key < $1.key }.map { "\(FormValues.encoded($0.key))=\(FormValues.encoded($0.value))" }.joined(separator: "&")
    }

    subscript(_ name: String) -> String? {
        get { values[name] }
        set { values[name] = newValue }
    }

    func id<Tag>(_ name: String, _: ID<Tag>.Type = ID<Tag>.self) -> ID<Tag>? { values[name].flatMap { ID<Tag>($0) } }
    func number(_ name: String) -> Int64 { values[name].flatMap { Int64($0) } ?? 0 }
    func has(_ name: String) -> Bool { values[name] != nil }

    func setting(_ name: String, _ value: (some CustomStringConvertible)?) -> FloorState {
        var copy = self
        copy.values[name] = value?.description
        return copy
    }

    /// Only these of what is known.
    func keeping(_ names: String...) -> FloorState {
        var copy = self
        copy.values = values.filter { names.contains($0.key) }
        return copy
    }

    /// The names that begin with a word and a point, without it.
    func names(under word: String) -> [String] {
        values.keys.filter { $0.hasPrefix(word + ".") }.map { String($0.dropFirst(word.count + 1)) }.sorted()
    }
}

/// What the server says to a scan.
struct FloorNote: Codable, Sendable, Equatable {
    enum Tone: String, Codable, Sendable { case right, warn, wrong, pull }

    let tone: Tone
    /// Of a text `floor.said.…`, or the words themselves.
    let text: String
    var values: [String: String] = [:]

    static func right(_ text: String, _ values: [String: String] = [:]) -> FloorNote { FloorNote(tone: .right, text: text, values: values) }
    static func warn(_ text: String, _ values: [String: String] = [:]) -> FloorNote { FloorNote(tone: .warn, text: text, values: values) }
    static func wrong(_ text: String, _ values: [String: String] = [:]) -> FloorNote { FloorNote(tone: .wrong, text: text, values: values) }
    static func pull(_ text: String, _ values: [String: String] = [:]) -> FloorNote { FloorNote(tone: .pull, text: text, values: values) }

    init(tone: Tone, text: String, values: [String: String] = [:]) { (self.tone, self.text, self.values) = (tone, text, values) }

    /// Why the platform said no, in the reader's words where there are some.
    init(_ refusal: any Refusal, _ texts: Texts) {
        let key = "refusal." + refusal.code
        self.init(tone: refusal.code.hasSuffix(".pull") ? .pull : .wrong, text: texts.has(key) ? texts[key] : refusal.message)
    }

    func words(_ texts: Texts) -> String {
        let key = "floor.said." + text
        guard texts.has(key) else { return text }
        return values.sorted { $0.key < $1.key }.reduce(texts[key]) { $0.replacing("{\($1.key)}", with: $1.value) }
    }
}

/// Where a scan led.
struct FloorStep: Codable, Sendable, Equatable {
    var state: FloorState
    var note: FloorNote?

    init(_ state: FloorState, _ note: FloorNote? = nil) { (self.state, self.note) = (state, note) }

    /// As it is kept with the key of the scan.
    func kept() throws -> String { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    init(kept text: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(text.utf8)) }
}

/// One kind of work: what a scan does, and what is to be done next. The server decides both.
protocol FloorProcess: Sendable {
    /// In the address and in texts.
    var name: String { get }
    /// A drawing of the sprite.
    var icon: String { get }
    /// - Throws: refusals, which leave everything as it was.
    func take(_ scan: FloorScan, _ state: FloorState, _ post: FloorPost, in tx: Transaction) throws -> FloorStep
    /// What the worker sees and does now.
    func screen(_ state: FloorState, _ post: FloorPost, _ format: Format, in tx: Transaction) throws -> FloorScreen
}
