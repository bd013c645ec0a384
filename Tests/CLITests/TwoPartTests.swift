import SystemPackage
import Testing
import _TestSupport

/// Models in two-part accounts, as a user meets them: trained on the block, or sent along with it.
@Suite struct TwoPartTests {
  private let scratch: TemporaryDirectory
  private static let tiny = "transformer:layers=1:width=8:heads=2:context=16"
  private static let learner = "neural:[\(tiny)]:steps=4"

  init() throws {
    scratch = try TemporaryDirectory()
    try scratch.write(prose(3000), to: "text")
    try scratch.write(prose(4000).suffix(700), to: "test")
  }

  private func bpb(_ words: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(words, in: scratch.path)
  }

  private func train() throws {
    try bpb(
      "train", Self.tiny, "text", "-o", "m.safetensors", "--steps", "40", "--batch", "4"
    ).expect(0)
  }

  @Test func whatIsTrainedOnTheBlockIsTheSameFileEverywhere() throws {
    try bpb("compress", "test", "-m", Self.learner, "-o", "a.bpb", "--threads", "2").expect(0)
    try bpb(
      "compress", "test", "-m", Self.learner, "-o", "b.bpb", "--kernels", "portable", "--threads",
      "1"
    ).expect(0)
    #expect(try scratch.read("a.bpb") == scratch.read("b.bpb"))
    try bpb("decompress", "a.bpb", "-o", "back", "--kernels", "portable").expect(0)
    #expect(try scratch.read("back") == scratch.read("test"))
  }

  @Test func theAccountTellsItsParts() throws {
    let outcome = try bpb("compare", "test", "-m", "\(Self.learner),kn:2", "--format", "json")
    outcome.expect(0)
    let rows = try JSON(parsing: outcome.text)["results"]?.items ?? []
    #expect(rows.count == 2)
    for row in rows {
      let part = try #require(row["two_part"])
      let parts = ["model_bytes", "residual_bytes", "framing_bytes"].map { part[$0]?.number ?? 0 }
      #expect(parts.allSatisfy { $0 > 0 } && parts.reduce(0, +) == row["coded_bytes"]?.number)
      #expect(part["model_is_sent"] == .bool(true) && row["verified"] == .bool(true))
      #expect(row["bits_per_byte"] == row["bits_per_byte_with_model"])
    }
    let table = try bpb("compare", "test", "-m", Self.learner, "--no-speed")
    table.expect(0)
    #expect(table.text.contains("'sent model'") && table.text.contains("parameters"))
  }

  @Test func aModelThatIsSentDecodesWithoutItsFile() throws {
    try train()
    try bpb("compress", "test", "-m", "model:m.safetensors:embed=true:stride=4", "-o", "t.bpb")
      .expect(0)
    let size = try scratch.read("m.safetensors").count
    #expect(try scratch.read("t.bpb").count > size)
    try scratch.write([], to: "m.safetensors")
    try bpb("decompress", "t.bpb", "-o", "back").expect(0)
    #expect(try scratch.read("back") == scratch.read("test"))
    try bpb("compress", "test", "-m", "model:embed=true", "-o", "u.bpb")
      .expect(64, saying: "says no file")
  }

  /// Whether a model's file is charged besides, or its bytes are coded: the table ranks both alike.
  @Test func rowsAreRankedByBothParts() throws {
    try train()
    let outcome = try bpb(
      "compare", "test", "-m", "store,model:m.safetensors,model:m.safetensors:embed=true",
      "--format", "json", "--records", "run")
    outcome.expect(0)
    let rows = try JSON(parsing: outcome.text)["results"]?.items ?? []
    #expect(rows.first?["method"] == .string("store"))
    let totals = rows.dropFirst().map { $0["bits_per_byte_with_model"]?.number ?? 0 }
    #expect(totals.count == 2 && totals[0] > 8 && abs(totals[0] - totals[1]) < 0.05)
    let records = String(decoding: try scratch.read("run"), as: UTF8.self)
    #expect(records.contains("\"model_sha256\":\"") && records.contains("\"parameters\":"))
    #expect(records.contains("\"sent_model_bytes\":\(try scratch.read("m.safetensors").count)"))
  }

  @Test func whatItLearnedFromIsFlagged() throws {
    try train()
    for method in ["model:m.safetensors", "model:m.safetensors:embed=true"] {
      let outcome = try bpb("compare", "text", "test", "-m", method, "--no-speed")
      outcome.expect(0)
      #expect(outcome.text.contains("WARNING: \(method) learned from text"))
    }
    let other = try bpb("compare", "test", "-m", "model:m.safetensors", "--no-speed")
    #expect(!other.text.contains("WARNING"))
  }

  @Test func theStrideIsAnOptionOfEval() throws {
    try train()
    /// Bits per byte of each model that was tried, by name.
    func rates(_ words: [String]) throws -> [String: Double] {
      let outcome = try CommandRunner.bpb(
        ["eval", "m.safetensors", "test", "--format", "json"] + words, in: scratch.path)
      outcome.expect(0)
      let rows = try JSON(parsing: outcome.text)["results"]?.items ?? []
      return rows.reduce(into: [:]) { rates, row in
        if case .string(let name)? = row["method"] { rates[name] = row["bits_per_byte"]?.number }
      }
    }
    let both = try rates(["-m", "model:m.safetensors:stride=1"])
    #expect(both.count == 2)
    let asked = try rates(["--stride", "1"])
    #expect(asked["model:m.safetensors:stride=1"] == both["model:m.safetensors:stride=1"])
    #expect(both["model:m.safetensors"] != both["model:m.safetensors:stride=1"])
    try bpb("eval", "m.safetensors", "test", "--stride", "17").expect(64, saying: "stride=16")
    try bpb("eval", "m.safetensors", "test", "--stride", "0").expect(64, saying: "--stride")
  }

  @Test(arguments: [
    ("neural:5k", "3k"), ("neural:[gru:breadth=3]", "breadth"),
    ("neural:[gru:width=8]:stride=4", "reads on without"), ("neural:3k:bits=24", "0 to 23"),
    ("neural:[kn:3]", "no such kind of network"), ("neural:3k:stride=257", "stride=256"),
  ])
  func whatCannotBeIsSaid(method: String, saying: String) throws {
    try bpb("compress", "test", "-m", method, "-o", "x").expect(64, saying: saying)
  }

  @Test func aCurveTakesItApart() throws {
    try scratch.write(prose(42_000), to: "longer")
    try bpb(
      "scale", "longer", "-m", Self.learner, "--windows", "1", "--points-per-decade", "1",
      "--records", "run"
    ).expect(0)
    let records = String(decoding: try scratch.read("run"), as: UTF8.self)
    #expect(records.contains("\"residual_bytes\":"))
  }
}
