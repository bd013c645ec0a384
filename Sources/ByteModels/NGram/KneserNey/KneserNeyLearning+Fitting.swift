public import BPBCore

extension KneserNeyLearning {
  /// This method with the lowest `entropy` at which its snapshot of `text` takes no more than `most` bytes.
  ///
  /// - Throws: `usage` if not even the highest makes it so small; otherwise as counting `text` does.
  public func fitted(_ text: Span<UInt8>, toBytes most: Int) throws(BPBError) -> KneserNeyLearning {
    var fitting = try KneserNeyFitting(self, text)
    return try fitting.method(toBytes: most)
  }

  /// In bits a byte, as `GramPruning.leastLoss`.
  static let thresholds: [Double] = {
    let preferred = [1000.0, 1250, 1600, 2000, 2500, 3150, 4000, 5000, 6300, 8000]
    let decades = [1e5, 1e4, 1e3, 1e2, 1e1, 1, 0.1]
    // Divided as a method's name is read, so that the name makes the very same number.
    return [0] + decades.flatMap { decade in preferred.map { $0 / decade / 1_000_000 } }
  }()

  /// Millionths of a bit that an n-gram must save to stay.
  public var entropy: Double { pruning.leastLoss * 1_000_000 }

  fileprivate func pruning(below loss: Double) -> KneserNeyLearning {
    var method = self
    method.pruning.leastLoss = loss
    return method
  }
}

/// Looks for the thresholds at which one table of counts gets down to given sizes.
///
/// Thresholds are 0 and the preferred numbers of ten a decade (Renard's R10, ISO 3), from 0.01 to 80,000 millionths of a bit,
/// so that a method's name can say each.
public struct KneserNeyFitting {
  private let method: KneserNeyLearning
  private let trie: GramTrie
  /// Bytes of the snapshots that were written, by the place of their threshold: searches for several sizes share most of them.
  private var written: [Int: Int] = [:]

  /// Counts `text`.
  ///
  /// - Throws: as counting does.
  public init(_ method: KneserNeyLearning, _ text: Span<UInt8>) throws(BPBError) {
    self.method = method
    trie = try method.count(text)
  }

  /// The method with the lowest `entropy` at which its snapshot takes no more than `most` bytes.
  ///
  /// - Throws: `usage` if not even the highest makes it so small.
  public mutating func method(toBytes most: Int) throws(BPBError) -> KneserNeyLearning {
    let thresholds = KneserNeyLearning.thresholds
    // Not found by halving: all n-grams may be told in fewer bytes than all but a few.
    if try bytes(0) <= most { return method.pruning(below: 0) }
    var (low, high) = (1, thresholds.count)
    while low < high {
      let middle = (low + high) / 2
      if try bytes(middle) <= most { high = middle } else { low = middle + 1 }
    }
    guard low < thresholds.count else {
      throw BPBError(
        .usage, "no n-grams of up to \(method.order) bytes fit in \(most) bytes",
        advice: "allow more, or take a lower order or a coarser grain")
    }
    return method.pruning(below: thresholds[low])
  }

  private mutating func bytes(_ place: Int) throws(BPBError) -> Int {
    if let known = written[place] { return known }
    let pruned = method.pruning(below: KneserNeyLearning.thresholds[place])
    let count = try KneserNeySnapshot.write(trie, pruned).count
    written[place] = count
    return count
  }
}
