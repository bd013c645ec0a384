public import BPBCore
public import Measuring
import NeuralModels

/// How long rows of a grid take on this machine, as trials just showed; and how fast its kernels are at their best.
public struct GridPace: Sendable {
  /// Seconds that one core takes to learn from a byte, by family and size.
  private var secondsPerByte: [String: Double] = [:]
  /// Floating-point operations in a second that one core reaches on the product that suits its kernels best.
  public private(set) var peak = 0.0

  /// Seconds of one trial.
  private static let trial = 0.08

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
      kernels: NeuralRuntime.current.kernels, seconds: 2 * Self.trial, now: clock.now)
    for row in rows where secondsPerByte[Self.key(row)] == nil {
      secondsPerByte[Self.key(row)] = try Self.trial(row, clock)
    }
  }

  private static func key(_ row: GridRow) -> String { "\(row.family.rawValue) \(row.size)" }

  private static func trial(_ row: GridRow, _ clock: any RunClock) throws(BPBError) -> Double {
    let trainer = try Trainer(
      row.steadyPlan, text: GridSource.sentences(1 << 16, seed: 1),
      kernels: NeuralRuntime.current.kernels, team: ThreadTeam(threads: 1))
    // The quickest step: other work beside it only ever makes one slower.
    var least = Double.infinity
    let end = clock.now() + trial
    repeat {
      let start = clock.now()
      _ = try trainer.step()
      least = min(least, clock.now() - start)
    } while clock.now() < end || trainer.steps < 3
    return least / Double(trainer.plan.batchBytes)
  }

  /// Seconds of one core for all points of `row`.
  func seconds(_ row: GridRow) -> Double {
    row.seconds(learningByte: secondsPerByte(row))
  }

  /// Seconds that one core takes to learn from a byte; nil of what was not tried.
  func secondsPerByte(_ row: GridRow) -> Double? { secondsPerByte[Self.key(row)] }
}
