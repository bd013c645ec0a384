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
  private var epochs: Double {
    Double(outcome.bytesSeen) / Double(max(outcome.metadata.learnedBytes ?? 1, 1))
  }

  /// A few lines for people.
  var lines: String {
    ([learned, pace, size] + [watched, held, verdict].compactMap(\.self))
      .flatMap { TextWrap.lines($0, width: Terminal.width) }.map { $0 + "\n" }.joined()
  }

  private var learned: String {
    let count = NumberFormat.grouped(plan.architecture.parameterCount)
    return "\(plan.architecture): \(count) parameters, "
      + "\(NumberFormat.grouped(outcome.metadata.steps ?? 0)) steps of \(plan.sequences) x \(plan.time) "
      + "bytes, \(NumberFormat.fixed(epochs, decimals: 2)) epochs of "
      + "\(NumberFormat.grouped(outcome.metadata.learnedBytes ?? 0)) bytes"
  }

  private var pace: String {
    "in \(NumberFormat.duration(outcome.seconds)): "
      + "\(NumberFormat.fixed(speed / 1000, decimals: 1)) kB/s, "
      + "\(NumberFormat.fixed(flopsPerSecond / 1e9, decimals: 0)) GFLOP/s, "
      + "\(plan.precision.rawValue), \(outcome.kernels.name)"
  }

  private var size: String {
    let learned = max(outcome.metadata.learnedBytes ?? 1, 1)
    let rate = 8 * Double(fileBytes) / Double(learned)
    return "\(name): \(NumberFormat.grouped(fileBytes)) bytes, "
      + "\(NumberFormat.fixed(rate, decimals: 3)) bits for each byte learned from"
  }

  private var watched: String? {
    let losses = outcome.log.compactMap(\.heldOutLoss)
    guard let best = losses.min() else { return nil }
    return "tune part: \(NumberFormat.fixed(best, decimals: 4)) bits per byte at its lowest"
  }

  private var held: String? {
    heldOut.map { estimate in
      let figures = [estimate.value, estimate.interval.low, estimate.interval.high].map {
        NumberFormat.fixed($0, decimals: 4)
      }
      return
        "held out: \(figures[0]) bits per byte, 95 % interval \(figures[1]) to \(figures[2]), on "
        + "\(NumberFormat.grouped(outcome.heldOut.count)) bytes that it did not see"
    }
  }

  private var verdict: String? {
    switch outcome.verdict {
    case .underFits:
      "It under-fits: both losses were still falling at the end; more time would have helped."
    case .overFits(let step, let lowest, let last):
      "It over-fits since step \(step): the training loss went on falling while the tune part's rose "
        + "from \(NumberFormat.fixed(lowest, decimals: 3)) to \(NumberFormat.fixed(last, decimals: 3))."
    case .settled, nil: nil
    }
  }

  /// The same for programs.
  var json: JSONValue {
    .object([
      ("schema", .integer(1)), ("method", .string(plan.architecture.description)),
      ("version", .string(FrozenNetwork.version)), ("file", .string(name)),
      ("file_bytes", .integer(fileBytes)),
      ("parameters", .integer(plan.architecture.parameterCount)),
      ("learned_bytes", .integer(outcome.metadata.learnedBytes ?? 0)),
      ("seen_bytes", .integer(outcome.bytesSeen)), ("steps", .integer(outcome.metadata.steps ?? 0)),
      ("seconds", .number(outcome.seconds)), ("bytes_per_second", .number(speed)),
      ("gflops", .number(flopsPerSecond / 1e9)), ("options", .string(plan.options)),
      ("kernels", .string(outcome.kernels.name)),
      (
        "tune_bits_per_byte",
        outcome.log.compactMap(\.heldOutLoss).min().map(JSONValue.number) ?? .null
      ),
      (
        "held_out",
        heldOut.map {
          .object([
            ("bytes", .integer(outcome.heldOut.count)), ("bits_per_byte", .number($0.value)),
            ("low", .number($0.interval.low)), ("high", .number($0.interval.high)),
          ])
        } ?? .null
      ),
    ])
  }
}
