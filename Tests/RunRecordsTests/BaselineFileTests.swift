import BPBCore
import RunRecords
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct BaselineFileTests {
  static let baseline = Baseline([BaselineSamples.row("a"), BaselineSamples.row("b")])

  @Test func comesBackFromItsFile() throws {
    let file = try TemporaryFile(nil)
    #expect(try Baseline.read(file.path) == nil)
    try Self.baseline.write(to: file.path)
    #expect(try Baseline.read(file.path) == Self.baseline)
    try Baseline([]).write(to: file.path)
    #expect(try Baseline.read(file.path) == Baseline())
  }

  @Test func whatCannotBeReadIsNoInput() {
    let error = #expect(throws: BPBError.self) { try Baseline.read("/tmp") }
    #expect(error?.code == .noInput && error?.subject == "/tmp")
  }

  @Test(arguments: ["/dev/null", "/tmp", "/tmp/bpb-no-such-directory/x.csv", "", "/"])
  func whatCannotHoldABaselineIsSaidSo(path: String) {
    let error = #expect(throws: BPBError.self) { try Self.baseline.write(to: FilePath(path)) }
    #expect(error?.code == .inputOutput && error?.subject == path && error?.advice != nil)
  }

  @Test func aLinkIsNotReplaced() throws {
    let target = try TemporaryFile(Array("kept".utf8))
    let link = try TemporaryFile(nil)
    let status = target.path.withPlatformString { from in
      link.path.withPlatformString { symlink(from, $0) }
    }
    try #require(status == 0)
    let error = #expect(throws: BPBError.self) { try Self.baseline.write(to: link.path) }
    #expect(error?.code == .inputOutput)
    #expect(try target.bytes() == Array("kept".utf8))
  }

  /// A limit on the size of files stands for the full disk.
  @Test func aFullDiskLeavesTheOldBaselineAndNothingElse() async {
    await #expect(processExitsWith: .success) {
      let file = try TemporaryFile(Array("old".utf8))
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 10, rlim_max: 10)
      #if canImport(Darwin)
      try #require(setrlimit(RLIMIT_FSIZE, &limit) == 0)
      #else
      try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
      #endif
      let error = #expect(throws: BPBError.self) {
        try BaselineFileTests.baseline.write(to: file.path)
      }
      #expect(error?.code == .inputOutput && error?.subject == file.path.string)
      #expect(try file.bytes() == Array("old".utf8))
      let draft = file.path.removingLastComponent()
        .appending(".\(file.path.lastComponent!.string).\(getpid()).tmp")
      #expect((try? draft.stat()) == nil)
    }
  }
}
