import BPBCore
import ExternalCodecs
import Testing

/// What a command sees and what it leaves.
@Suite struct RunningTests {
  private let word = Array("word".utf8)

  private func output(_ command: String, usingShell: Bool = true) throws -> String {
    let coded = try codec("test=\(command); cat", usingShell: usingShell).encoded(word)
    return String(decoding: coded, as: UTF8.self)
  }

  @Test func itRunsInAPrivateDirectoryThatIsRemoved() throws {
    let listing = try output("pwd && ls && ls -ld . {input}").split(separator: "\n")
    #expect(listing[1...3] == ["raw", "stderr", "stdout"])
    #expect(listing[4].hasPrefix("drwx------") && listing[5].hasPrefix("-rw-------"))
    #expect(listing[0].contains("/bpb-"))
    #expect(!exists(String(listing[0])))
  }

  @Test func theDirectoryIsRemovedWhenTheCommandFails() throws {
    let scratch = Scratch()
    let codec = try codec(
      "test=mkdir -p a/b && touch a/b/c && chmod 0 a/b && pwd > \(scratch.path)/pwd && exit 1; cat",
      usingShell: true)
    _ = try failure { _ = try codec.encoded(word) }
    #expect(!exists(try scratch.text("pwd")))
  }

  @Test func nothingIsLeftOfTheEncoderForTheDecoder() throws {
    let codec = try codec(
      "test=cp {input} extra && cat {input}; ls && cat {input}.x", usingShell: true)
    let coded = try codec.encoded(word)
    #expect(try codec.decoded(coded) == Array("coded.x\nstderr\nstdout\nword".utf8))
  }

  @Test func theInputHasAFixedDate() throws {
    let archive = try codec("tar=tar -cf - {input}; cat").encoded(word)
    // Octal seconds of 1980-01-02 in the first header's date field (offset 136).
    #expect(String(decoding: archive[136..<147], as: UTF8.self) == "02263773600")
    #expect(archive.starts(with: Array("raw\0".utf8)))
  }

  @Test func aCommandWithInputReadsNothingElse() throws {
    #expect(try output("cat {input} -", usingShell: false) == "word")
  }

  @Test func itInheritsTheEnvironment() throws {
    #expect(try output("echo ${PATH:+set}") == "set\n")
  }

  @Test func aRelativeProgramIsFoundFromHere() throws {
    let error = try failure { _ = try codec("test=./no-such-program; cat") }
    #expect(error.code == .usage)
    #expect(error.problem == "there is no program './no-such-program'")
  }

  @Test func noResultIsAnError() throws {
    let error = try failure { _ = try output("true {output}") }
    #expect(error.description == "method 'test': the encode command left no file at {output}")
  }

  @Test func twoResultsAreAnError() throws {
    let error = try failure { _ = try output("touch {output}.a {output}.b", usingShell: false) }
    #expect(error.problem.contains("left 2 files at {output}"))
  }

  @Test func memoryIsThatOfTheProgram() throws {
    // Our own memory must not be taken for the program's.
    let ballast = [UInt8](repeating: 1, count: 128 << 20)
    let small = try codec("small=sleep 0.1; cat").makeEncoder(byteCount: 0)
    try small.finish { _ in }
    #expect(small.peakMemory > 100 << 10)
    #expect(small.peakMemory < 32 << 20)
    let large = try codec(
      "large=dd if=/dev/zero of=/dev/null bs=200M count=2; cat"
    ).makeEncoder(byteCount: 0)
    try large.finish { _ in }
    #expect(large.peakMemory > 190 << 20)
    #expect(ballast.count == 128 << 20)
  }

  @Test func theFamilyMakesTheMethod() throws {
    let table = try MethodTable(families: []).adding(
      ExternalCommand(parsing: "gz+9=gzip -9 -c; gzip -dc").family())
    let method = try table.method(named: "gz+9")
    #expect(method.name == "gz+9")
    #expect(method.version == nil)
    #expect(try #require(method.decoderBytes) > 1000)
    #expect(try method.codec.encoded(word).starts(with: [0x1F, 0x8B]))
    let shell = try ExternalCommand(parsing: "sh=cat; cat", usingShell: true).family()
    #expect(try MethodTable(families: [shell]).method(named: "sh").decoderBytes == nil)
  }
}
