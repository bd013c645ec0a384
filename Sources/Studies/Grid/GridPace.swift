public import BPBCore
public import Measuring
import NeuralModels

/// How long rows of a grid take on this machine, as trials just showed; and how fast its kernels are at their best.
public struct GridPace: Sendable {
  /// By family and size.
  private var trials: [String: GridTrial] = [:]
  /// Floating-point operations in a second that one core reaches on the product that suits its kernels best.
  public private(set) var peak = 0.0

  /// A pace of which nothing is known: rows take what they took elsewhere.
  public init() {}

  /// Trains every network of `study` for a moment.
  ///
  /// - Throws: what training throws.
  public init(
    of study: GridStudy, on text: StudyText, preset: StudyPreset, clock: any RunClock
  ) throws(BPBError) {
    try self.init(study.rows(on: text, preset: preset, seed: 1), clock)
  }

  /// Trains the network of each of `rows` for a moment.
  init(_ rows: [GridRow], _ clock: any RunClock) throws(BPBError) {
    peak = KernelPeak.measure(
      kernels: NeuralRuntime.current.kernels, seconds: 2 * GridTrial.seconds, now: clock.now)
    for row in rows where trials[Self.key(row)] == nil {
      trials[Self.key(row)] = try GridTrial(row, clock)
    }
  }

  private static func key(_ row: GridRow) -> String { "\(row.family.rawValue) \(row.size)" }

  /// Seconds of one core for all points of `row`.
  func seconds(_ row: GridRow) -> Double { row.seconds(trials[Self.key(row)]) }

  /// Seconds that one core takes to learn from a byte by whole batches; nil of what was not tried.
  func secondsPerByte(_ row: GridRow) -> Double? {
    let batch = GridRow.batchBytes
    return trials[Self.key(row)].map { $0.seconds(bytes: batch, steps: 1) / Double(batch) }
  }
}

/// What one core takes for a step, and for each byte that it learns from in it.
struct GridTrial: Sendable, Equatable {
  var secondsPerStep: Double
  var secondsPerByte: Double

  /// Seconds of one trial.
  static let seconds = 0.08

  /// Takes steps of the smallest and of whole batches.
  ///
  /// - Throws: what training throws.
  init(_ row: GridRow, _ clock: any RunClock) throws(BPBError) {
    let whole = try Self.step(row.steadyPlan(whole: true), clock)
    let small = try Self.step(row.steadyPlan(whole: false), clock)
    self.init(whole: whole, small: small)
  }

  /// From the bytes and seconds of a step of either kind. Noise may not make a step or a byte cost less than nothing.
  init(whole: (bytes: Int, seconds: Double), small: (bytes: Int, seconds: Double)) {
    let most = whole.seconds / Double(whole.bytes)
    let slope = (whole.seconds - small.seconds) / Double(whole.bytes - small.bytes)
    secondsPerByte = min(max(slope, 0), most)
    secondsPerStep = whole.seconds - secondsPerByte * Double(whole.bytes)
  }

  func seconds(bytes: Int, steps: Int) -> Double {
    secondsPerByte * Double(bytes) + secondsPerStep * Double(steps)
  }

  private static func step(
    _ plan: TrainingPlan, _ clock: any RunClock
  ) throws(BPBError) -> (bytes: Int, seconds: Double) {
    let trainer = try Trainer(
      plan, text: GridSource.sentences(1 << 16, seed: 1),
      kernels: NeuralRuntime.current.kernels, team: ThreadTeam(threads: 1))
    // The quickest step: other work beside it only ever makes one slower.
    var least = Double.infinity
    let end = clock.now() + seconds
    repeat {
      let start = clock.now()
      _ = try trainer.step()
      least = min(least, clock.now() - start)
    } while clock.now() < end || trainer.steps < 3
    return (plan.bytes(steps: 1), least)
  }
}
