import Containers
import SystemPackage
import Testing

/// The example in `docs/format.md` is a real file.
@Suite struct FormatDocumentTests {
  @Test func theExampleIsWhatIsWritten() throws {
    let text = "to be or not to be\n"
    let file = try pack(Array(text.utf8), with: TestMethods.store)
    #expect(try exampleInDocument() == file)
    #expect(try unpack(exampleInDocument()) == Array(text.utf8))
  }

  /// The bytes of the first block that begins like a hex dump.
  private func exampleInDocument() throws -> [UInt8] {
    var path = FilePath(#filePath).removingLastComponent().removingLastComponent()
    path = path.removingLastComponent().appending("docs").appending("format.md")
    let file = try FileDescriptor.open(path, .readOnly)
    let bytes = try file.closeAfter {
      try [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let dump = lines.drop { !$0.hasPrefix("00000000  ") }.prefix { $0.hasPrefix("000000") }
    return dump.flatMap { line in
      line.dropFirst(8).prefix { $0 != "|" }.split(separator: " ").compactMap {
        UInt8($0, radix: 16)
      }
    }
  }
}
