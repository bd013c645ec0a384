import BitsPerByte
import Charts
import Measuring
import Studies

/// A plan's jobs as a list that an engine runs: one shard a job, each with records of its own.
///
/// A job that was killed and begins again goes on with its records and with what it kept; one that was finished measures
/// nothing more.
struct JobArray {
  /// The forms of the list.
  enum Form: String, CaseIterable {
    /// A batch script with a job array, for sbatch.
    case slurm
    /// A line of JSON for each job.
    case jsonl
  }

  private let jobs: [StudyCell]
  /// The words of the command, without those that say where a job's records and reports go.
  private let words: [String]
  /// Where the joined records are to be; those of job 3 of `grid.jsonl` are `grid-3.jsonl`.
  private let records: String
  private let threads: Int

  /// What the program itself and its libraries need beside a job.
  private static let ownMemory = 256 << 20

  /// The jobs of `plan`, each by the command line that is being carried out.
  ///
  /// - Parameter threads: of each job.
  init(_ plan: StudyPlan, records: String, threads: Int) {
    // In the order in which shards take them.
    jobs = (1...max(plan.cells.count, 1)).compactMap { index in
      Shard(index, of: plan.cells.count)?.part(of: plan.cells).first
    }
    self.records = records
    self.threads = threads
    words = Self.shared(ArgumentBytes.words)
  }

  /// - Throws: `usage` for words that are no text, which a list of jobs could not hold.
  static func checkWords() throws(BPBError) {
    for word in ArgumentBytes.words where ArgumentBytes.bytes(of: word) != Array(word.utf8) {
      throw BPBError(
        .usage, "has bytes that are no text, which a list of jobs cannot hold",
        subject: SafeText.escape(argument: word), advice: "name its directory, or rename it")
    }
  }

  /// `words` without the options that differ between jobs, and their values.
  static func shared(_ words: [String]) -> [String] {
    let dropped: Set = [
      "--emit", "--records", "--output", "-o", "--html", "--svg", "--vega", "--format", "--jobs",
      "-j",
    ]
    var kept: [String] = []
    var dropsNext = false
    for word in words {
      if dropsNext {
        dropsNext = false
      } else if dropped.contains(word) {
        dropsNext = true
      } else if !dropped.contains(where: { $0.hasPrefix("--") && word.hasPrefix($0 + "=") }) {
        kept.append(word)
      }
    }
    return kept
  }

  /// The list in `form`.
  func text(_ form: Form) -> String { form == .slurm ? script : lines }

  // MARK: Slurm

  private var script: String {
    let memory = ((jobs.map(\.memoryNeed).max() ?? 0) + Self.ownMemory) >> 20
    let command = ([CommandLine.arguments[0]] + words).map(Self.quoted).joined(separator: " ")
    return """
      #!/bin/sh
      #SBATCH --job-name=bpb-grid
      #SBATCH --array=1-\(jobs.count)
      #SBATCH --ntasks=1
      #SBATCH --cpus-per-task=\(threads)
      #SBATCH --mem=\(memory)M
      #SBATCH --requeue
      #SBATCH --open-mode=append
      #SBATCH --output=\(stem)-%a.log
      # Submit with sbatch. A task that was killed goes on where it was. When all are done:
      #   bpb records merge \(stem)-*.jsonl -o \(Self.quoted(records))
      #   bpb report \(Self.quoted(records))
      exec \(command) \\
        --shard "$SLURM_ARRAY_TASK_ID/\(jobs.count)" -j \(threads) \\
        --records \(Self.quoted(stem))-"$SLURM_ARRAY_TASK_ID".jsonl

      """
  }

  /// The records' name without what says that it is one.
  private var stem: String {
    records.hasSuffix(".jsonl") ? String(records.dropLast(".jsonl".count)) : records
  }

  /// `word` as a shell reads it.
  static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "-_./,:=+@%".utf8.contains(byte)
      }
    }
    guard !plain || word.isEmpty else { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }

  // MARK: JSON Lines

  private var lines: String {
    jobs.indices.map { index in
      let job = jobs[index]
      let own = [
        "--shard", "\(index + 1)/\(jobs.count)", "-j", "\(threads)", "--records",
        "\(stem)-\(index + 1).jsonl",
      ]
      return JSONValue.object([
        ("index", .integer(index + 1)), ("of", .integer(jobs.count)),
        ("command", .array(([CommandLine.arguments[0]] + words + own).map(JSONValue.string))),
        ("cells", .array(job.names.map(JSONValue.string))),
        ("seconds_about", .number(job.expectedSeconds)),
        ("memory_bytes", .integer(job.memoryNeed + Self.ownMemory)),
      ]).line + "\n"
    }.joined()
  }
}
