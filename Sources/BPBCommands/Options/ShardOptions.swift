import ArgumentParser
import BitsPerByte

/// Which part of a plan is measured, where it is measured in parts.
struct ShardOptions: ParsableArguments {
  @Option(
    name: .customLong("shard"),
    help: ArgumentHelp(
      "Measure only the i-th of n parts of the plan, as on one of n machines; 'bpb records merge' joins them.",
      valueName: "i/n"))
  var text: String?

  func validate() throws {
    guard let text, shard == nil else { return }
    throw ValidationError(
      "--shard takes i/n, the part i of n with 1 <= i <= n <= \(Shard.most), as in 2/8, not '\(text)'"
    )
  }

  /// The part; nil for all of the plan.
  var shard: Shard? { text.flatMap { Shard($0) } }

  /// Checks what a part can be combined with.
  ///
  /// - Parameters:
  ///   - records: of `--records`, without which a part would be lost.
  ///   - whole: options that only make sense for a whole plan, the first that was given.
  func validate(records: String?, whole: String?) throws {
    guard shard != nil else { return }
    if records == nil {
      throw ValidationError(
        "--shard measures a part, which only --records keeps: name a file of its own for each part, and "
          + "join them by 'bpb records merge'")
    }
    if let whole {
      throw ValidationError(
        "--shard and \(whole) exclude each other: give it to 'bpb report', once the parts are joined"
      )
    }
  }
}
