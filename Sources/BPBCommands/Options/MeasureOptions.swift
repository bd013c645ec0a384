import ArgumentParser
import BitsPerByte
import SystemPackage

/// How to measure.
struct MeasureOptions: ParsableArguments {
  @Flag(help: "Code all files, in order, as one stream.")
  var solid = false

  @Option(
    help: ArgumentHelp(
      "Code every so many bytes of a file on their own; papers use 2048.", valueName: "bytes"))
  var chunk: String?

  @Flag(help: "Measure one cell at a time, repeatedly, and report median speeds.")
  var timing = false

  @Option(help: "Repetitions of each cell under --timing.")
  var repetitions: Int = 5

  @Flag(help: "Do not decode and compare; the figures are then marked as not verified.")
  var noDecodeCheck = false

  @Option(
    name: [.customShort("j"), .long], help: "Cells measured at a time; default is one a core.")
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "Most memory that methods may take together, as in 4GiB; default is three quarters of the "
        + "machine's.", valueName: "size"))
  var memoryLimit: String?

  @Option(
    help: ArgumentHelp(
      "Append each measured cell to this file, and take over those already there.",
      valueName: "file"),
    completion: .file(extensions: ["jsonl"]))
  var records: String?

  @Flag(help: "Measure again what --records holds already.")
  var fresh = false

  func validate() throws {
    if solid && chunk != nil { throw ValidationError("--solid and --chunk exclude each other") }
    if let chunk, chunkSize == nil {
      throw ValidationError("--chunk takes a positive number of bytes, not '\(chunk)'")
    }
    if repetitions < 1 { throw ValidationError("--repetitions must be at least 1") }
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
    if let memoryLimit, ByteSize.parse(memoryLimit) == nil {
      throw ValidationError("--memory-limit takes a size as in 4GiB, not '\(memoryLimit)'")
    }
  }

  /// The block policy asked for; nil if none was.
  var policy: BlockPolicy? { solid ? .solid : chunkSize.map(BlockPolicy.chunk) }

  private var chunkSize: Int? {
    chunk.flatMap(ByteSize.parse).flatMap { $0 > 0 ? $0 : nil }
  }

  var recordTiming: CellRecord.Timing { timing ? .alone : .approximate }

  /// The records file, opened; nil if none is kept.
  func appender() throws(BPBError) -> RecordsAppender? {
    guard let records else { return nil }
    let appender = try RecordsAppender(FilePath(argument: records))
    appender.records.notices.forEach(Terminal.notice)
    return appender
  }

  func scheduler() -> Scheduler {
    let limit = memoryLimit.flatMap(ByteSize.parse) ?? Machine.memoryBytes / 4 * 3
    return Scheduler(jobs: timing ? 1 : jobs ?? Machine.cores, memoryLimit: limit)
  }

  /// - Parameter advanced: told how much of the expected work was done, in seconds.
  func meter(run: String, advanced: @escaping @Sendable (Double) -> Void) -> CellMeter {
    CellMeter(
      run: run, verifies: !noDecodeCheck, repetitions: timing ? repetitions : 1,
      timing: recordTiming, clock: MonotonicClock(), isCancelled: { Interrupt.endsTask },
      advanced: advanced)
  }
}
