import BitsPerByte
import Reports

/// What `bpb train` says of a network that it trained.
struct NeuralTrainingAccount {
  let outcome: NeuralTrainingRun.Outcome
  /// The file's name as it was given, and its size.
  let file: String
  let fileBytes: Int
  /// What the model pays for the held-out part; nil without one.
  let heldOut: Estimate?

  private var plan: TrainingPlan { outcome.plan }
  private var name: String { SafeText.escape(argument: file) }
  private var speed: Double { Double(outcome.bytesSeen) / max(outcome.seconds, 1e-9) }
  private var flopsPerSecond: Double {
    speed * plan.architecture.trainingFLOPsPerByte(time: plan.time)
  }
  private var learnedBytes: Int { outcome.metadata.learnedBytes ?? 0 }
  private var epochs: Double { Double(outcome.bytesSeen) / Double(max(learnedBytes, 1)) }
  /// The lowest loss of the tune part.
  private var best: Double? { outcome.log.compactMap(\.tuneLoss).min() }

  /// A few lines for people.
  var lines: String {
    let size = AccountText.size(of: name, bytes: fileBytes, learnedBytes: learnedBytes)
    let held = heldOut.map { AccountText.held($0, byteCount: outcome.heldOut.count) }
    return AccountText.lines(
      [learned, pace, size] + [watched, held].compactMap(\.self)
        + [outcome.verdict?.sentence ?? TrainingVerdict.unknown, AccountText.next(name)])
  }

  private var learned: String {
    let count = NumberFormat.grouped(plan.architecture.parameterCount)
    return "\(plan.architecture): \(count) parameters, "
      + "\(NumberFormat.grouped(outcome.metadata.steps ?? 0)) steps of \(plan.sequences) x \(plan.time) "
      + "bytes, \(NumberFormat.fixed(epochs, decimals: 2)) epochs of "
      + "\(NumberFormat.grouped(learnedBytes)) bytes"
  }

  private var pace: String {
    "in \(NumberFormat.duration(outcome.seconds)): "
      + "\(NumberFormat.fixed(speed / 1000, decimals: 1)) kB/s, "
      + "\(NumberFormat.fixed(flopsPerSecond / 1e9, decimals: 0)) GFLOP/s, "
      + "\(plan.precision.rawValue), \(outcome.kernels.name)"
  }

  private var watched: String? {
    best.map {
      "tune part: \(NumberFormat.fixed($0, decimals: 4)) bits per byte at its lowest, whose weights are kept"
    }
  }

  /// The same for programs.
  var json: JSONValue {
    .object([
      ("schema", .integer(1)), ("method", .string(plan.architecture.description)),
      ("version", .string(FrozenNetwork.version)), ("file", .string(name)),
      ("file_bytes", .integer(fileBytes)),
      ("parameters", .integer(plan.architecture.parameterCount)),
      ("learned_bytes", .integer(learnedBytes)),
      ("seen_bytes", .integer(outcome.bytesSeen)), ("steps", .integer(outcome.metadata.steps ?? 0)),
      ("seconds", .number(outcome.seconds)), ("bytes_per_second", .number(speed)),
      ("gflops", .number(flopsPerSecond / 1e9)), ("options", .string(plan.options)),
      ("kernels", .string(outcome.kernels.name)),
      ("tune_bits_per_byte", .optional(best)),
      ("held_out", AccountText.json(heldOut, byteCount: outcome.heldOut.count)),
      ("verdict", .optional(outcome.verdict?.name)),
      ("overfits_since_step", .optional(outcome.verdict?.turningStep)),
      ("gain_of_twice_the_steps", .optional(outcome.verdict?.gain)),
    ])
  }
}
