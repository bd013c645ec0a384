import BPBCore
import Containers
import Crypto

/// A `.bpb` file made in memory.
func pack(_ bytes: [UInt8], with method: Method) throws -> [UInt8] {
  var file: [UInt8] = []
  try Container.write(method, byteCount: bytes.count) { sink throws(BPBError) in
    for start in stride(from: 0, to: bytes.count, by: 1000) {
      try sink(bytes.span.extracting(start..<min(start + 1000, bytes.count)))
    }
  } to: {
    file.append($0)
  }
  return file
}

/// What a `.bpb` file decodes to.
func unpack(_ file: [UInt8]) throws(BPBError) -> [UInt8] {
  var bytes: [UInt8] = []
  var rest = file[...]
  try Container.read(
    from: { count throws(BPBError) in deliver(count, of: &rest) }, method: TestMethods.find
  ) { bytes.append($0) }
  return bytes
}

func inspect(_ file: [UInt8]) throws(BPBError) -> ContainerHeader {
  var rest = file[...]
  return try Container.inspect { count throws(BPBError) in deliver(count, of: &rest) }
}

/// At most 7 bytes at a time, so that every field is met in pieces.
private func deliver(_ count: Int, of rest: inout ArraySlice<UInt8>) -> [UInt8] {
  defer { rest = rest.dropFirst(min(count, 7)) }
  return Array(rest.prefix(min(count, 7)))
}

/// The sentence that reading `file` ends with; nil if it is read.
func complaint(about file: [UInt8]) -> BPBError? {
  do throws(BPBError) {
    _ = try unpack(file)
    return nil
  } catch {
    return error
  }
}

/// A file built field by field from `docs/format.md`, so that it can lie where it likes; its header
/// check is right.
struct HandmadeFile {
  var magic: [UInt8] = [0x89, 0x42, 0x50, 0x42, 0x0D, 0x0A, 0x1A, 0x0A]
  var version: UInt8 = 1
  var flags: UInt8 = 0
  var method: [UInt8] = Array("store".utf8)
  var methodVersion: [UInt8] = []
  var byteCount: UInt64
  var checksum: [UInt8]
  var codedByteCount: UInt64
  var payload: [UInt8]

  init(storing bytes: [UInt8]) {
    byteCount = UInt64(bytes.count)
    codedByteCount = UInt64(bytes.count)
    checksum = Array(SHA256.hash(data: bytes).prefix(8))
    payload = bytes
  }

  var bytes: [UInt8] {
    var header = magic + [version, flags]
    for text in [method, methodVersion] {
      header += [UInt8(text.count & 0xFF), UInt8(text.count >> 8)] + text
    }
    header += (0..<8).map { UInt8(truncatingIfNeeded: byteCount >> (8 * $0)) } + checksum
    header += (0..<8).map { UInt8(truncatingIfNeeded: codedByteCount >> (8 * $0)) }
    return header + SHA256.hash(data: header).prefix(4) + payload
  }
}
