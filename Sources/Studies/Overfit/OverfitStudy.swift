import Evidence

/// What repeating a fixed text does to networks of several sizes: when it starts to harm, whether stopping early, weight
/// decay and dropout prevent that, and what repeated bytes are worth beside fresh ones.
///
/// Muennighoff et al., "Scaling Data-Constrained Language Models" (2023), in small. Every cell is a run of its own with
/// a schedule that ends where the run does, so that no point is one on the way to another.
struct OverfitStudy: Study {
  let name = "overfit"
  let protocolVersion = "1"
  let summary = "What repeated data do to networks of several sizes"

  static let tooLarge = StudyClaim(
    "too-large-overfits",
    "With stopping early, a network that is large for its data does worse on new text.",
    Claim(
      "bits per byte of the test part, largest less smallest network, each stopped where the tune part was best",
      expects: .increase))
  static let harmGrows = StudyClaim(
    "harm-grows", "Without stopping early, repetition harms a large network more than a small one.",
    Claim(
      "rise of the test loss from its best to the end of the most epochs, largest less smallest network",
      expects: .increase))
  static let exponential = StudyClaim(
    "penalty-is-exponential",
    "Without stopping early, the penalty of overfitting grows exponentially with the network's size.",
    Claim(
      "error of predicting the penalty of sizes left out, in natural logarithms, by an exponential less by the better of a "
        + "power and a logarithm", expects: .decrease, margin: 0.1))
  static let noHarm = StudyClaim(
    "one-pass-does-no-harm",
    "One pass over fresh text does no harm: at its end new text costs no more than on the way.",
    Claim(
      "bits per byte of the test part at the end of the largest network's longest pass, less where the tune part was best",
      expects: .noDifference))
  static let noTrace = StudyClaim(
    "one-pass-leaves-no-trace",
    "One pass over fresh text leaves no trace of it: what was seen costs no less than it would unseen.",
    Claim(
      "bits per byte of text seen once, less under a network of the largest size that saw other text",
      expects: .noDifference))
  static let decayHelps = StudyClaim(
    "weight-decay-helps", "Weight decay lowers the loss on new text after many epochs.",
    Claim(
      "bits per byte of the test part after the most epochs, with weight decay less without",
      expects: .decrease))
  static let dropoutHelps = StudyClaim(
    "dropout-helps", "Dropout lowers the loss on new text after many epochs.",
    Claim(
      "bits per byte of the test part after the most epochs, with dropout less without",
      expects: .decrease))
  static let fourEpochs = StudyClaim(
    "four-epochs-are-fresh", "Four epochs are worth at least 0.85 of as much fresh text.",
    Claim(
      "fresh-data equivalent of four epochs over their bytes, less 0.85", expects: .increase,
      margin: 0.001))

  var claims: [StudyClaim] {
    [
      Self.tooLarge, Self.harmGrows, Self.exponential, Self.noHarm, Self.noTrace,
      Self.decayHelps, Self.dropoutHelps, Self.fourEpochs,
    ]
  }

  func cells(on text: StudyText, preset: StudyPreset, seed: UInt64) -> [StudyCell] {
    let scale = OverfitScale(preset)
    let seeds = (0..<scale.seeds).map { seed &+ UInt64($0) }
    return seeds.flatMap { seed in
      scale.sizes.flatMap { size in
        runs(of: size, seed: seed, scale, textBytes: text.training.count).map(\.cell)
          + scale.seen.filter { 2 * $0 <= text.training.count }.map {
            SeenRun(size: size, bytes: $0, epochs: 1, seed: seed).cell
          }
      }
    }
  }

  /// Of each amount of text all epochs, and one epoch of so much fresh text as the repetitions bring; of the least text
  /// something against overfitting after the most epochs. Of a size that is outlined only the first and the most epochs over
  /// the least text.
  private func runs(
    of size: String, seed: UInt64, _ scale: OverfitScale, textBytes: Int
  ) -> [OverfitRun] {
    func run(
      _ unique: Int, _ epochs: Int, _ against: OverfitRun.Regulariser = .none
    ) -> OverfitRun {
      OverfitRun(size: size, unique: unique, epochs: epochs, regulariser: against, seed: seed)
    }
    let isOutlined = scale.outlined.contains(size)
    return scale.unique.prefix(isOutlined ? 1 : scale.unique.count).filter { $0 <= textBytes }
      .flatMap { unique -> [OverfitRun] in
        let all = scale.epochs.filter { unique * $0 <= scale.mostBytes }
        let most = all.last ?? 1
        let epochs = isOutlined ? all.filter { $0 == 1 || $0 == most } : all
        let against = unique == scale.unique[0] ? [OverfitRun.Regulariser.decay, .dropout] : []
        let fresh = epochs.dropFirst().map { unique * $0 }
          .filter { $0 <= min(textBytes, scale.mostFresh) && !scale.unique.contains($0) }
        return epochs.map { run(unique, $0) } + against.map { run(unique, most, $0) }
          + fresh.map { run($0, 1) }
      }
  }

  func findings(of results: StudyResults) -> StudyFindings { OverfitFindings(results).all }
}

/// What each preset measures.
struct OverfitScale {
  let sizes: [String]
  /// Those of which no more is asked than how the largest fares after the most epochs.
  let outlined: [String]
  /// Bytes that are repeated.
  let unique: [Int]
  let epochs: [Int]
  /// Bytes that a run sees at most.
  let mostBytes: Int
  /// Bytes of fresh text at most.
  let mostFresh: Int
  /// Bytes of which one pass is held against other text.
  let seen: [Int]
  let seeds: Int

  init(_ preset: StudyPreset) {
    switch preset {
    case .quick:
      (sizes, outlined, unique, epochs, mostBytes, mostFresh, seen, seeds) =
        (["10k", "100k"], [], [30_000], [1, 4, 16, 32], 2_000_000, 1_000_000, [400_000], 3)
    case .standard:
      (sizes, outlined, unique, epochs, mostBytes, mostFresh, seen, seeds) =
        (
          ["3k", "10k", "30k", "100k", "300k"], ["300k"], [30_000, 100_000], [1, 2, 4, 8, 16, 64],
          2_000_000, 1_000_000, [400_000], 3
        )
    case .full:
      (sizes, outlined, unique, epochs, mostBytes, mostFresh, seen, seeds) =
        (
          ["3k", "10k", "30k", "100k", "300k", "1M"], [], [30_000, 300_000, 3_000_000],
          [1, 2, 4, 8, 16, 32, 64], 50_000_000, 50_000_000, [400_000, 4_000_000], 5
        )
    }
  }
}
