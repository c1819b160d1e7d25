import Kernel

extension PlacedReply: PlainReply {
    func write(to out: inout [UInt8]) {
        out += "{\"id\":\"".utf8
        out += id.description.utf8
        out += (isRepeat ? "\",\"is_repeat\":true,\"number\":" : "\",\"is_repeat\":false,\"number\":").utf8
        JSON.write(number, to: &out)
        write("promised_by", promisedBy, to: &out)
        out += ",\"reserved\":".utf8
        out += String(reserved.rawValue).utf8
        write("ship_by", shipBy, to: &out)
        out += ",\"sites\":[".utf8
        for (index, site) in sites.enumerated() {
            out += (index > 0 ? ",\"" : "\"").utf8
            out += site.description.utf8
            out.append(UInt8(ascii: "\""))
        }
        out += "],\"tracking_path\":\"".utf8
        out += trackingPath.utf8
        out += "\",\"waiting\":".utf8
        out += String(waiting.rawValue).utf8
        out.append(UInt8(ascii: "}"))
    }

    private func write(_ name: String, _ moment: Instant?, to out: inout [UInt8]) {
        guard let moment else { return }
        out += ",\"\(name)\":\"".utf8
        out += moment.description.utf8
        out.append(UInt8(ascii: "\""))
    }
}

extension BatchReply: PlainReply {
    func write(to out: inout [UInt8]) {
        out.reserveCapacity(items.count * 320)
        out += "{\"items\":[".utf8
        for (index, item) in items.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            item.write(to: &out)
        }
        out += "]}".utf8
    }
}

extension BatchItem: PlainReply {
    func write(to out: inout [UInt8]) {
        out += "{\"number\":".utf8
        JSON.write(number, to: &out)
        if let order {
            out += ",\"order\":".utf8
            order.write(to: &out)
        }
        if let problem {
            out += ",\"problem\":{\"code\":".utf8
            JSON.write(problem.code, to: &out)
            out += ",\"detail\":".utf8
            JSON.write(problem.detail, to: &out)
            if let pointer = problem.pointer {
                out += ",\"pointer\":".utf8
                JSON.write(pointer, to: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
        out.append(UInt8(ascii: "}"))
    }
}
