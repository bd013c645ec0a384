import SystemPackage
import Testing
import _TestSupport

/// Files that change under a run. A slow method measures the first and longest file; meanwhile another
/// one, which was hashed already, is changed.
@Suite struct ChangingFileTests {
  private let scratch: TemporaryDirectory

  init() throws {
    scratch = try TemporaryDirectory()
    try scratch.write(prose(3000), to: "d/long")
    try scratch.write(prose(1000), to: "d/victim")
    try scratch.write(prose(500), to: "d/short")
  }

  private func outcome(changing change: () throws -> Void) throws -> CommandRunner.Outcome {
    let marker = scratch.path.appending("started")
    let run = try RunningCommand(
      [
        CommandRunner.bpb.string, "compare", "d", "-j", "1", "-m", "store,zlib:9", "--no-speed",
        "--format", "json", "--command",
        "slow=sh -c 'test -e \(marker) || { touch \(marker); sleep 1; }; cat'; cat",
      ], in: scratch.path)
    while !scratch.has("started") && run.isRunning { RunningCommand.pause(milliseconds: 5) }
    try change()
    return try run.wait()
  }

  private func check(_ outcome: CommandRunner.Outcome, _ code: Int32, _ saying: String) throws {
    outcome.expect(code, saying: "victim: \(saying)")
    let results = try JSON(parsing: outcome.text)["results"]?.items ?? []
    #expect(results.count == 3)
    for result in results {
      let sizes = result["files"]?.items.map { $0["coded_bytes"]?.number != nil }
      #expect(sizes == [true, true, false], "the others are printed")
    }
  }

  @Test func aFileThatShrinks() throws {
    try check(outcome { scratch.resize("d/victim", to: 10) }, 74, "changed")
  }

  @Test func aFileThatGrows() throws {
    try check(outcome { scratch.resize("d/victim", to: 2000) }, 74, "changed")
  }

  @Test func aFileOfTheSameSizeWithOtherBytes() throws {
    let bytes = [UInt8](prose(1000).reversed())
    try check(outcome { try scratch.write(bytes, to: "d/victim") }, 74, "changed")
  }

  @Test func aFileThatGoes() throws {
    try check(
      outcome { try scratch.path.withEntryRemoved("d/victim") }, 66, "there is no such file")
  }

  @Test func aFileThatBecomesAPipe() throws {
    let outcome = try outcome {
      try scratch.path.withEntryRemoved("d/victim")
      scratch.makeFIFO("d/victim")
    }
    try check(outcome, 66, "is neither a file nor a directory")
  }
}

extension FilePath {
  /// Removes the file `name` below this directory.
  fileprivate func withEntryRemoved(_ name: FilePath) throws {
    _ = try RunningCommand(["/bin/rm", pushing(name).string], in: self).wait()
  }
}
