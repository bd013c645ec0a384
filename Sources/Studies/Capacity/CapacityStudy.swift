import Charts
import Evidence
import NeuralModels
import Reports
import RunRecords

/// How many bits fit into a parameter: what networks know by heart of uniform random bytes, of which nothing else can be
/// learned, and what becomes of that on text.
///
/// Morris et al., "How much do language models memorize?" (2025), at a thousandth of their sizes; gradient descent finds
/// what it finds, so that every figure is a lower bound of what would fit.
struct CapacityStudy: Study {
  let name = "capacity"
  let protocolVersion = "2"
  let summary = "How many bits a network stores in a parameter"

  static let storage = StudyClaim(
    "networks-store-noise", "A network stores bits of pure noise in proportion to its parameters.",
    Claim("bits memorised for each further parameter", expects: .increase, margin: 0.5))
  static let proportional = StudyClaim(
    "capacity-is-linear", "Bits per parameter do not depend on the network's size.",
    Claim(
      "bits per parameter, largest less smallest size, over their mean", expects: .noDifference,
      margin: 0.25))
  static let eightBits = StudyClaim(
    "eight-bits-keep-noise", "Eight bits a weight keep what a network knows by heart of noise.",
    Claim(
      "share of the bits memorised at 32 bits a weight that is lost at 8", expects: .noDifference,
      margin: 0.1))
  static let fourBits = StudyClaim(
    "four-bits-lose-noise",
    "Four bits a weight lose more than half of what a network knows by heart of noise.",
    Claim(
      "share of the bits memorised at 32 bits a weight that is lost at 4", expects: .increase,
      margin: 0.5))
  static let givesWay = StudyClaim(
    "memory-gives-way",
    "Of text beyond its capacity, a network memorises less of each byte than of text within it.",
    Claim(
      "bits memorised per byte, of 16 times the capacity less of half of it", expects: .decrease,
      margin: 0.1))
  static let generalises = StudyClaim(
    "text-beyond-capacity-helps",
    "Text beyond its capacity still makes a network predict new text better.",
    Claim(
      "bits per byte of the test part, after 16 times the capacity less after half of it",
      expects: .decrease, margin: Claim.defaultMargin))

  var claims: [StudyClaim] {
    [
      Self.storage, Self.proportional, Self.eightBits, Self.fourBits, Self.givesWay,
      Self.generalises,
    ]
  }

  func cells(on text: StudyText, preset: StudyPreset, seed: UInt64) -> [StudyCell] {
    let scale = CapacityScale(preset)
    return scale.sizes.flatMap { size in
      let network = CapacityNetwork(named: size)
      let seeds = (0..<scale.seeds).map { seed &+ UInt64($0) }
      let textLoads = scale.textSizes.contains(size) ? scale.textLoads : []
      return seeds.flatMap { seed in
        scale.loads.map { network.noiseCell(load: $0, seed: seed, exposures: scale.exposures) }
          + textLoads.map {
            network.textCell(
              load: $0, seed: seed, exposures: scale.textExposures,
              reference: scale.referenceBytes)
          }
      } + [network.tableCell(seed: seed)]
    }
  }

  func findings(of results: StudyResults) -> StudyFindings { CapacityFindings(results).all }
}

/// What each preset measures.
struct CapacityScale {
  let sizes: [String]
  /// Bits of random bytes, over 3.6 for each parameter.
  let loads: [Double]
  /// Sizes that also learn text, and bits of it over 3.6 for each parameter.
  let textSizes: [String]
  let textLoads: [Double]
  let seeds: Int
  /// Times that a random sequence is shown.
  let exposures: ClosedRange<Int>
  let textExposures: Int
  /// Bytes that the network learns from which text is held against.
  let referenceBytes: Int

  init(_ preset: StudyPreset) {
    switch preset {
    case .quick:
      (sizes, loads, exposures) = (["3k", "10k"], [0.5, 1, 2], 250...1000)
      (textSizes, textLoads, textExposures) = (sizes, [0.5, 2, 16], 50)
      (seeds, referenceBytes) = (3, 2_000_000)
    case .standard:
      (sizes, loads, exposures) = (["3k", "10k", "30k"], [0.5, 1, 2], 1000...2000)
      (textSizes, textLoads, textExposures) = (["3k", "10k"], [0.5, 1, 2, 4, 16], 100)
      (seeds, referenceBytes) = (3, 4_000_000)
    case .full:
      (sizes, loads, exposures) = (
        ["3k", "10k", "30k", "100k"], [0.25, 0.5, 1, 2, 4], 1000...64000
      )
      (textSizes, textLoads, textExposures) = (sizes, [0.5, 1, 2, 4, 16], 400)
      (seeds, referenceBytes) = (5, 16_000_000)
    }
  }

  /// What the loads are multiples of: bits per parameter that Morris et al. found.
  static let published = 3.6
  /// What a byte of text is taken to hold when its load is reckoned, in bits.
  static let textBitsPerByte = 2.5
}
