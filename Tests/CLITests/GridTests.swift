import SystemPackage
import Testing
import _TestSupport

/// `bpb grid` and `bpb plan`, as far as they go in a few seconds.
@Suite struct GridTests {
  private let scratch: TemporaryDirectory

  init() throws {
    scratch = try TemporaryDirectory()
    try scratch.write(prose(400_000), to: "text")
  }

  /// A debug build's kernels are a hundredth as fast: a few steps between two looks at the clock take half a minute there.
  private func grid(_ words: String...) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(["grid"] + words, in: scratch.path, seconds: 180)
  }

  @Test func whatIsAskedForIsChecked() throws {
    try grid("text", "--sizes", "3k,7k").expect(64, saying: "not '7k'")
    try grid("text", "--sizes", ",").expect(64, saying: "--sizes names no size")
    try grid("text", "--families", "table").expect(64, saying: "--families needs a network")
    try grid("text", "--families", "rnn").expect(64, saying: "not 'rnn'")
    try grid("text", "--seeds", "0").expect(64, saying: "--seeds goes from 1 to 100")
    try grid("text", "--max-time", "0").expect(64, saying: "at least 1 second")
    try grid("text", "--emit", "slurm").expect(64, saying: "--emit needs --records")
    try grid("text", "--shard", "1/2").expect(64, saying: "--shard measures a part")
    try grid("text", "--shard", "1/2", "--records", "r", "--max-time", "9")
      .expect(64, saying: "cannot be combined with --shard")
    try grid("none").expect(66, saying: "none: there is no such file")
    try scratch.write(prose(100_000), to: "little")
    try grid("little").expect(66, saying: "too few for any cell of the grid")
  }

  /// The plan and what it can conclude are said first; what there is no time for is left out, and missing cells are named.
  @Test func aRunWithoutTimeSaysSo() throws {
    let outcome = try grid("text", "--max-time", "1", "-j", "1", "--records", "r")
    outcome.expect(0, saying: "sizes are left out to keep to --max-time")
    outcome.expect(0, saying: "the law of size and data: five constants from")
    #expect(
      outcome.text.contains("cells were not measured; with --records the same command goes on"))
    #expect(try CommandRunner.bpb("report", "r", in: scratch.path).output == outcome.output)
    try CommandRunner.bpb("plan", "r", in: scratch.path)
      .expect(65, saying: "r: holds too few cells of a grid for a law of size and data")
  }

  /// Each job of a list measures a shard of its own, and neither list leaves records behind.
  @Test func jobsAreListed() throws {
    let words = [
      "text", "--sizes", "3k,10k", "--seeds", "1", "--records", "a grid.jsonl", "-j", "2",
    ]
    let script = try CommandRunner.bpb(["grid"] + words + ["--emit", "slurm"], in: scratch.path)
    script.expect(0)
    #expect(script.text.contains("#SBATCH --array=1-4\n"))
    #expect(script.text.contains("#SBATCH --cpus-per-task=2\n"))
    #expect(script.text.contains(" grid text --sizes 3k,10k --seeds 1 \\\n"))
    #expect(script.text.contains("--shard \"$SLURM_ARRAY_TASK_ID/4\" -j 2"))
    #expect(script.text.contains("--records 'a grid'-\"$SLURM_ARRAY_TASK_ID\".jsonl"))
    let lines = try CommandRunner.bpb(["grid"] + words + ["--emit=jsonl"], in: scratch.path)
    let jobs = try lines.text.split(separator: "\n").map { try JSON(parsing: String($0)) }
    #expect(jobs.map { $0["index"]?.number } == [1, 2, 3, 4])
    let cells = jobs.flatMap { $0["cells"]?.items.compactMap(\.string) ?? [] }
    #expect(Set(cells).count == cells.count && cells.count == 19)
    #expect(jobs[1]["command"]?.items.last?.string == "a grid-2.jsonl")
    #expect(!scratch.has("a grid.jsonl"))
  }

  @Test func aPlanNeedsAGrid() throws {
    try scratch.write([], to: "empty")
    func plan(_ words: String...) throws -> CommandRunner.Outcome {
      try CommandRunner.bpb(["plan"] + words, in: scratch.path)
    }
    try plan("none").expect(66, saying: "none: cannot be read")
    try plan("text").expect(65, saying: "is not a records file")
    try CommandRunner.bpb("compare", "text", "-m", "store", "--records", "r", in: scratch.path)
      .expect(0)
    try plan("r").expect(66, saying: "r: holds no grid")
    try plan("r", "--operations", "1e9", "--minutes", "3").expect(64, saying: "give one")
    try plan("r", "--loss", "2", "--minutes", "3").expect(64, saying: "asks for the computation")
    try plan("r", "--bytes", "0").expect(64, saying: "--bytes takes a size")
    try plan("r", "--parameters", "nan").expect(64, saying: "--parameters takes a positive number")
  }
}
