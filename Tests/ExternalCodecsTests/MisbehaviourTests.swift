import BPBCore
import ExternalCodecs
import Testing

/// Programs that hang, fail, flood or leave others behind.
@Suite struct MisbehaviourTests {
  private let word = Array("word".utf8)
  private let brief = ExternalLimits(time: .milliseconds(300))

  @Test func oneThatHangsIsStopped() throws {
    let codec = try codec("hang=cat; sleep 600", limits: brief)
    let start = ContinuousClock.now
    let error = try failure { _ = try codec.decoded(word) }
    #expect(start.duration(to: .now) < .seconds(60))
    #expect(
      error.description == "method 'hang': the decode command did not finish within 0.3 seconds "
        + "and was stopped; allow it more time")
    #expect(error.code == .methodFailed)
  }

  @Test(arguments: ["cat", "sleep 600"])
  func whatItStartedIsStoppedToo(last: String) async throws {
    let scratch = Scratch()
    let path = scratch.path
    // Stopped when it has begun, not after a time in which a busy machine may not even have started it.
    let codec = try codec(
      "fork=(sleep 3 && touch \(scratch.path)/late) & touch \(scratch.path)/early && \(last); cat",
      usingShell: true
    ) { last != "cat" && exists("\(path)/early") }
    _ = try? codec.encoded(word)
    #expect(exists("\(scratch.path)/early"))
    try await Task.sleep(for: .seconds(3.5))
    #expect(!exists("\(scratch.path)/late"))
  }

  @Test func oneThatIsCancelledIsStopped() throws {
    let start = ContinuousClock.now
    let codec = try codec("hang=sleep 600; cat") { start.duration(to: .now) > .milliseconds(100) }
    let error = try failure { _ = try codec.encoded(word) }
    #expect(error.code == .cancelled)
    #expect(start.duration(to: .now) < .seconds(60))
  }

  @Test func oneThatFailsIsQuotedSafely() throws {
    let codec = try codec(
      #"fail=cat; printf 'first\n\033[31mbad \377 thing\r\n\n' >&2 && exit 3"#, usingShell: true)
    let error = try failure { _ = try codec.decoded(word) }
    #expect(
      error.description == "method 'fail': the decode command failed with exit status 3: "
        + #"\x1b[31mbad \xff thing"#)
    #expect(error.code == .methodFailed)
  }

  @Test func oneThatComplainsOnStandardOutputIsQuoted() throws {
    let codec = try codec("fail=echo sorry {output} && exit 2; cat", usingShell: true)
    let error = try failure { _ = try codec.encoded(word) }
    #expect(error.problem == "the encode command failed with exit status 2: sorry coded")
  }

  @Test func oneThatCrashesIsSaidTo() throws {
    let codec = try codec("crash=kill -SEGV $$; cat", usingShell: true)
    let error = try failure { _ = try codec.encoded(word) }
    #expect(error.problem.hasPrefix("the encode command was ended by signal 11 ("))
  }

  @Test func endlessOutputIsStoppedByWhoeverReadsIt() throws {
    let codec = try codec("flood=cat; yes")
    let error = try failure { _ = try codec.decoded(word, limit: 1000) }
    #expect(error.code == .badData)
  }

  @Test(arguments: ["yes", "dd if=/dev/zero of={output} bs=1M", "dd if=/dev/zero of=other bs=1M"])
  func endlessOutputIsStoppedByTheLimit(command: String) throws {
    let codec = try codec(
      "flood=\(command); cat", limits: ExternalLimits(time: .seconds(60), bytesWritten: 4 << 20))
    let error = try failure { _ = try codec.encoded(word) }
    #expect(error.problem.hasSuffix("was stopped because it wrote more than 4MiB"))
  }

  @Test func encodersAreHeldToTheirInput() {
    let limits = ExternalLimits()
    #expect(limits.encoding(1 << 20).bytesWritten == 260 << 20)
    #expect(limits.encoding(.max).bytesWritten == 64 << 30)
    #expect(ExternalLimits(bytesWritten: 100).encoding(1).bytesWritten == 100)
  }

  @Test func oneThatCannotStartSaysWhy() throws {
    let scratch = Scratch()
    let script = "\(scratch.path)/script"
    let maker = try codec(
      "make=printf '#!/no/such/interpreter\\n' > \(script) && chmod 755 \(script); cat",
      usingShell: true)
    _ = try maker.encoded(word)
    let codec = try codec("test=\(script); cat")
    let error = try failure { _ = try codec.encoded(word) }
    #expect(error.problem == "the encode command cannot be started: No such file or directory")
  }
}
