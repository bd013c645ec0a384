import ArgumentParser
import BitsPerByte

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

  @OptionGroup var running: RunOptions

  func validate() throws {
    if solid && chunk != nil { throw ValidationError("--solid and --chunk exclude each other") }
    if let chunk, chunkSize == nil {
      throw ValidationError("--chunk takes a positive number of bytes, not '\(chunk)'")
    }
    if repetitions < 1 { throw ValidationError("--repetitions must be at least 1") }
  }

  /// The block policy asked for; nil if none was.
  var policy: BlockPolicy? { solid ? .solid : chunkSize.map(BlockPolicy.chunk) }

  private var chunkSize: Int? {
    chunk.flatMap(ByteSize.parse).flatMap { $0 > 0 ? $0 : nil }
  }

  var recordTiming: CellRecord.Timing { timing ? .alone : .approximate }

  /// Measurements made at a time, of so many in all.
  func jobCount(cells: Int) -> Int { timing ? 1 : max(min(running.jobCount, cells), 1) }

  func scheduler() -> Scheduler { running.scheduler(alone: timing) }

  /// - Parameter advanced: told how much of the expected work was done, in seconds.
  func meter(run: String, advanced: @escaping @Sendable (Double) -> Void) -> CellMeter {
    CellMeter(
      run: run, verifies: !noDecodeCheck, repetitions: timing ? repetitions : 1,
      timing: recordTiming, clock: MonotonicClock(), isCancelled: { Interrupt.endsTask },
      advanced: advanced)
  }
}
