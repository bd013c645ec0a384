import BPBCore
import NeuralModels

/// One network of a grid at growing amounts of data: a trunk at a constant rate, and a cool-down on a branch for each
/// amount.
///
/// The trunk goes through windows of the training part in random order, each once, so that the points differ in how much of one
/// text was seen, not in which. See `docs/design/0009-grid.md`.
struct GridRow: Sendable, Hashable {
  let source: GridSource
  let family: GridFamily
  let size: String
  let architecture: Architecture
  /// The peak learning rate.
  let rate: Double
  let seed: UInt64
  /// Bytes, by rising amounts, each a multiple of a batch.
  let data: [Int]

  /// - Precondition: `family` is one of networks.
  init(
    source: GridSource, family: GridFamily, size: String, rate: Double, seed: UInt64, data: [Int]
  ) {
    (self.source, self.family, self.size) = (source, family, size)
    architecture = family.architecture(size)!
    (self.rate, self.seed, self.data) = (rate, seed, data)
  }

  /// The share of a run in which the rate falls to nothing.
  static let coolDownShare = 0.25
  /// Steps in which the rate rises.
  private static let warmUp = 50
  /// A whole batch, and its shards. The first 256 KiB are read by single shards, up to 1 MiB by two at a time: by whole batches
  /// the smallest amounts of data would be worth 10 % less (`docs/design/0009-grid.md`).
  private static let (sequences, shards) = (8, 4)
  /// Bytes of a sequence.
  static let time = 256
  private static let growth = [1 << 9, (1 << 9) + (3 << 8)]
  /// From here on the rate falls as the fourth root of the bytes that were seen (`docs/design/0009-grid.md`).
  private static let fading = 1 << 16
  /// What every amount of data is a multiple of.
  static let batchBytes = sequences * time
  /// Networks of more parameters than this are spread over cores.
  private static let largeNetwork = 2_000_000
  /// A loss above this is no model of anything.
  private static let mostLoss = 8.5

  /// - Parameter bytes: of the point.
  func name(_ bytes: Int) -> String { "\(prefix) data=\(bytes)" }

  private var prefix: String {
    "text=\(source.rawValue) family=\(family.rawValue) size=\(size) rate=\(rate) seed=\(seed)"
  }

  /// The rate that is used where nothing else is asked for.
  static func usualRate(_ family: GridFamily, _ size: String) -> Double {
    family.architecture(size).map {
      TrainingPlan.usual(for: $0, textBytes: 1 << 20, seed: 1).optimiser.rate
    } ?? 0
  }

  var plan: TrainingPlan {
    var plan = TrainingPlan(
      architecture: architecture, sequences: Self.sequences, time: Self.time, shards: Self.shards,
      optimiser: TrainingPlan.usual(for: architecture, textBytes: 1 << 20, seed: seed).optimiser,
      schedule: Schedule(warmUp: Self.warmUp))
    plan.seed = seed
    plan.optimiser.rate = rate
    plan.optimiser.matrixRate = rate
    plan.growth = Self.growth
    plan.fading = Self.fading
    return plan
  }

  /// The same with batches of one size from the first step: whole ones, or single shards.
  func steadyPlan(whole: Bool) -> TrainingPlan {
    var plan = plan
    plan.growth = whole ? [] : [.max]
    return plan
  }

  // MARK: Costs

  /// Bytes that are learned from between the point before and this one, on the trunk and on the branch.
  private func learnedBytes(_ index: Int) -> Int {
    let own = branch(index)
    let before = index > 0 ? branch(index - 1).lowerBound : 0
    return plan.bytes(steps: own.upperBound) - plan.bytes(steps: before)
  }

  /// Bytes that losses are read on at each point: with and without the cool-down, and for the choice of a rate.
  private static let scoredBytes = 2 * GridSource.testBytes + GridSource.tuneBytes

  /// Floating-point operations of the products between the point before and this one.
  func operations(_ index: Int) -> Double {
    Double(learnedBytes(index)) * architecture.trainingFLOPsPerByte(time: plan.time)
      + Double(Self.scoredBytes) * architecture.forwardFLOPsPerByte(time: plan.time)
  }

  /// Steps likewise.
  private func steps(_ index: Int) -> Int {
    branch(index).upperBound - (index > 0 ? branch(index - 1).lowerBound : 0)
  }

  /// Floating-point operations of the products that make updates orthogonal, between the point before and this one.
  func updateOperations(_ index: Int) -> Double {
    Double(steps(index)) * plan.updateFLOPs
  }

  /// A rough number of seconds of one core for all points.
  ///
  /// - Parameter trial: what this machine takes; if nil, what it took elsewhere.
  func seconds(_ trial: GridTrial? = nil) -> Double {
    data.indices.reduce(0) {
      let bytes = learnedBytes($1)
      let learning =
        trial?.seconds(bytes: bytes, steps: steps($1))
        ?? architecture.trainingSeconds(bytes: bytes, time: plan.time)
      return $0 + learning + architecture.scoringSeconds(bytes: Self.scoredBytes)
    }
  }

  func cell(_ pace: GridPace) -> StudyCell {
    let threads = architecture.parameterCount > Self.largeNetwork ? Self.shards : 1
    return StudyCell(
      data.map(name), expectedSeconds: pace.seconds(self), memoryNeed: 2 * plan.memoryBytes,
      threads: threads
    ) { bench, give throws(BPBError) in
      try GridRun(row: self, bench: bench).measure(give)
    }
  }

  // MARK: Points

  /// Where the point at `index` leaves the trunk to cool down, and where it ends, in steps.
  func branch(_ index: Int) -> Range<Int> {
    let bytes = data[index]
    let end = plan.steps(bytes: bytes)
    return plan.steps(bytes: bytes - Int(Double(bytes) * Self.coolDownShare))..<end
  }

  /// What is known of the point at `index` before it is measured.
  func figures(_ index: Int) -> [String: Double] {
    [
      "parameters": Double(architecture.parameterCount),
      "non_embedding": Double(architecture.nonEmbeddingParameterCount),
      "operations_per_byte": architecture.trainingFLOPsPerByte(time: plan.time),
      "operations": operations(index),
      "update_operations": updateOperations(index),
      "trunk_data": Double(plan.bytes(steps: branch(index).lowerBound)),
    ]
  }

  /// Bits of each stretch of `text` under `weights`.
  ///
  /// - Throws: `methodFailed` if they are no model of anything.
  static func bits(_ weights: Weights, _ text: [UInt8]) throws(BPBError) -> [Double] {
    let bits = FrozenNetwork(weights).score(text.span, blockSize: GridSource.stretchBytes)
    let loss = bits.reduce(0, +) / Double(text.count)
    guard loss.isFinite && loss < mostLoss else {
      throw BPBError(
        .methodFailed, "training diverged: the loss on new text is \(loss) bits a byte")
    }
    return bits
  }
}
