import BPBCore
import Reports
import RunRecords
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A training that never was: losses as functions of the step, moved by chance, measured as `bpb train` does.
struct SyntheticTraining {
  var steps = 1000
  var warmUp = 50
  var coolDownShare = 0.3
  /// The share of each loss that the whole cool-down takes off.
  var coolDownGain = 0.05
  /// Standard deviation of each measurement.
  var noise = 0.01
  var train: (Double) -> Double
  var tune: (Double) -> Double

  /// Its log, of about so many lines.
  func records(seed: UInt64, measures: Int = 40) -> [TrainingRecord] {
    var generator = SeededGenerator(seed: seed)
    let interval = max(steps / measures, 1)
    return stride(from: interval, through: steps, by: interval).map { step in
      let share = 1 - coolDownGain * cooled(step)
      return TrainingRecord(
        run: "run", method: "gru", version: "1", corpus: "c", seed: 1, options: "", step: step,
        bytes: 1000 * step,
        trainLoss: train(Double(step)) * share + noise * Self.normal(&generator),
        tuneLoss: tune(Double(step)) * share + noise * Self.normal(&generator),
        learningRate: 0.01 * min(1, Double(step) / Double(warmUp)) * (1 - cooled(step)),
        seconds: Double(step))
    }
  }

  func verdict(seed: UInt64 = 1, measures: Int = 40) -> TrainingVerdict? {
    TrainingVerdict(records(seed: seed, measures: measures))
  }

  /// The part of the cool-down that is over.
  private func cooled(_ step: Int) -> Double {
    let start = Double(steps) * (1 - coolDownShare)
    return coolDownShare > 0 ? max(0, (Double(step) - start) / (Double(steps) - start)) : 0
  }

  /// A draw from the standard normal distribution (Box and Muller, 1958).
  static func normal(_ generator: inout SeededGenerator) -> Double {
    let (a, b) = (
      Double.random(in: 1e-12..<1, using: &generator), Double.random(in: 0..<1, using: &generator)
    )
    return (-2 * log(a)).squareRoot() * cos(2 * .pi * b)
  }
}

@Suite struct TrainingVerdictTests {
  private static let seeds: ClosedRange<UInt64> = 1...40

  private static func falling(_ step: Double) -> Double { 1.5 + 8 * pow(step, -0.35) }
  private static func settling(_ step: Double) -> Double { 2.2 + 300 * pow(step, -1.5) }
  private static func sinking(_ step: Double) -> Double { 3 - 0.002 * step }
  /// Lowest at step 400.
  private static func turning(_ step: Double) -> Double { 2 + 0.3 * pow(log2(step / 400), 2) }

  @Test func lossesThatStillFallAreUnderFitting() throws {
    let training = SyntheticTraining(train: Self.falling, tune: { Self.falling($0) + 0.1 })
    let truth = Self.falling(1000) - Self.falling(2000)
    for seed in Self.seeds {
      guard case .underFits(let step, let gain) = training.verdict(seed: seed) else {
        Issue.record("seed \(seed): \(String(describing: training.verdict(seed: seed)))")
        continue
      }
      #expect(step == 700)
      #expect((truth / 2...truth * 2).contains(gain), "\(gain), in truth \(truth)")
    }
  }

  /// What the cool-down takes off both losses is no sign that more steps would help.
  @Test func aCoolDownAloneIsNoUnderFitting() {
    let training = SyntheticTraining(train: Self.settling, tune: Self.settling)
    for seed in Self.seeds {
      guard case .settled(700, let gain) = training.verdict(seed: seed) else {
        Issue.record("seed \(seed): \(String(describing: training.verdict(seed: seed)))")
        continue
      }
      #expect(gain < 0.022)
    }
  }

  @Test func aRisingTunePartIsOverFitting() {
    let training = SyntheticTraining(coolDownGain: 0.01, train: Self.sinking, tune: Self.turning)
    for seed in Self.seeds {
      guard case .overFits(let step, let lowest, let last) = training.verdict(seed: seed) else {
        Issue.record("seed \(seed): \(String(describing: training.verdict(seed: seed)))")
        continue
      }
      #expect((300...500).contains(step) && lowest < 2.02 && last > 2.4)
    }
  }

  /// A run that stopped improving cools down, which lowers its loss below all before; more steps would not help.
  @Test func aCoolDownDoesNotHideOverFitting() {
    var training = SyntheticTraining(train: Self.sinking, tune: Self.turning)
    training.coolDownGain = 0.3
    guard case .overFits(let step, _, let last) = training.verdict() else {
      Issue.record("\(String(describing: training.verdict()))")
      return
    }
    #expect((300...500).contains(step) && (2.1...2.3).contains(last))
  }

  @Test func bothRisingIsNoOverFitting() {
    let training = SyntheticTraining(
      coolDownGain: 0, train: { 2 + 0.001 * $0 }, tune: { 2 + 0.001 * $0 })
    guard case .worsens = training.verdict() else {
      Issue.record("\(String(describing: training.verdict()))")
      return
    }
  }

  /// Where nothing changes but by chance, little is said: the tests behind each verdict err once in forty times, and there
  /// are two for rises.
  @Test func chanceIsNoVerdict() {
    let training = SyntheticTraining(
      coolDownGain: 0, noise: 0.02, train: Self.sinking, tune: { _ in 2 })
    let verdicts = (1...200).map { training.verdict(seed: $0) }
    let wrong = verdicts.count {
      if case .settled? = $0 { false } else { $0 != nil }
    }
    #expect(wrong <= 10, "\(wrong) of 200")
    #expect(verdicts.count { $0 != nil } > 180)
  }

  @Test func muchNoiseIsSaid() {
    let training = SyntheticTraining(
      noise: 0.5, train: Self.falling, tune: { 2.2 - 0.02 * log2($0) })
    let silent = Self.seeds.count { training.verdict(seed: $0) == nil }
    #expect(silent > 35, "\(silent) of 40")
  }

  @Test func oneDearMeasurementAtTheEndSaysNothing() {
    var records = SyntheticTraining(train: Self.falling, tune: Self.falling).records(seed: 1)
    records[records.count - 1].tuneLoss = 7
    guard case .underFits? = TrainingVerdict(records) else {
      Issue.record("\(String(describing: TrainingVerdict(records)))")
      return
    }
  }

  /// Twelve steps, all of them in the warm-up or the cool-down.
  @Test func aVeryShortRunUnderFits() {
    let training = SyntheticTraining(
      steps: 12, train: { 9 - 0.2 * $0 }, tune: { 9 - 0.2 * $0 })
    guard case .underFits = training.verdict() else {
      Issue.record("\(String(describing: training.verdict()))")
      return
    }
  }

  /// A run that was killed before its cool-down, and the part of a log that a resumed run wrote.
  @Test func partsOfRunsAreJudged() {
    let whole = SyntheticTraining(train: Self.falling, tune: Self.falling).records(seed: 1)
    for part in [whole[..<20], whole[15...]] {
      guard case .underFits? = TrainingVerdict(part) else {
        Issue.record("\(String(describing: TrainingVerdict(part)))")
        continue
      }
    }
  }

  @Test func nothingIsSaidOfACoolDownAlone() {
    var training = SyntheticTraining(warmUp: 1, train: Self.falling, tune: Self.falling)
    training.coolDownShare = 1
    #expect(training.verdict() == nil)
    training.tune = Self.turning
    training.train = Self.sinking
    guard case .overFits? = training.verdict() else {
      Issue.record("a rise is one even while the rate falls")
      return
    }
  }

  @Test func gainsAreSaidAsWellAsTheyAreKnown() {
    let (much, little) = (0.1731, 0.0042)
    #expect(
      TrainingVerdict.underFits(at: 7, gain: much).sentence.hasSuffix(
        "bring about 0.17 bits per byte."))
    #expect(
      TrainingVerdict.settled(at: 7, gain: little).sentence.hasSuffix(
        "bring less than 0.01 bits per byte."))
  }

  @Test func tooFewMeasurementsSayNothing() {
    let training = SyntheticTraining(train: Self.falling, tune: Self.falling)
    #expect(training.verdict(measures: 4) == nil)
    var records = training.records(seed: 1)
    for index in records.indices { records[index].tuneLoss = nil }
    #expect(TrainingVerdict(records) == nil)
    #expect(TrainingVerdict([]) == nil)
  }
}
