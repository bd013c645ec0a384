import ArgumentParser

/// What of a corpus is measured, and for how long.
struct ScaleOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Sizes in each power of ten.", valueName: "count"))
  var pointsPerDecade: Int = 4

  @Option(
    help: ArgumentHelp(
      "Windows that small sizes are averaged over; the first begins with the stream.",
      valueName: "count"))
  var windows: Int = 8

  @Option(help: "Of the order of documents, the split and the windows.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "Seconds that the run may take: slow methods then stop at smaller sizes.",
      valueName: "seconds"))
  var maxTime: Int?

  @OptionGroup var running: RunOptions

  func validate() throws {
    if !(1...20).contains(pointsPerDecade) {
      throw ValidationError("--points-per-decade goes from 1 to 20")
    }
    if !(1...64).contains(windows) { throw ValidationError("--windows goes from 1 to 64") }
    if let maxTime, maxTime < 1 { throw ValidationError("--max-time must be at least 1") }
  }
}
