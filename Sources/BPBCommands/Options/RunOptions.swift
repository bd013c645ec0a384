import ArgumentParser
import BitsPerByte
import SystemPackage

/// What every measuring command may use of the machine, and where it keeps its records.
struct RunOptions: ParsableArguments {
  @Option(
    name: [.customShort("j"), .long], help: "Measurements made at a time; default is one a core.")
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "Most memory that methods may take together, as in 4GiB; default is three quarters of the "
        + "machine's.", valueName: "size"))
  var memoryLimit: String?

  @Option(
    help: ArgumentHelp(
      "Append each measurement to this file, and take over those already there.",
      valueName: "file"),
    completion: .file(extensions: ["jsonl"]))
  var records: String?

  @Flag(help: "Measure again what --records holds already.")
  var fresh = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
    if let memoryLimit, ByteSize.parse(memoryLimit) == nil {
      throw ValidationError("--memory-limit takes a size as in 4GiB, not '\(memoryLimit)'")
    }
  }

  /// The records file, opened; nil if none is kept.
  func appender() throws(BPBError) -> RecordsAppender? {
    guard let records else { return nil }
    let appender = try RecordsAppender(FilePath(argument: records))
    appender.records.notices.forEach(Terminal.notice)
    return appender
  }

  /// - Parameter alone: whether nothing may run beside a measurement.
  func scheduler(alone: Bool = false) -> Scheduler {
    let limit = memoryLimit.flatMap(ByteSize.parse) ?? Machine.memoryBytes / 4 * 3
    return Scheduler(jobs: alone ? 1 : jobCount, memoryLimit: limit)
  }

  /// Measurements made at a time.
  var jobCount: Int { jobs ?? Machine.cores }
}
