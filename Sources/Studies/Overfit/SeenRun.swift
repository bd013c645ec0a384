import BPBCore
import NeuralModels

/// Two networks that differ in nothing but what they learned from: the stretches of a text by turns. What each pays for the
/// stretches that it has seen, beside what the other one pays for them, is what having seen them is worth.
///
/// The gap between seen and new text alone says little, since two texts differ in difficulty. Of a network A the gap less
/// that of a network B which saw neither text is (B's loss on what A saw, less A's) less (B's on the test part, less A's); the mean
/// of that and of the same with A and B exchanged has no test part in it any more, as those terms cancel. It is a
/// difference in differences, zero where nothing is kept but what is common to both halves.
struct SeenRun: Sendable {
  let size: String
  /// Bytes that each of the two learns from.
  let bytes: Int
  let epochs: Int
  let seed: UInt64

  /// Bytes of a stretch: longer than any network's context, and short enough that both halves are alike.
  private static let stretch = 4096
  /// Blocks of each half on which losses are read, from all over it.
  private static let blocks = 100
  static let blockSize = 512
  /// Series of a cell: bits of each block under the network that saw it, and under the one that did not.
  static let seen = "seen"
  static let unseen = "unseen"

  /// Either half's run.
  private var run: OverfitRun {
    OverfitRun(size: size, unique: bytes, epochs: epochs, regulariser: .none, seed: seed)
  }

  var cell: StudyCell {
    StudyCell(
      [
        "arm": "seen", "size": size, "bytes": "\(bytes)", "epochs": "\(epochs)", "seed": "\(seed)",
      ],
      expectedSeconds: 2 * run.trainingSeconds + 1, memoryNeed: run.plan.memoryBytes
    ) { bench throws(BPBError) in try measure(bench) }
  }

  private func measure(_ bench: StudyBench) throws(BPBError) -> StudyFigures {
    let halves = Self.halves(of: bench.text.training, bytes: bytes)
    let samples = halves.map(Self.sample)
    let first = try bench.weights(run.plan, learning: halves[0])
    let second = try bench.weights(run.plan, learning: halves[1])
    let seen = Self.bits(first, samples[0]) + Self.bits(second, samples[1])
    let unseen = Self.bits(second, samples[0]) + Self.bits(first, samples[1])
    let sampled = Double(samples.reduce(0) { $0 + $1.count })
    let test = [first, second].map { Self.bits($0, bench.text.test).reduce(0, +) }
    return StudyFigures(
      figures: [
        "seen": seen.reduce(0, +) / sampled, "unseen": unseen.reduce(0, +) / sampled,
        "test": test.reduce(0, +) / Double(2 * bench.text.test.count),
      ],
      series: [Self.seen: seen, Self.unseen: unseen])
  }

  /// The beginning of `text` by turns, `bytes` bytes each.
  static func halves(of text: [UInt8], bytes: Int) -> [[UInt8]] {
    let starts = Array(stride(from: 0, to: text.count, by: stretch))
    return [0, 1].map { half in
      let whole = starts.indices.filter { $0 % 2 == half }
        .flatMap { text[starts[$0]..<min(starts[$0] + stretch, text.count)] }
      return Array(whole.prefix(bytes))
    }
  }

  /// Blocks at equal distances, and all of a text that is shorter than those.
  private static func sample(of text: [UInt8]) -> [UInt8] {
    let count = text.count / blockSize
    guard count > blocks else { return Array(text.prefix(count * blockSize)) }
    return (0..<blocks).flatMap { place -> ArraySlice<UInt8> in
      let start = place * count / blocks * blockSize
      return text[start..<start + blockSize]
    }
  }

  private static func bits(_ weights: Weights, _ text: [UInt8]) -> [Double] {
    FrozenNetwork(weights).score(text.span, blockSize: blockSize)
  }
}
