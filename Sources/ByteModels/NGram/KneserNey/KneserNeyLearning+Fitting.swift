public import BPBCore

extension KneserNeyLearning {
  /// This method with the lowest `entropy` at which its snapshot of `text` takes no more than `most` bytes.
  ///
  /// Thresholds are 0 and the preferred numbers of ten a decade (Renard's R10, ISO 3), from 0.01 to 80,000
  /// millionths of a bit, so that a method's name can say each.
  /// - Throws: `usage` if not even the highest makes it so small; otherwise as counting `text` does.
  public func fitted(_ text: Span<UInt8>, toBytes most: Int) throws(BPBError) -> KneserNeyLearning {
    let trie = try count(text)
    let thresholds = Self.thresholds
    func fits(_ place: Int) throws(BPBError) -> Bool {
      try KneserNeySnapshot.write(trie, pruning(below: thresholds[place])).count <= most
    }
    // Not found by halving: all n-grams may be told in fewer bytes than all but a few.
    if try fits(0) { return pruning(below: 0) }
    var (low, high) = (1, thresholds.count)
    while low < high {
      let middle = (low + high) / 2
      if try fits(middle) { high = middle } else { low = middle + 1 }
    }
    guard low < thresholds.count else {
      throw BPBError(
        .usage, "no n-grams of up to \(order) bytes fit in \(most) bytes",
        advice: "allow more, or take a lower order or a coarser grain")
    }
    return pruning(below: thresholds[low])
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

  private func pruning(below loss: Double) -> KneserNeyLearning {
    var method = self
    method.pruning.leastLoss = loss
    return method
  }
}
