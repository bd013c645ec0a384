import Evidence
import LossyCoding

/// What is lost when a model, or a text, gets fewer bits than it asks for: three curves of rate against distortion.
///
/// Weights and tables lose precision and pay on new text; a text loses bytes, which the decoder's model fills in.
/// A level is chosen on the tune part and read on the test part.
struct RateDistortionStudy: Study {
  let name = "rate-distortion"
  let protocolVersion = "1"
  let summary = "What models and texts lose with fewer bits"

  static let lossHelps = StudyClaim(
    "loss-of-bits-helps",
    "Throwing away bits of the weights after training makes a network better on new text.",
    Claim(
      "bits per byte of the test part, at the level that is best on the tune part less with all bits, both at their best temperature",
      expects: .decrease))
  static let lossHelpsOverfitted = StudyClaim(
    "loss-mends-overfitting",
    "Throwing away bits of the weights makes a network better on new text that was trained far too long on little text.",
    Claim(
      "bits per byte of the test part, at the level that is best on the tune part less with all bits, both at their best "
        + "temperature, of overfitted networks", expects: .decrease))
  static let brittle = StudyClaim(
    "longer-training-is-brittle",
    "The longer a network is trained, the more it loses at 4 bits a weight.",
    Claim(
      "rise of the test loss at 4 bits, of the longest less of the shortest training",
      expects: .increase))
  static let structure = StudyClaim(
    "error-has-no-structure",
    "At 4 bits a weight it is the size of the error that harms, not its structure.",
    Claim(
      "bits per byte of the test part, with 4 bits less with equal noise", expects: .noDifference))
  static let tables = StudyClaim(
    "tables-at-equal-bits",
    "A table of n-grams predicts new text better than a network of as many bits.",
    Claim(
      "bits per byte of the test part, table less network of 5 bits a weight", expects: .decrease))
  static let fill = StudyClaim(
    "filling-in-pays",
    "At five per cent of wrong bytes, filling in saves more than sharing time between all and nothing.",
    Claim("bits per byte of the text, filling in less time-sharing", expects: .decrease))

  var claims: [StudyClaim] {
    [
      Self.lossHelps, Self.brittle, Self.structure, Self.tables, Self.lossHelpsOverfitted,
      Self.fill,
    ]
  }

  func cells(on text: StudyText, preset: StudyPreset, seed: UInt64) -> [StudyCell] {
    let scale = RateDistortionScale(preset)
    let seeds = (0..<scale.seeds).map { seed &+ UInt64($0) }
    let networks = seeds.flatMap { seed in
      scale.sizes.flatMap { size in
        scale.multiples.map {
          WeightsCell(size: size, training: .multiple($0), seed: seed).cell
        }
      }
    }
    let overfitted = seeds.flatMap { seed in
      scale.overfitted.map { size in
        WeightsCell(
          size: size,
          training: .repeated(
            bytes: RateDistortionScale.repeatedBytes, epochs: RateDistortionScale.epochs),
          seed: seed
        ).cell
      }
    }
    let texts = (0..<scale.stretches).map { TextCell(stretch: $0, bytes: scale.textBytes).cell }
    let sources = scale.sources.map {
      SourceCell(source: $0, bytes: scale.textBytes, seed: seed).cell
    }
    return networks + overfitted + [TableCell().cell(textBytes: text.training.count)] + texts
      + sources
  }

  func findings(of results: StudyResults) -> StudyFindings { RateDistortionFindings(results).all }
}

/// What each preset measures.
struct RateDistortionScale {
  let sizes: [String]
  /// Bytes that a network learns from, over its parameters.
  let multiples: [Int]
  /// Networks that are trained too long on little text, as in the study of overfitting.
  let overfitted: [String]
  static let repeatedBytes = 30_000
  static let epochs = 64
  let seeds: Int
  /// Stretches of the test part that are coded with losses, and bytes of each.
  let stretches: Int
  let textBytes: Int
  let sources: [String]

  init(_ preset: StudyPreset) {
    switch preset {
    case .quick:
      (sizes, multiples, overfitted, seeds, stretches, textBytes, sources) =
        (
          ["10k", "30k"], [20, 60], ["30k"], 3, 4, 12_000,
          ["markov:order=2:entropy=1.5", "iid:entropy=2"]
        )
    case .standard:
      (sizes, multiples, overfitted, seeds, stretches, textBytes, sources) =
        (
          ["10k", "30k", "100k"], [20, 100, 200], ["30k", "100k"], 3, 8, 12_000,
          ["markov:order=2:entropy=1.5", "iid:entropy=2", "hmm", "grammar"]
        )
    case .full:
      (sizes, multiples, overfitted, seeds, stretches, textBytes, sources) =
        (
          ["10k", "30k", "100k", "300k", "1M"], [4, 20, 100, 400], ["30k", "100k", "300k", "1M"],
          5, 16, 25_000,
          ["markov:order=2:entropy=1.5", "iid:entropy=2", "hmm", "grammar"]
        )
    }
  }
}
