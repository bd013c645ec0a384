import BPBCore
import BitsPerByte
import SystemPackage
import Testing
import _TestSupport

/// A `.bpb` file of `bytes` that `method` made and that names `name` as its method.
private func pack(
  _ bytes: [UInt8], with method: String, naming name: String? = nil, version: String? = "1"
) throws -> [UInt8] {
  var method = try MethodTable.builtin.method(named: method)
  if let name { (method.name, method.version) = (name, version) }
  var file: [UInt8] = []
  try Container.write(
    method, byteCount: bytes.count, from: { sink throws(BPBError) in try sink(bytes.span) },
    to: { file.append($0) })
  return file
}

/// What a file decodes to, or why it does not.
func unpack(_ file: [UInt8]) -> Result<[UInt8], BPBError> {
  var bytes: [UInt8] = []
  var rest = file[...]
  do throws(BPBError) {
    try Container.read(
      from: { count throws(BPBError) in
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
      }, method: { name throws(BPBError) in try MethodTable.builtin.method(named: name) },
      to: { bytes.append($0) })
    return .success(bytes)
  } catch {
    return .failure(error)
  }
}

private let text = Array("to be or not to be, that is the question: to be or not".utf8)

@Suite struct DamagedFileTests {
  @Test(arguments: ["ngram:3", "zlib:9"])
  func truncationIsFoundAtEveryOffset(method: String) throws {
    let file = try pack(text, with: method)
    for length in file.indices {
      guard case .failure(let error) = unpack(Array(file[..<length])) else {
        Issue.record("\(length) of \(file.count) bytes are decoded")
        continue
      }
      #expect(error.code == .badData && !error.problem.isEmpty, "\(error)")
    }
  }

  @Test(arguments: ["ngram:3", "zlib:9"])
  func everyFlippedBitIsFound(method: String) throws {
    let file = try pack(text, with: method)
    for bit in 0..<file.count * 8 {
      var damaged = file
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      switch unpack(damaged) {
      // Of the last bytes of a range coder some bits do not count.
      case .success(let bytes): #expect(bytes == text, "bit \(bit)")
      case .failure(let error): #expect(error.code == .badData, "\(error)")
      }
    }
  }

  /// Every so many bytes, cut there and with a bit flipped there, as the command sees it.
  @Test(arguments: ["ngram:3", "zlib:9"])
  func theCommandSaysSo(method: String) throws {
    let scratch = try TemporaryDirectory()
    let file = try pack(text, with: method)
    for offset in stride(from: 0, to: file.count, by: file.count / 10) {
      var flipped = file
      flipped[offset] ^= 0x10
      for damaged in [Array(file[..<offset]), flipped] {
        try scratch.write(damaged, to: "x.bpb")
        let outcome = try CommandRunner.bpb("decompress", "x.bpb", in: scratch.path)
        let isHarmless = outcome.code == 0 && (try? scratch.read("x")) == text
        if isHarmless { continue }
        outcome.expect(65, saying: "bpb: error: x.bpb: ")
        #expect(scratch.names == ["x.bpb"], "left something behind")
      }
    }
  }

  @Test func damageAfterMuchWasDecodedLeavesNothing() throws {
    let scratch = try TemporaryDirectory()
    var file = try pack(prose(300_000), with: "zlib:1")
    file[file.count - 2] ^= 1
    try scratch.write(file, to: "x.bpb")
    try CommandRunner.bpb("decompress", "x.bpb", in: scratch.path)
      .expect(65, saying: "x.bpb: the file's payload is damaged")
    #expect(scratch.names == ["x.bpb"])
  }
}

/// Files that were not damaged but made to do harm.
@Suite struct HostileFileTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try TemporaryDirectory() }

  private func bpb(_ words: String..., seconds: Int = 20) throws -> CommandRunner.Outcome {
    let outcome = try CommandRunner.bpb(words, in: scratch.path, seconds: seconds)
    #expect(outcome.endedWell && harm(in: outcome.output + outcome.errors).isEmpty)
    return outcome
  }

  private static let names = [
    "\u{1B}[31mred\u{1B}]0;title\u{07}", "zlib:9:\u{1B}x", "zlib:9:\u{1B}=1:\u{1B}=2",
    "line\nbpb: error: all is well", "\u{202E}bilz", "model:/etc/passwd", "gzip -dc; rm -rf /",
    "=1+1", "", ":", "zlib:", "a:b=[a:b=[a:b=[", "\"", String(repeating: "[", count: 1000),
    "a:b=" + String(repeating: "[a:b=", count: 150) + "[c]" + String(repeating: "]", count: 150),
  ]

  @Test func namesOfMethodsAreHarmless() throws {
    for name in Self.names { try checkName(name) }
  }

  private func checkName(_ name: String) throws {
    try scratch.write(pack(text, with: "store", naming: name, version: name), to: "x.bpb")
    try bpb("decompress", "x.bpb").expect(65, saying: "x.bpb: the file needs the method")
    let inspected = try bpb("inspect", "x.bpb")
    inspected.expect(0)
    #expect(inspected.text.split(separator: "\n").count == 8)
    _ = try JSON(parsing: bpb("inspect", "x.bpb", "--format", "json").text)
  }

  /// A kilobyte that asks for a table of 16 GiB and touches much of it.
  @Test func memoryIsLimited() throws {
    let payload = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F] + SplitMix64.bytes(count: 1000, seed: 1)
    try scratch.write(
      pack(payload, with: "store", naming: "ngram:6:memory=16GiB"), to: "x.bpb")
    try bpb("decompress", "x.bpb").expect(1, saying: "16 GiB", "--memory-limit")
    try scratch.write(pack(payload, with: "store", naming: "ngram:6:memory=1MiB"), to: "x.bpb")
    try bpb("decompress", "x.bpb").expect(65, saying: "x.bpb: the file's payload is damaged")
    try bpb("decompress", "x.bpb", "--memory-limit", "1MB").expect(1, saying: "may take")
    try bpb("decompress", "x.bpb", "--memory-limit", "some").expect(64)
    #expect(scratch.names == ["x.bpb"])
  }

  @Test func itDoesNotDecodeToMoreThanItSays() throws {
    // 8 MB in 8 kB, announced as the 8 kB that it is coded in.
    let zeros = [UInt8](repeating: 0, count: 8_000_000)
    let coded = try MethodTable.builtin.method(named: "zlib:9").codec.encode(zeros.span)
    try scratch.write(pack(coded, with: "store", naming: "zlib:9"), to: "x.bpb")
    try bpb("decompress", "x.bpb")
      .expect(65, saying: "decodes to more than the \(coded.count) bytes announced")
    #expect(scratch.names == ["x.bpb"])
  }
}
