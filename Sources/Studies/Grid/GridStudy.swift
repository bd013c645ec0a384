import Evidence

/// How the loss falls with size and data together: the surface L(N, D) of small networks on one corpus, the laws that describe
/// it, and the best size at equal computation by each way of counting that was published.
///
/// J. Kaplan et al. (2020), J. Hoffmann et al. (2022), T. Pearce and J. Song (2024), T. Porian et al. (2024), in small.
public struct GridStudy: Study {
  public static let name: String = "grid"
  public var name: String { Self.name }
  public let protocolVersion = "2"
  public let summary = "How the loss falls with size and data"
  private var options: GridOptions
  /// How long things take here.
  public var pace = GridPace()

  /// The grid of a preset as `options` change it.
  public init(_ options: GridOptions = GridOptions()) { self.options = options }

  public func cells(on text: StudyText, preset: StudyPreset, seed: UInt64) -> [StudyCell] {
    rows(on: text, preset: preset, seed: seed).map { $0.cell(pace) }
      + GridPlan(preset, options).tables(textBytes: text.training.count).map(\.cell)
  }

  /// Bytes of the training part that the smallest cell learns from.
  public static let leastBytes = GridPlan.leastData

  /// The same without the largest size of its plan; nil if that would leave fewer than three.
  public func withoutLargestSize(_ preset: StudyPreset) -> GridStudy? {
    let plan = GridPlan(preset, options)
    let sizes = GridFamily.sizes.filter { size in plan.parts.contains { $0.sizes.contains(size) } }
    guard sizes.count > 3 else { return nil }
    var smaller = self
    smaller.options.sizes = Array(sizes.dropLast())
    return smaller
  }

  func rows(on text: StudyText, preset: StudyPreset, seed: UInt64) -> [GridRow] {
    GridPlan(preset, options).rows(textBytes: text.training.count, seed: seed)
  }

  public func findings(of results: StudyResults) -> StudyFindings { GridFindings(results).all }
}

extension GridStudy {
  static let foretells = StudyClaim(
    "surface-foretells",
    "A law of size and data foretells larger networks and more data better than the nearest run does.",
    Claim(
      "error of log losses of the largest size and the most data, which the law did not see: the law that foretold best one "
        + "size and one doubling earlier, or else E + A/N^α + B/D^β, less the nearest run",
      expects: .decrease, margin: 0.002))
  static let constantHelps = StudyClaim(
    "constant-helps", "A loss remains that no size and no data remove.",
    Claim(
      "error of foretold log losses, E + A/N^α + B/D^β less the same with E = 0",
      expects: .decrease, margin: 0.002))
  static let interaction = StudyClaim(
    "size-and-data-interact", "What more data bring depends on the size.",
    Claim(
      "error of foretold log losses, with a further term K/(N D)^γ less without it",
      expects: .decrease, margin: 0.002))
  static let joint = StudyClaim(
    "kaplan-joint", "Kaplan's joint law holds better than a sum of two terms.",
    Claim(
      "error of foretold log losses, ((N_c/N)^(α_N/α_D) + D_c/D)^α_D less E + A/N^α + B/D^β",
      expects: .decrease, margin: 0.002))
  static let moreData = StudyClaim(
    "more-data-helps-the-smallest", "More data help at any size, the smallest too.",
    Claim(
      "bits per byte of the smallest network, most data less half of them", expects: .decrease))
  static let largerGainsMore = StudyClaim(
    "larger-gains-more", "A larger network gains more from the same further data.",
    Claim(
      "gain in bits per byte from the last doubling of data, largest less smallest network",
      expects: .increase))
  static let half = StudyClaim(
    "half-of-growth-is-size", "The best size grows as the root of the computation.",
    Claim(
      "exponent of the best size in computation, all parameters and exact operations, less 0.5",
      expects: .noDifference, margin: 0.1))
  static let kaplanCount = StudyClaim(
    "counting-moves-the-exponent",
    "Leaving embeddings out of size and computation makes the best size seem to grow faster.",
    Claim(
      "exponent without embeddings and 6ND less that with all parameters and exact operations, of the same runs",
      expects: .increase, margin: 0.02))
  static let constantRatio = StudyClaim(
    "one-ratio-for-all-budgets", "At every budget the best size has the same bytes per parameter.",
    Claim(
      "exponent of bytes per parameter of the best size in computation", expects: .noDifference,
      margin: 0.1))
  static let architectures = StudyClaim(
    "architecture-keeps-the-slope",
    "Another architecture changes how high the curve of data lies, not how fast it falls.",
    Claim(
      "exponent of data β, the family that differs most less the first", expects: .noDifference,
      margin: 0.1))

  public var claims: [StudyClaim] {
    [
      Self.foretells, Self.constantHelps, Self.interaction, Self.joint, Self.moreData,
      Self.largerGainsMore, Self.half, Self.kaplanCount, Self.constantRatio, Self.architectures,
    ]
  }
}
