import BPBCore
import ExternalCodecs
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

func codec(
  _ text: String, usingShell: Bool = false, limits: ExternalLimits = ExternalLimits(),
  isCancelled: @escaping @Sendable () -> Bool = { false }
) throws -> ExternalCodec {
  let command = try ExternalCommand(parsing: text, usingShell: usingShell)
  return try ExternalCodec(command, limits: limits, isCancelled: isCancelled)
}

extension Codec {
  func encoded(_ bytes: [UInt8]) throws -> [UInt8] { try encode(bytes.span) }

  func decoded(_ bytes: [UInt8], limit: Int = 1 << 20) throws -> [UInt8] {
    try decode(bytes.span, limit: limit)
  }
}

/// The error that `body` ends with; records an issue if there is none.
func failure(of body: () throws -> Void) throws -> BPBError {
  try #require(#expect(throws: BPBError.self) { try body() })
}

/// Skips the test, with a message, where `program` is not installed.
func require(program: String) throws {
  guard (try? Programs.find(program)) != nil else { try Test.cancel("\(program) is not installed") }
}

func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// A directory for what commands leave beside their results.
final class Scratch {
  let path: String

  init() {
    var template = "/tmp/bpb-tests-XXXXXX".utf8CString
    path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
  }

  deinit { DirectoryTree.remove(FilePath(path)) }

  func text(_ name: String) throws -> String {
    let file = try FileDescriptor.open(FilePath("\(path)/\(name)"), .readOnly)
    let bytes = try file.closeAfter {
      try [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
        count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.last == "\n" ? String(text.dropLast()) : text
  }
}
