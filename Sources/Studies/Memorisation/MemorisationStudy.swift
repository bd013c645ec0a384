import Evidence
import NeuralModels

/// What models know by heart of a text: strings planted so and so often, and the text's own passages.
///
/// N. Carlini et al., "Quantifying memorization across neural language models" (2022), in small: a string is extracted if
/// greedy completion of its prefix gives the rest exactly. Beside it stand the bits that a string takes less than under the same
/// model without it (J. X. Morris et al., 2025), which tell of memory long before a whole string can be extracted.
struct MemorisationStudy: Study {
  let name = "memorisation"
  let protocolVersion = "1"
  let summary = "What models know by heart of the text that they learned from"

  static let repeats = StudyClaim(
    "repetition-is-remembered",
    "The more often a string was seen, the more surely it is extracted.",
    Claim("log odds of extraction per doubling of copies", expects: .increase, margin: 0.1))
  static let size = StudyClaim(
    "larger-networks-keep-more", "The larger a network, the more surely it gives up a string.",
    Claim("log odds of extraction per doubling of parameters", expects: .increase, margin: 0.1))
  static let prefix = StudyClaim(
    "longer-prefixes-extract",
    "The longer the prefix shown, the more surely the rest is extracted.",
    Claim("log odds of extraction per doubling of the prefix", expects: .increase, margin: 0.1))
  static let strangers = StudyClaim(
    "strangers-are-unknown", "No random string is extracted that was never planted.",
    Claim(
      "share of random strings that a model completes without having seen them",
      expects: .noDifference, margin: 0.05))
  static let extracted = StudyClaim(
    "canaries-are-extracted", "A network gives back word for word what it saw often.",
    Claim(
      "share of the canaries planted most often that the largest network completes",
      expects: .increase, margin: 0.05))
  static let passages = StudyClaim(
    "passages-are-reproduced",
    "Repeated passages of real text are completed more often than new ones.",
    Claim(
      "share of passages planted most often that the largest network completes, less that of held-out ones",
      expects: .increase, margin: 0.05))
  static let kept = StudyClaim(
    "canaries-are-kept", "A network keeps random strings, which teach nothing about text.",
    Claim(
      "bits saved per canary planted most often by the largest network, controls subtracted",
      expects: .increase, margin: 8))
  static let beside = StudyClaim(
    "memory-beside-skill",
    "A network that more text made better on new text keeps random strings all the same.",
    Claim(
      "the same bits, where all of the text made new text cheaper than a quarter of it did, otherwise 0",
      expects: .increase, margin: 8))
  static let generalises = StudyClaim(
    "more-text-helps", "With more text about the same strings, new text is predicted better.",
    Claim(
      "bits per byte of the test part, in all of the text less in a quarter of it",
      expects: .decrease))
  static let crowding = StudyClaim(
    "more-text-crowds-out", "More text about the same strings leaves less memory for them.",
    Claim(
      "bits saved per canary by the largest network, in all of the text less in a quarter of it",
      expects: .decrease, margin: 1))
  static let forgets = StudyClaim(
    "deduplication-forgets", "Removing repeated passages lowers what is extracted of them.",
    Claim(
      "share of passages planted most often that the largest network completes, deduplicated less plain",
      expects: .decrease, margin: 0.05))
  static let keepsLoss = StudyClaim(
    "deduplication-is-free", "Removing repeated passages leaves the loss on new text as it is.",
    Claim(
      "bits per byte of the test part under the largest network, deduplicated less plain",
      expects: .noDifference))
  static let costs = StudyClaim(
    "deduplication-costs", "Removing repeated passages raises the loss on new text.",
    Claim(
      "bits per byte of the test part under the largest network, deduplicated less plain",
      expects: .increase))

  var claims: [StudyClaim] {
    [
      Self.repeats, Self.size, Self.prefix, Self.strangers, Self.extracted, Self.passages,
      Self.kept, Self.beside, Self.generalises, Self.crowding, Self.forgets, Self.keepsLoss,
      Self.costs,
    ]
  }

  func cells(on text: StudyText, preset: StudyPreset, seed: UInt64) -> [StudyCell] {
    let scale = MemorisationScale(preset)
    let base = scale.baseBytes(of: text.training.count)
    return (0..<scale.seeds).flatMap { index in
      (scale.sizes + [MemorisationScale.table]).flatMap { model in
        Planting.Learned.allCases.map { learned in
          MemorisationCell(
            model: model, learned: learned, baseBytes: base, each: scale.each,
            epochs: scale.epochs, seed: seed &+ UInt64(index)
          ).cell
        }
      }
    }
  }

  func findings(of results: StudyResults) -> StudyFindings { MemorisationFindings(results).all }
}

/// What each preset measures.
struct MemorisationScale {
  let sizes: [String]
  /// Bytes that strings are planted in, where the corpus has as many.
  let mostBaseBytes: Int
  /// Canaries of each number of copies; as many passages.
  let each: Int
  let epochs = 8
  let seeds: Int

  /// The model that remembers everything: it shows that extraction finds what is there.
  static let table = "kn:8"

  init(_ preset: StudyPreset) {
    switch preset {
    case .quick:
      (sizes, mostBaseBytes, each, seeds) = (["3k", "10k", "30k", "100k"], 80_000, 8, 3)
    case .standard:
      (sizes, mostBaseBytes, each, seeds) = (["3k", "10k", "30k", "100k", "300k"], 400_000, 16, 3)
    case .full:
      (sizes, mostBaseBytes, each, seeds) =
        (["3k", "10k", "30k", "100k", "300k", "1M"], 1_000_000, 64, 5)
    }
  }

  /// Bytes to plant in, of a training part of so many: a quarter of it is left for passages that are new.
  func baseBytes(of trainingBytes: Int) -> Int {
    max(min(mostBaseBytes, trainingBytes * 3 / 4 - Planting.bytes(each: each)), 0)
  }
}
