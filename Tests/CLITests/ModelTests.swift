import SystemPackage
import Testing
import _TestSupport

/// Models trained, kept and used, as a user would.
@Suite struct ModelTests {
  private let scratch: TemporaryDirectory
  /// What is like the training text and not in it.
  private let fresh: [UInt8]

  init() throws {
    scratch = try TemporaryDirectory()
    var generator = SplitMix64(seed: 3)
    let words = (0..<200).map { _ in
      String(
        (0..<Int.random(in: 2...8, using: &generator)).map { _ in
          Character(Unicode.Scalar(UInt8.random(in: 97...122, using: &generator)))
        })
    }
    func text(_ count: Int) -> [UInt8] {
      let chosen = (0..<count).map { _ in words.randomElement(using: &generator)! }
      return Array(chosen.joined(separator: " ").utf8)
    }
    try scratch.write(text(8000), to: "train/a.txt")
    try scratch.write(text(2000), to: "train/b.txt")
    fresh = text(3000)
    try scratch.write(fresh, to: "test/c.txt")
    try scratch.write("brief", to: "test/d.txt")
  }

  private func bpb(_ words: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(words, in: scratch.path)
  }

  private func train(_ method: String = "ngram:3", to file: String = "m.bpbm") throws {
    try bpb("train", method, "train", "-o", file).expect(0)
  }

  private func results(_ outcome: CommandRunner.Outcome) throws -> [JSON] {
    outcome.expect(0)
    return try JSON(parsing: outcome.text)["results"]?.items ?? []
  }

  @Test func whatIsTrainedPredicts() throws {
    let account = try bpb("train", "ngram:3", "train", "-o", "m.bpbm")
    account.expect(0)
    let size = try scratch.read("m.bpbm").count
    #expect(account.text.hasPrefix("ngram:3 learned from "))
    #expect(account.text.contains("m.bpbm: \(size / 1000),"))
    try train("ngram:0", to: "zero.bpbm")
    let rows = try results(
      bpb("eval", "zero.bpbm", "-m", "m.bpbm", "test", "--format", "json", "--top-one"))
    let figures = rows.compactMap { $0["bits_per_byte"]?.number }
    #expect(rows.map { $0["method"]?.string } == ["model:m.bpbm", "model:zero.bpbm"])
    #expect(figures.count == 2 && figures[0] < 2.5 && figures[1] > 4)
    let heldOut = try #require(rows[0]["held_out"])
    #expect(rows.allSatisfy { $0["kind"] == .string("heldout") })
    #expect(heldOut["trained_on"] == .array([]) && heldOut["overlapping"] == .array([]))
    #expect((heldOut["top_one"]?.number ?? 0) > 0.4)
    let bits = heldOut["positions"]?.items.compactMap { $0["bits"]?.number }.reduce(0, +) ?? 0
    #expect(abs(bits - figures[0] * Double(fresh.count + 5)) < 1e-6 * bits)
  }

  @Test func equalTrainingGivesEqualFiles() throws {
    try train()
    try train(to: "n.bpbm")
    #expect(try scratch.read("m.bpbm") == scratch.read("n.bpbm"))
  }

  @Test func theAccountFitsTheTerminal() throws {
    let account = try bpb("train", "kn:3", "train", "-o", "m.bpbm", "--hold-out", "0.2")
    account.expect(0)
    #expect(account.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(account.text.contains("held out: ") && account.text.contains("Next: bpb eval m.bpbm"))
  }

  @Test func aPartIsHeldOut() throws {
    let account = try bpb(
      "train", "ngram:3", "train", "-o", "m.bpbm", "--hold-out", "0.2", "--format", "json")
    account.expect(0)
    let heldOut = try #require(try JSON(parsing: account.text)["held_out"])
    #expect((heldOut["bits_per_byte"]?.number ?? 9) < 2.5)
    #expect((heldOut["bytes"]?.number ?? 0) > 5000)
    try scratch.write("too little", to: "small")
    try bpb("train", "ngram:3", "small", "-o", "s.bpbm", "--hold-out", "0.1")
      .expect(66, saying: "less than 40 KiB")
    #expect(!scratch.has("s.bpbm"))
  }

  @Test func whatWasTrainedOnIsFlagged() throws {
    try train()
    let seen = try bpb("eval", "m.bpbm", "train/b.txt", "test/c.txt")
    seen.expect(0)
    #expect(seen.text.contains("WARNING: model:m.bpbm learned from train/b.txt"))
    try scratch.write(fresh + (try scratch.read("train/b.txt")), to: "mixed")
    let mixed = try bpb("eval", "m.bpbm", "mixed", "--format", "csv")
    mixed.expect(0, saying: "WARNING: model:m.bpbm learned from what stands word for word in")
    let clean = try bpb("eval", "m.bpbm", "test", "--format", "csv")
    clean.expect(0)
    #expect(clean.errors.isEmpty)
  }

  @Test func recordsGoOnAndReportAgain() throws {
    try train()
    let words = ["eval", "m.bpbm", "test", "--no-speed", "--records", "r.jsonl", "--per-file"]
    let first = try CommandRunner.bpb(words, in: scratch.path)
    first.expect(0)
    let again = try CommandRunner.bpb(words, in: scratch.path)
    again.expect(0, saying: "2 of 2 cells taken from the records")
    let report = try bpb("report", "r.jsonl", "--no-speed", "--per-file")
    #expect(first.text == again.text && first.text == report.text)
    // Another model under the same name is another model.
    try bpb("train", "ngram:2", "train", "-o", "m.bpbm", "--force").expect(0)
    let other = try CommandRunner.bpb(words, in: scratch.path)
    other.expect(0)
    #expect(!other.complaint.contains("taken from") && other.text != first.text)
  }

  @Test func aModelIsAMethodLikeAnyOther() throws {
    try train()
    let rows = try results(
      bpb("compare", "test/c.txt", "-m", "model:m.bpbm,store", "--format", "json"))
    let size = Double(try scratch.read("m.bpbm").count)
    let row = try #require(rows.first { $0["method"]?.string == "model:m.bpbm" })
    let coded = try #require(row["coded_bytes"]?.number)
    #expect(row["verified"] == .bool(true) && row["model_bytes"]?.number == size)
    #expect(coded < Double(fresh.count) * 0.35)
    #expect(
      row["bits_per_byte_with_model"]?.number == 8 * (coded + size) / Double(fresh.count))
    #expect(row["version"]?.string?.hasPrefix("ngram:3 1, sha256 ") == true)
    let scaled = try bpb("scale", "test", "-m", "model:m.bpbm", "--format", "csv")
    scaled.expect(0)
    #expect(scaled.text.contains("model:m.bpbm"))
  }

  @Test func namesAreQuoted() throws {
    try train(to: "a:b,c \"d\".bpbm")
    let name = #"model:"a:b,c \"d\".bpbm""#
    try bpb("compare", "test", "-m", name).expect(0)
    let evaluated = try bpb("eval", "a:b,c \"d\".bpbm", "test", "--format", "json")
    #expect(try results(evaluated).first?["method"]?.string == name)
    #expect(try results(bpb("eval", name, "test", "--format", "json")).count == 1)
  }
}
