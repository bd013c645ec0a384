import BPBCore
import BitsPerByte
import SystemPackage
import Testing
import _TestSupport

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

private func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

/// Random damage by the minute, a gigabyte, every level of every library.
@Suite(.serialized, .enabled(if: LongTests.areWanted, "takes minutes: BPB_LONG_TESTS=1"))
struct EnduranceTests {
  /// Seconds that each pass of random damage takes.
  private static let seconds = environment("BPB_FUZZ_SECONDS").flatMap { Int($0) } ?? 60

  private let scratch: TemporaryDirectory
  private let text = Array("to be or not to be, that is the question: ".utf8) + prose(400)

  init() throws { scratch = try TemporaryDirectory() }

  /// Every family at several settings, so that each decoder meets damage.
  private static let methods = CompressTests.methods

  private static func repeatedly(_ body: (inout SplitMix64) throws -> Void) rethrows {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("seed \(seed)")
    var generator = SplitMix64(seed: seed)
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end { try body(&generator) }
  }

  private func pack(_ method: String) throws -> [UInt8] {
    var file: [UInt8] = []
    try Container.write(
      MethodTable.builtin.method(named: method), byteCount: text.count,
      from: { sink throws(BPBError) in try sink(text.span) }, to: { file.append($0) })
    return file
  }

  /// Whole files, and coded blocks behind whose headers no checksum stands.
  @Test func damagedFilesNeverTrap() throws {
    let methods = try Self.methods.map { try MethodTable.builtin.method(named: $0) }
    let files = try Self.methods.map { try pack($0) }
    var blocks: [[UInt8]] = []
    for method in methods { blocks.append(try method.codec.encode(text.span)) }
    var runs = 0
    Self.repeatedly { generator in
      let index = Int.random(in: methods.indices, using: &generator)
      let file = Mutation.random(of: files[index], using: &generator)
      switch unpack(file) {
      case .success(let bytes): #expect(bytes == text)
      case .failure(let error): #expect(error.code == .badData, "\(error)")
      }
      let block = Mutation.random(of: blocks[index], using: &generator)
      do throws(BPBError) {
        let bytes = try methods[index].codec.decode(block.span, limit: 1 << 20)
        #expect(bytes.count <= 1 << 20)
      } catch {
        #expect(error.code == .badData || error.code == .methodFailed, "\(error)")
      }
      runs += 1
    }
    print("\(runs) damaged files and blocks")
  }

  /// Damaged records either are read, are repaired, or are refused and left as they are.
  @Test func damagedRecordsNeverTrap() throws {
    try scratch.write(prose(300), to: "d/x")
    try scratch.write(prose(20), to: "d/y")
    let words = ["compare", "d", "-m", "store,ngram:1", "--no-speed", "--records", "r"]
    try CommandRunner.bpb(words, in: scratch.path).expect(0)
    let good = try scratch.read("r")
    var runs = 0
    try Self.repeatedly { generator in
      let damaged = Mutation.random(of: good, using: &generator)
      try scratch.write(damaged, to: "r")
      let format = ["table", "markdown", "csv", "json"].randomElement(using: &generator)!
      let report = try CommandRunner.bpb(
        "report", "r", "--per-file", "--format", format, in: scratch.path)
      #expect([0, 65, 66].contains(report.code), "\(report.code) \(report.complaint)")
      #expect(harm(in: report.output + report.errors).isEmpty)
      let again = try CommandRunner.bpb(words, in: scratch.path)
      #expect([0, 65].contains(again.code), "\(again.code) \(again.complaint)")
      if again.code == 65 { #expect(try scratch.read("r") == damaged) }
      runs += 1
    }
    print("\(runs) damaged records files")
  }

  /// Names of methods, which also come from files.
  @Test func strangeMethodNamesNeverTrap() {
    let good = Self.methods.map { Array($0.utf8) }
    Self.repeatedly { generator in
      let name = Mutation.random(of: good.randomElement(using: &generator)!, using: &generator)
      do {
        let method = try MethodTable.builtin.method(named: String(decoding: name, as: UTF8.self))
        let again = try MethodTable.builtin.method(named: method.name)
        #expect(again.name == method.name)
      } catch {
        #expect((error as? BPBError)?.code == .usage, "\(error)")
      }
    }
  }

  /// A gigabyte streams: memory is the libraries' own and a few buffers.
  @Test(arguments: ["zlib:1", "xz:0", "zstd:1", "bzip2:1"])
  func aGigabyteNeedsNoMemory(method: String) throws {
    guard let own = try? MethodTable.builtin.method(named: method) else { return }
    scratch.resize(try scratch.write("begin", to: "big"), to: 1 << 30)
    let run = try RunningCommand(
      [CommandRunner.bpb.string, "compare", "big", "-m", method], in: scratch.path)
    var peak = 0
    while run.isRunning {
      peak = max(peak, Self.peakMemory(of: run.pid))
      RunningCommand.pause(milliseconds: 20)
    }
    try run.wait(seconds: 600).expect(0)
    print("\(method): \(peak >> 20) MiB")
    #expect(peak > 0 && peak < own.memory.total + 200 << 20)
  }

  private static func peakMemory(of pid: Int32) -> Int {
    guard let file = try? FileDescriptor.open(FilePath("/proc/\(pid)/status"), .readOnly) else {
      return 0
    }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count =
      (try? file.closeAfter { try bytes.withUnsafeMutableBytes { try file.read(into: $0) } })
    let text = String(decoding: bytes.prefix(count ?? 0), as: UTF8.self)
    let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (Int(line?.filter(\.isNumber) ?? "") ?? 0) << 10
  }

  /// Every level of every library, and every order.
  @Test func everyLevelConforms() throws {
    for family in MethodTable.builtin.families {
      for level in family.parameters.first?.domain.levels ?? [""] {
        let name = family.name + (level.isEmpty ? "" : ":\(level)")
        let method = try MethodTable.builtin.method(named: name)
        var promises = CodecPromises()
        promises.refusesTruncation = family.name != "store"
        promises.metersMemory = family.name != "store"
        promises.noticesDamage = false
        promises.refusedTail = family.kind == .library ? 1 : nil
        let failures = CodecChecker(method.codec, named: name, promises: promises)
          .roundTripFailures()
        #expect(failures == [], "\(name)")
      }
    }
  }
}

extension MethodParameter.Domain {
  /// Every value there is, of a parameter that has few.
  fileprivate var levels: [String] {
    switch self {
    case .integer(let range): range.map { "\($0)" }
    case .choice(let words): words
    default: [""]
    }
  }
}
