import _TestSupport

/// Interpolated modified Kneser–Ney straight from its definition, over dictionaries: slow, and nothing shared
/// with what it is held against.
struct ReferenceKneserNey {
  let order: Int
  private var counts: [[[UInt8]: Int]]
  private let discounts: [[Double]]
  /// Whether the discounts of each order were the fallback's.
  let fallbacks: [Bool]
  private let textCounts: [[[UInt8]: Int]]

  init(_ text: [UInt8], order: Int) {
    self.order = order
    counts = (1...order).map { length in Self.raw(text, length) }
    let raw = counts
    textCounts = raw
    for length in 1..<order {
      var lefts: [[UInt8]: Set<[UInt8]>] = [:]
      for gram in raw[length].keys { lefts[Array(gram.dropFirst()), default: []].insert([gram[0]]) }
      if text.count >= length { lefts[Array(text[..<length]), default: []].insert([]) }
      counts[length - 1] = raw[length - 1].mapValues { _ in 0 }
      for (gram, before) in lefts { counts[length - 1][gram] = before.count }
    }
    let found = counts.map { Self.discounts($0.values.map { $0 }) }
    discounts = found.map(\.0)
    fallbacks = found.map(\.1)
  }

  private static func raw(_ text: [UInt8], _ length: Int) -> [[UInt8]: Int] {
    var counts: [[UInt8]: Int] = [:]
    guard text.count >= length else { return counts }
    for start in 0...text.count - length {
      counts[Array(text[start..<start + length]), default: 0] += 1
    }
    return counts
  }

  private static func discounts(_ counts: [Int]) -> ([Double], Bool) {
    let n = (0...4).map { j in Double(counts.filter { $0 == j }.count) }
    let y = n[1] / (n[1] + 2 * n[2])
    let d = (1...3).map { Double($0) - Double($0 + 1) * y * n[$0 + 1] / n[$0] }
    let isGood =
      n[1] > 0 && n[2] > 0 && n[3] > 0
      && (1...3).allSatisfy { d[$0 - 1] >= 0 && d[$0 - 1] <= Double($0) }
    return isGood ? ([0] + d, false) : ([0, 0.5, 1, 1.5], true)
  }

  /// p(byte | context), of which at most `order - 1` bytes count.
  func probability(_ byte: UInt8, after context: [UInt8]) -> Double {
    let context = Array(context.suffix(order - 1))
    let level = counts[context.count]
    let lower =
      context.isEmpty ? base(byte) : probability(byte, after: Array(context.dropFirst()))
    let children = (0...255).compactMap { level[context + [$0]] }
    let total = Double(children.reduce(0, +))
    guard total > 0 else { return lower }
    let discounts = discounts[context.count]
    let left = children.map { discounts[min($0, 3)] }.reduce(0, +)
    let count = level[context + [byte]] ?? 0
    return (Double(count) - discounts[min(count, 3)]) / total + left / total * lower
  }

  /// p(byte | context) where n-grams of two bytes and more that came at most `prune` times are left out, and
  /// the others keep their probabilities.
  func probability(_ byte: UInt8, after context: [UInt8], prune: Int) -> Double {
    let context = Array(context.suffix(order - 1))
    func stays(_ byte: UInt8) -> Bool {
      context.isEmpty || textCounts[context.count][context + [byte]] ?? 0 > prune
    }
    if stays(byte) { return probability(byte, after: context) }
    let shorter = Array(context.dropFirst())
    let kept = (UInt8.min ... .max).filter { stays($0) }
    let left = 1 - kept.map { probability($0, after: context) }.reduce(0, +)
    let lowerLeft = 1 - kept.map { probability($0, after: shorter) }.reduce(0, +)
    return left / lowerLeft * probability(byte, after: shorter, prune: prune)
  }

  private func base(_ byte: UInt8) -> Double {
    let seen = counts[0].count
    if seen == 0 || seen == 256 { return 1 / 256 }
    return counts[0][[byte]] == nil
      ? 1 / Double(seen + 1) / Double(256 - seen) : 1 / Double(seen + 1)
  }
}
