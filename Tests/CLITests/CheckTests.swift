import SystemPackage
import Testing
import _TestSupport

/// Every exit code of `bpb check`, on a corpus of its own.
@Suite struct CheckTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try smallCorpus() }

  private func check(_ words: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(["check", "corpus", "--baseline", "b.csv"] + words, in: scratch.path)
  }

  private func makeBaseline() throws {
    try check("--update", "-m", "store,ngram:2").expect(0, saying: "")
  }

  /// Replaces the coded size of ngram:2 on a.txt by `change` of it.
  private func changeRow(_ change: (Int) -> Int) throws {
    let lines = try scratch.text("b.csv").split(separator: "\n").map { line in
      var fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      if fields[0] == "a.txt", fields[1] == "ngram:2" { fields[4] = "\(change(Int(fields[4])!))" }
      return fields.joined(separator: ",") + "\n"
    }
    try scratch.write(lines.joined(), to: "b.csv")
  }

  @Test func withoutABaselineThereIsNothingToHold() throws {
    let outcome = try check()
    outcome.expect(5)
    #expect(outcome.text.contains("--update"))
    #expect(!scratch.has("b.csv"))
  }

  @Test func whatWasMeasuredHolds() throws {
    try makeBaseline()
    let before = try scratch.read("b.csv")
    let outcome = try check()
    outcome.expect(0)
    #expect(outcome.text.contains("held: 6 of 6 sizes; limit exact"))
    #expect(try scratch.read("b.csv") == before)
    try check("--update").expect(0)
    #expect(try scratch.read("b.csv") == before)
  }

  @Test func aRegressionFailsUnlessTolerated() throws {
    try makeBaseline()
    try changeRow { $0 - 1 }
    let outcome = try check()
    outcome.expect(2)
    #expect(outcome.text.contains("REGRESSION ngram:2 on a.txt"))
    #expect(outcome.text.contains("limit exact"))
    try check("--tolerance", "1B").expect(0)
    try check("--tolerance", "50%").expect(0)
    try check("--tolerance", "ngram:2=1B").expect(0)
    try check("--tolerance", "store=1B").expect(2)
  }

  @Test func anImprovementFailsWhenStrict() throws {
    try makeBaseline()
    try changeRow { $0 + 1 }
    try check().expect(0)
    try check("--strict").expect(4)
    try check("--strict", "--tolerance", "1B").expect(0)
  }

  @Test func changedNewAndMissingInputsAreNamed() throws {
    try makeBaseline()
    try scratch.write(prose(3001), to: "corpus/a.txt")
    try scratch.write("new", to: "corpus/new")
    let outcome = try check()
    outcome.expect(6)
    #expect(outcome.text.contains("CHANGED a.txt") && outcome.text.contains("NEW new"))
    let missing = try check("--exclude", "sub", "--exclude", "new")
    missing.expect(6)
    #expect(missing.text.contains("MISSING sub/b.bin"))
    try check("--exclude", "new", "--changed", "compare-bpb", "--tolerance", "1%").expect(0)
  }

  @Test func aMethodThatFailsIsNeverHeld() throws {
    try check("--update", "--command", "copy=cat; cat").expect(0)
    let outcome = try check("--command", "copy=cat; tr a b")
    outcome.expect(1)
    #expect(outcome.text.contains("copy on a.txt"))
  }

  @Test func versionsAreAWarningOrAFailure() throws {
    try makeBaseline()
    let rows = try scratch.text("b.csv").split(separator: "\n").map { line in
      line.contains("ngram:2") ? line.dropLast(1) + "0" : line
    }
    try scratch.write(rows.joined(separator: "\n") + "\n", to: "b.csv")
    let warning = try check()
    warning.expect(0)
    #expect(warning.text.contains("ngram:2"))
    try check("--versions", "fail").expect(2)
  }

  @Test func damagedBaselinesAreRefused() throws {
    try scratch.write("path,method\n", to: "b.csv")
    try check().expect(65, saying: "b.csv")
    try makeSureNothingIsOverwritten()
  }

  private func makeSureNothingIsOverwritten() throws {
    try check("--update").expect(65, saying: "b.csv")
    #expect(try scratch.text("b.csv") == "path,method\n")
  }

  @Test func formatsForMachines() throws {
    try makeBaseline()
    try changeRow { $0 - 1 }
    let github = try check("--format", "github", "--junit", "j.xml")
    github.expect(2)
    #expect(github.text.contains("::error file=corpus/a.txt,"))
    let xml = try scratch.text("j.xml")
    #expect(xml.contains("tests=\"6\" failures=\"1\"") && xml.contains("type=\"regression\""))
    try check("--format", "junit", "-o", "k.xml").expect(2)
    #expect(try scratch.text("k.xml") == xml)
  }

  @Test func theBaselineMayLieAmongTheInputs() throws {
    let words = ["check", "corpus", "--baseline", "corpus/b.csv"]
    try CommandRunner.bpb(words + ["--update", "-m", "store"], in: scratch.path).expect(0)
    let outcome = try CommandRunner.bpb(words, in: scratch.path)
    outcome.expect(0)
    #expect(outcome.text.contains("held: 3 of 3"))
  }
}
