/// How far the training of a network had come at one of its steps: a line of a training log.
///
/// A log is a records file: a run with the policy `TrainingRecord.policy`, whose one method is the
/// network, and then these. A run that was resumed goes on in the same file. A line takes the place of all
/// lines of its training from its step on: of a run that went back to a checkpoint, or began again.
public struct TrainingRecord: Codable, Sendable, Equatable {
  /// Policy of the runs that these records belong to: it takes the place of a block policy.
  public static let policy = "training"

  /// Id of the run that wrote it.
  public var run: String
  /// Canonical name of the architecture, and the version of its method.
  public var method: String
  public var version: String?
  /// SHA-256 of the corpus that is learned from.
  public var corpus: String
  public var seed: UInt64
  /// What else decides the outcome, as optimiser, batch and schedule, in one line.
  public var options: String
  /// Steps made; 0 before the first.
  public var step: Int
  /// Bytes learned from so far, each as often as it was seen.
  public var bytes: Int
  /// Bits per byte that the model paid for what it learned from, the mean since the line before; nil where
  /// nothing was learned since.
  public var trainLoss: Double?
  /// Bits per byte of the tune part, by the model at this step; nil where it was not measured. That part of the corpus is
  /// not learned from, but the weights that are kept are chosen by it: what is held out for a test is another.
  public var tuneLoss: Double?
  /// Learning rate of the step.
  public var learningRate: Double
  /// Seconds of training so far, those before a resumption too.
  public var seconds: Double

  /// Creates a record; see the properties.
  public init(
    run: String, method: String, version: String?, corpus: String, seed: UInt64, options: String,
    step: Int, bytes: Int, trainLoss: Double?, tuneLoss: Double?, learningRate: Double,
    seconds: Double
  ) {
    self.run = run
    self.method = method
    self.version = version
    self.corpus = corpus
    self.seed = seed
    self.options = options
    self.step = step
    self.bytes = bytes
    self.trainLoss = trainLoss
    self.tuneLoss = tuneLoss
    self.learningRate = learningRate
    self.seconds = seconds
  }

  /// Whether this can be: records may come from anywhere.
  var isConsistent: Bool {
    step >= 0 && bytes >= 0
      && [trainLoss, tuneLoss, learningRate, seconds].allSatisfy { $0 ?? 0 >= 0 }
  }

  enum CodingKeys: String, CodingKey {
    case run, method, version, corpus, seed, options, step, bytes
    case trainLoss = "train_bpb"
    case tuneLoss = "tune_bpb"
    case learningRate = "learning_rate"
    case seconds
  }
}

extension TrainingRecord {
  /// What was trained, and how: lines of one key are one curve.
  public struct Key: Hashable, Sendable {
    public var method: String
    public var version: String?
    public var corpus: String
    public var seed: UInt64
    public var options: String
  }

  /// The curve that this is a point of.
  public var key: Key {
    Key(method: method, version: version, corpus: corpus, seed: seed, options: options)
  }
}
