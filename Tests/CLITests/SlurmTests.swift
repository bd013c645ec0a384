import SystemPackage
import Testing
import _TestSupport

/// The grid as a job array of a real queue. Networks learn a hundred times slower in a debug build.
@Suite struct SlurmTests {
  #if DEBUG
  private static let isOptimised = false
  #else
  private static let isOptimised = true
  #endif

  private let scratch: TemporaryDirectory

  init() throws { scratch = try TemporaryDirectory() }

  /// A task is killed in its middle and queued again; the joined records show what one run shows, to the byte.
  @Test(
    .enabled(if: isOptimised, "the build is not optimised"),
    .enabled(if: SlurmCluster.isInstalled, "slurmctld, slurmd and sbatch are not all installed"),
    .timeLimit(.minutes(10)))
  func aKilledTaskGoesOn() throws {
    try scratch.write(prose(330_000), to: "text")
    let grid = ["grid", "text", "--sizes", "3k", "--seeds", "1", "-j", "1"]
    let script = try bpb(grid + ["--records", "grid.jsonl", "--emit", "slurm", "-o", "array.sh"])
    script.expect(0)

    let slurm = try SlurmCluster()
    let job = try slurm("sbatch", "--parsable", "array.sh", in: scratch.path).filter(\.isNumber)
    // The first task has the longest row.
    try slurm.wait(seconds: 120) { cells(ofTask: 1) > 0 }
    _ = try slurm("scontrol", "requeue", "\(job)_1")
    try slurm.wait(seconds: 60) {
      try slurm("squeue", "-h", "-r", "-o", "%K %T").contains("1 PENDING")
    }
    let kept = cells(ofTask: 1)
    // A queue lets what it requeued wait; this one need not.
    _ = try slurm("scontrol", "update", "JobId=\(job)_1", "StartTime=now")
    try slurm.wait(seconds: 400) { try slurm("squeue", "-h").isEmpty }
    let log = String(decoding: try scratch.read("grid-1.log"), as: UTF8.self)
    #expect(log.contains("grid: \(kept) of "), "\(log)")
    #expect(log.contains(" cells taken from the records"), "\(log)")

    let parts = (1...9).map { "grid-\($0).jsonl" }.filter { scratch.has(FilePath($0)) }
    try bpb(["records", "merge"] + parts + ["-o", "grid.jsonl"]).expect(0)
    let joined = try bpb(["report", "grid.jsonl"])
    let alone = try bpb(grid + ["--records", "alone.jsonl"], seconds: 400)
    alone.expect(0)
    #expect(joined.output == alone.output)
  }

  private func cells(ofTask task: Int) -> Int {
    let bytes = (try? scratch.read(FilePath("grid-\(task).jsonl"))) ?? []
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .count { $0.contains(#""type":"study""#) }
  }

  private func bpb(_ words: [String], seconds: Int = 30) throws -> CommandRunner.Outcome {
    try CommandRunner.bpb(words, in: scratch.path, seconds: seconds)
  }
}
