public import Evidence

/// The loss that was measured after learning from so many bytes.
public struct LossPoint: Sendable, Equatable, Codable {
  /// The bytes learned from.
  public var bytes: Double
  /// The loss in bits per byte.
  public var loss: Double
  /// How much the point counts beside the others, 1 unless something speaks for it or against it.
  public var weight: Double
  /// The runs behind the loss, with what each paid for every block; empty where only the figure is known.
  public var replicates: [Replicate]

  /// A point of which only the figure is known.
  public init(bytes: Double, loss: Double, weight: Double = 1) {
    self.bytes = bytes
    self.loss = loss
    self.weight = weight
    replicates = []
  }

  /// A point measured by `replicates`; the loss is total bits over total bytes.
  public init(bytes: Double, replicates: [Replicate], weight: Double = 1) {
    self.bytes = bytes
    self.loss = replicates.bitsPerByte
    self.weight = weight
    self.replicates = replicates
  }

  /// Whether there is anything to draw anew: two blocks or more.
  var canBeDrawn: Bool { replicates.reduce(0) { $0 + $1.blocks.count } > 1 }
}

/// Losses over sizes.
public struct LossCurve: Sendable, Equatable, Codable {
  /// The points, the smallest size first.
  public let points: [LossPoint]
  /// Whether all runs at all sizes were measured on the same blocks.
  public let blocks: BlockDesign

  /// The curve through `points`, given in any order.
  public init(_ points: [LossPoint], blocks: BlockDesign = .own) {
    self.points = points.sorted { $0.bytes < $1.bytes }
    self.blocks = blocks
  }

  /// The same curve without its `count` largest sizes.
  func dropping(largest count: Int) -> LossCurve {
    LossCurve(Array(points.dropLast(count)), blocks: blocks)
  }
}

extension LossCurve {
  /// A law has three constants; a fourth point is the first that could contradict it.
  static let fewestPoints = 4

  /// Throws unless a law can be fitted at all.
  func check() throws(FitRefusal) {
    for point in points { try point.check() }
    if let (first, _) = zip(points, points.dropFirst()).first(where: { $0.bytes == $1.bytes }) {
      throw FitRefusal(
        .badInput,
        "Two points have the same size, \(shortText(first.bytes)) bytes; give what was measured there as "
          + "replicates of one point.")
    }
    guard points.count >= Self.fewestPoints else {
      throw FitRefusal(
        .tooFewPoints,
        "The law has three constants, so it takes at least \(Self.fewestPoints) sizes to fit it; the "
          + "number of sizes here is \(points.count).")
    }
    guard points.contains(where: { $0.loss != points[0].loss }) else {
      throw FitRefusal(
        .flat, "The loss is the same at every size, so there is no fall to describe.")
    }
    try checkSharedBlocks()
  }

  private func checkSharedBlocks() throws(FitRefusal) {
    guard blocks == .shared else { return }
    let expected = points.lazy.compactMap(\.replicates.first).first?.blocks.map(\.bytes)
    for point in points
    where !point.replicates.allSatisfy({ $0.blocks.map(\.bytes) == expected }) {
      throw FitRefusal(
        .badInput,
        "All points are said to be measured on the same blocks, but those at "
          + "\(shortText(point.bytes)) bytes differ from the others'.")
    }
  }
}

extension LossPoint {
  fileprivate func check() throws(FitRefusal) {
    func isPositive(_ value: Double) -> Bool { value > 0 && value.isFinite }
    guard isPositive(bytes), isPositive(loss) else {
      throw FitRefusal(
        .badInput,
        "The loss at \(shortText(bytes)) bytes is \(shortText(loss)); sizes and losses have to be positive "
          + "numbers.")
    }
    guard isPositive(weight) else {
      throw FitRefusal(
        .badInput,
        "The weight at \(shortText(bytes)) bytes is \(shortText(weight)); weights have to be positive numbers."
      )
    }
  }
}
