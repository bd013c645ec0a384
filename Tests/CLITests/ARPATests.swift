import SystemPackage
import Testing
import _TestSupport

/// Models that come from other programs, and go to them, as ARPA files.
@Suite struct ARPATests {
  private let scratch: TemporaryDirectory

  init() throws {
    scratch = try TemporaryDirectory()
    try scratch.write(prose(63_000), to: "train")
    try scratch.write(Array(prose(66_000).suffix(2500)), to: "test")
  }

  private func bpb(_ words: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(words, in: scratch.path)
  }

  private func bitsPerByte(_ model: String) throws -> Double {
    let outcome = try bpb("eval", model, "test", "--format", "json")
    outcome.expect(0)
    let row = try JSON(parsing: outcome.text)["results"]?.items.first
    return try #require(row?["bits_per_byte"]?.number)
  }

  @Test func whatIsExportedIsImported() throws {
    try bpb("train", "kn:3", "train", "-o", "own.bpbm", "--arpa", "own.arpa").expect(0)
    try bpb("train", "kn:3", "train", "-o", "x", "--arpa", "./x").expect(64, saying: "name two")
    #expect(try scratch.text("own.arpa").hasPrefix("\\data\\\nngram 1=259\n"))
    let account = try bpb("train", "kn:3", "--from-arpa", "own.arpa", "-o", "taken.bpbm")
    account.expect(0)
    #expect(account.text.hasPrefix("kn:3 took over a model in "))
    #expect(account.text.contains("n-grams of 1 to 3 bytes, "))
    let bits = try bitsPerByte("own.bpbm")
    #expect(bits > 0.05 && bits < 7)
    #expect(abs(try bitsPerByte("taken.bpbm") - bits) < 1e-4)
    // What was taken over is handed on as it is, but for the last decimal.
    try bpb("train", "kn:3", "--from-arpa", "own.arpa", "-o", "x.bpbm", "--arpa", "x.arpa")
      .expect(0)
    #expect(try scratch.text("x.arpa").count == scratch.text("own.arpa").count)
  }

  /// A file cannot be told in the terms of another method.
  @Test func theMethodMustBeThatOfTheFile() throws {
    try bpb("train", "kn:3", "train", "-o", "own.bpbm", "--arpa", "own.arpa").expect(0)
    try bpb("train", "kn:4", "--from-arpa", "own.arpa", "-o", "x")
      .expect(
        64, saying: "own.arpa: the ARPA file has n-grams of up to 3 bytes", "name the method kn:3")
    try bpb("train", "kn:3:prune=1", "--from-arpa", "own.arpa", "-o", "x")
      .expect(64, saying: "an ARPA file has no counts", "without 'prune' and 'entropy'")
    try bpb("train", "kn:3:grain=1", "--from-arpa", "own.arpa", "-o", "x")
      .expect(64, saying: "an ARPA file has no counts whose roots", "without 'grain'")
    try bpb("train", "kn:3", "--from-arpa", "own.arpa", "train", "-o", "x")
      .expect(64, saying: "--from-arpa reads one file")
    #expect(!scratch.has("x"))
  }

  /// Before anything is learned, and before a file is made.
  @Test func methodsWithoutTextAreRefused() throws {
    try bpb("train", "ngram:3", "train", "-o", "x", "--arpa", "x.arpa")
      .expect(64, saying: "method 'ngram:3': cannot be written in ARPA format", "as in kn:6")
    try bpb("train", "ngram:3", "--from-arpa", "missing", "-o", "x")
      .expect(64, saying: "method 'ngram:3': reads no ARPA files")
    #expect(!scratch.has("x") && !scratch.has("x.arpa"))
  }

  @Test func notesOfAModelAreShownWhereItIsTried() throws {
    try bpb("train", "kn:3", "train", "-o", "own.bpbm").expect(0)
    let report = try bpb("eval", "own.bpbm", "test", "--no-speed")
    report.expect(0)
    #expect(report.text.contains("model:own.bpbm: "))
    #expect(report.text.contains("n-grams of 1 to 3 bytes"))
  }

  /// A change of an export, and what is said of it.
  private struct Damage: Sendable {
    let change: @Sendable (String) -> String
    let sentence: String

    init(_ sentence: String, _ change: @escaping @Sendable (String) -> String) {
      self.change = change
      self.sentence = sentence
    }

    /// `old` replaced where it comes first.
    init(_ old: String, by new: String, _ sentence: String) {
      self.init(sentence) { text in
        var text = text
        if let range = text.firstRange(of: old) { text.replaceSubrange(range, with: new) }
        return text
      }
    }

    static let all = [
      Damage("the ARPA file ends after line 200, before n-gram ") {
        $0.split(separator: "\n", omittingEmptySubsequences: false).prefix(200)
          .joined(separator: "\n")
      },
      Damage("ngram 2=", by: "ngram 2=9999", "line 3 of the ARPA file says 9999"),
      Damage("ngram 1=259", by: "ngram 1=258", "line 264 of the ARPA file is not \\2-grams:"),
      Damage("-99\t<s>", by: "nan\t<s>", "line 7 of the ARPA file has nan, which is no number"),
      Damage("-99\t<s>", by: "1\t<s>", "line 7 of the ARPA file has a probability above one"),
      Damage("<0x00>", by: "<0x01>", "of the ARPA file repeats the n-gram of line 9"),
    ]
  }

  @Test func damageIsNamedWithItsLine() throws {
    try bpb("train", "kn:2", "train", "-o", "own.bpbm", "--arpa", "own.arpa").expect(0)
    let text = try scratch.text("own.arpa")
    for damage in Damage.all {
      let damaged = damage.change(text)
      #expect(damaged != text, "\(damage.sentence)")
      try scratch.write(damaged, to: "bad.arpa")
      let names = scratch.names
      try bpb("train", "kn:2", "--from-arpa", "bad.arpa", "-o", "x.bpbm", "--arpa", "x.arpa")
        .expect(65, saying: "bpb: error: bad.arpa: ", damage.sentence)
      #expect(scratch.names == names, "left something behind")
    }
  }
}
