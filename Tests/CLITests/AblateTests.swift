import SystemPackage
import Testing
import _TestSupport

/// `bpb ablate`.
@Suite struct AblateTests {
  private let scratch: TemporaryDirectory

  init() throws {
    scratch = try TemporaryDirectory()
    try scratch.write(prose(3000), to: "text")
  }

  private func ablate(_ words: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(
      ["ablate", "text", "-m", "mix:fast:memory=1MiB"] + words, in: scratch.path)
  }

  @Test func everyPartIsLeftOutOnce() throws {
    let outcome = try ablate("--format", "csv")
    outcome.expect(0)
    let table = rows(ofCSV: outcome.text)
    #expect(table[0] == ["method", "without", "coded_bytes", "more_bytes"])
    #expect(Set(table.map(\.count)) == [4])
    let whole = try #require(Int(table[1][2]))
    #expect(table[1][1].isEmpty && table[1][3] == "0")
    let parts = table.dropFirst(2)
    // Eleven contexts, six of what is no text, nine and two whose weights add up, five for ideographs, a match and four selectors.
    #expect(Set(parts.map { $0[1] }).count == 38 && parts.count == 38)
    for row in parts { #expect(Int(row[2])! - whole == Int(row[3])!, "\(row)") }
    let more = parts.map { Int($0[3])! }
    #expect(more == more.sorted(by: >))

    // Each of them is the size that the method has anywhere.
    let other = try CommandRunner.bpb(
      "compare", "text", "-m", "mix:fast:memory=1MiB:without=\(parts.first![1])", "--format",
      "csv", in: scratch.path)
    #expect(other.text.contains(",\(parts.first![2]),"))
  }

  @Test func theTableFits() throws {
    let outcome = try ablate("--records", "ablation.jsonl")
    outcome.expect(0)
    #expect(outcome.text.contains("mix:fast:memory=1MiB: "))
    #expect(outcome.text.contains("by-match") && outcome.text.contains("line-head") == false)
    #expect(outcome.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let again = try ablate("--records", "ablation.jsonl")
    again.expect(0, saying: "39 of 39 cells taken from the records")
    #expect(again.output == outcome.output)
  }

  @Test func whatHasNoPartsIsSaid() throws {
    try CommandRunner.bpb("ablate", "text", "-m", "ppm", in: scratch.path)
      .expect(64, saying: "has no parts to be left out one by one")
    try CommandRunner.bpb("ablate", "text", "-m", "mix:without=word-1", in: scratch.path)
      .expect(64, saying: "is without a part already")
    try CommandRunner.bpb("ablate", "nothing-here", in: scratch.path).expect(66)
    try CommandRunner.bpb("ablate", in: scratch.path).expect(64)
  }
}
