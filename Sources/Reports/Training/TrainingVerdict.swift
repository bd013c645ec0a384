import Evidence
public import RunRecords

/// What the two losses of a training say of its length and size.
///
/// A cool-down of the learning rate lowers both losses whatever they did before, so that whether they still fall is read
/// from the steps up to the last at the full rate. That the tune part's loss rises is evidence wherever it happens.
public enum TrainingVerdict: Sendable, Equatable {
  /// Both losses were still falling at `step`, the last at the full rate: twice the steps would bring about `gain`
  /// bits per byte.
  case underFits(at: Int, gain: Double)
  /// The training loss went on falling while the tune part's rose, from its lowest value at `step` to its last.
  case overFits(since: Int, lowest: Double, last: Double)
  /// Both losses rose, the tune part's from its lowest value at `step`.
  case worsens(since: Int, lowest: Double, last: Double)
  /// Twice the steps would bring no more than `gain` bits per byte, about, which is little.
  case settled(at: Int, gain: Double)

  /// The share of itself by which the tune part's loss has to rise for a rise that counts.
  public static let leastRise = 0.005
  /// The share of itself that twice the steps have to take off the tune part's loss for a network that under-fits.
  public static let leastGain = 0.01
  /// What twice the steps gain, as a share of what the losses fell by while the steps doubled last: a curve flattens, and
  /// the steps of the cool-down count too. Of nine runs and others of twice the steps, GRUs and transformers of 3,000 to
  /// 100,000 parameters on book1, the shares were 0.35 to 0.97, their median 0.44.
  static let gainOfFall = 0.45

  /// The verdict on `records`, of one training, in the order of their steps; nil while there are too few of them, or
  /// chance moves them too much to say.
  public init?(_ records: some Sequence<TrainingRecord>) {
    let points = TrainingPoint.all(of: records)
    let steady = points.beforeCoolDown
    for stretch in [points, steady] {
      if let verdict = Self(rising: stretch) {
        self = verdict
        return
      }
    }
    self.init(falling: steady)
  }

  /// That the tune part's loss has risen since it was lowest; nil unless it surely has.
  private init?(rising points: [TrainingPoint]) {
    guard let last = points.last,
      let lowest = points.min(by: { ($0.tune, $0.step) < ($1.tune, $1.step) }),
      // The lowest itself is left out: by chance it lies low.
      let tune = points.trend(of: \.tune, from: lowest.step + 1),
      let train = points.trend(of: \.train, from: lowest.step + 1),
      tune.slope.low > 0, last.tune > lowest.tune * (1 + Self.leastRise)
    else { return nil }
    if train.slope.high < 0 {
      self = .overFits(since: lowest.step, lowest: lowest.tune, last: last.tune)
    } else if train.slope.low > 0 {
      self = .worsens(since: lowest.step, lowest: lowest.tune, last: last.tune)
    } else {
      return nil
    }
  }

  /// Whether the losses were still falling over the second half of `points`; nil where that cannot be told.
  private init?(falling points: [TrainingPoint]) {
    guard let step = points.last?.step,
      let tune = points.trend(of: \.tune, from: (step + 1) / 2),
      let train = points.trend(of: \.train, from: (step + 1) / 2)
    else { return nil }
    let gain = -tune.value * Self.gainOfFall
    let enough = tune.mean * Self.leastGain
    if tune.slope.high < 0, gain >= enough {
      guard train.value < 0 else { return nil }
      self = .underFits(at: step, gain: gain)
    } else {
      guard -tune.slope.low * Self.gainOfFall < 2 * enough else { return nil }
      self = .settled(at: step, gain: max(gain, 0))
    }
  }
}
