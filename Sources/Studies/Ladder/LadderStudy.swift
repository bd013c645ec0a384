import Evidence
import NeuralModels

/// Every coder under four accounts that are never mixed, and what a model's size costs: what a frozen model pays for text it has
/// not seen, what model and residual take together, what is paid byte by byte before each is learned from, and how large a
/// real file is.
///
/// After Delétang et al., "Language Modeling Is Compression" (2023), who charge models their parameters, and Blier and
/// Ollivier, "The Description Length of Deep Learning Models" (2018), who compare that with the prequential account.
struct LadderStudy: Study {
  let name = "ladder"
  let protocolVersion = "1"
  let summary = "What coders pay under four accounts, and what a model's size costs"

  static let order = StudyClaim(
    "order-of-coders",
    "Coders come in this order: zlib, bzip2 and xz, Kneser-Ney with its table, PPM, PPM that is mixed.",
    Claim(
      "bits per byte of a file, of a coder less the next better one's, where the order is least clear",
      expects: .increase))
  static let grows = StudyClaim(
    "best-size-grows", "The network that makes weights and residual shortest grows with the text.",
    Claim(
      "slope of the logarithm of its parameters on that of the text's bytes", expects: .increase,
      margin: 0.1))
  static let prequential = StudyClaim(
    "prequential-is-shorter",
    "A network that learns while it codes needs fewer bits than the best one that is sent along.",
    Claim(
      "bits per byte of a file, of the best network that learns while it codes less the best of two parts",
      expects: .decrease))
  static let lossless = StudyClaim(
    "likelihood-is-lossless",
    "Negative log-likelihood is a lossless length: a file as long gives every byte back.",
    Claim(
      "bits by which files are longer than -log2 p, less framing, over 64 and 0.00002 for each byte (the range over all coders)",
      expects: .noDifference, margin: 1))

  var claims: [StudyClaim] { [Self.order, Self.grows, Self.prequential, Self.lossless] }

  func cells(on text: StudyText, preset: StudyPreset, seed: UInt64) -> [StudyCell] {
    let scale = LadderScale(preset, trainingBytes: text.training.count)
    let random = LadderCell.Source.uniform(seed: seed &+ 1000)
    let coders = scale.coders.filter { $0.resolved != nil }
    return coders.map {
      LadderCell(
        coder: $0, source: .training, bytes: scale.largest, inChunks: !$0.learnsSlowly
      ).cell
    }
      + scale.networks(seed: seed).map {
        LadderCell(
          coder: $0.coder, source: .training, bytes: $0.bytes,
          inChunks: $0.bytes == scale.largest && !$0.coder.learnsSlowly
        ).cell
      }
      + coders.map {
        LadderCell(coder: $0, source: random, bytes: LadderScale.randomBytes, inChunks: false).cell
      }
      + scale.controls(seed: seed).map {
        LadderCell(coder: $0, source: random, bytes: LadderScale.byHeartBytes, inChunks: false).cell
      }
  }

  func findings(of results: StudyResults) -> StudyFindings { LadderFindings(results).all }
}

/// What each preset measures.
struct LadderScale {
  /// Random bytes for coders, and as many as a small network learns by heart.
  static let randomBytes = 1 << 14
  static let byHeartBytes = 1024

  let sizes: [String]
  /// Bytes of the text's beginnings, rising.
  let prefixes: [Int]
  let seeds: Int

  init(_ preset: StudyPreset, trainingBytes: Int) {
    let wanted: [Int]
    switch preset {
    case .quick:
      (sizes, wanted, seeds) = (["1k", "3k", "10k", "30k", "100k"], [30_000, 100_000, 200_000], 3)
    case .standard:
      (sizes, wanted, seeds) =
        (["1k", "3k", "10k", "30k", "100k", "300k"], [30_000, 100_000, 300_000, 800_000], 3)
    case .full:
      (sizes, wanted, seeds) =
        (
          ["1k", "3k", "10k", "30k", "100k", "300k", "1M"],
          [30_000, 100_000, 300_000, 800_000, 2_000_000, 4_000_000], 5
        )
    }
    let fitting = wanted.filter { $0 <= trainingBytes }
    prefixes = fitting.isEmpty ? [trainingBytes] : fitting
  }

  var largest: Int { prefixes.last ?? 0 }

  /// Everything but the networks of the grid.
  var coders: [LadderCoder] {
    [
      "zlib:9", "bzip2:9", "xz:6", "zstd:19", "kn:3", "kn:4", "kn:5", "ngram:3", "ngram:5", "ppm:h",
      "ppm", "ppm:best", "ctw", "memoizer", "gru:width=128",
      "transformer:layers=2:width=32:heads=2",
    ].map(LadderCoder.method)
  }

  /// Networks of each prefix: those that learn while they code in all sizes, as they send no weights; of the others those whose
  /// parameters are no more than half the bytes, beyond which weights alone are longer than any file.
  func networks(seed: UInt64) -> [(coder: LadderCoder, bytes: Int)] {
    prefixes.flatMap { bytes -> [(coder: LadderCoder, bytes: Int)] in
      let sent = sizes.filter {
        LadderCoder.architecture($0).parameterCount <= max(bytes / 2, 4_000)
      }
      return sizes.map { (.online(size: $0), bytes) }
        + sent.flatMap { size in
          (0..<seeds).map { (.network(size: size, seed: seed &+ UInt64($0)), bytes) }
        }
    }
  }

  /// Networks on random bytes: one that knows them by heart, and one that learns while it codes.
  func controls(seed: UInt64) -> [LadderCoder] {
    [.whole(size: "10k", seed: seed), .online(size: "10k")]
  }
}
