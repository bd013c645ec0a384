/// What modified Kneser–Ney smoothing takes off a count of one, of two, and of three and more.
///
/// Chen and Goodman, "An empirical study of smoothing techniques for language modeling" (1998), equation
/// 26: with n_j the n-grams that count j, Y = n_1 / (n_1 + 2 n_2) and D_j = j - (j + 1) Y n_{j+1} / n_j.
/// Where one of n_1, n_2 and n_3 is zero, or a discount is not within 0...j, the three are 1/2, 1 and 3/2, as
/// KenLM's `--discount_fallback` has them.
public struct KneserNeyDiscounts: Sendable, Equatable {
  /// What is taken off counts of 0, 1, 2, and 3 and more.
  public let amounts: [Double]
  /// Whether the counts of counts did not say.
  public let isFallback: Bool

  /// The discounts of an order of which `countsOfCounts[j]` n-grams count j, for j in 0...4; the first is
  /// not looked at.
  public init(countsOfCounts n: [Int]) {
    let estimates = Self.estimates(n.map { Double($0) })
    isFallback = estimates == nil
    amounts = [0] + (estimates ?? [0.5, 1, 1.5])
  }

  private static func estimates(_ n: [Double]) -> [Double]? {
    guard n[1] > 0, n[2] > 0, n[3] > 0 else { return nil }
    let y = n[1] / (n[1] + 2 * n[2])
    let discounts = (1...3).map { Double($0) - Double($0 + 1) * y * n[$0 + 1] / n[$0] }
    let areInRange = (1...3).allSatisfy { (0...Double($0)).contains(discounts[$0 - 1]) }
    return areInRange ? discounts : nil
  }
}

extension GramLevel {
  /// How many n-grams count j, for j in 0...4.
  var countsOfCounts: [Int] {
    var numbers = [Int](repeating: 0, count: 5)
    for i in counts.indices where counts[i] < 5 { numbers[Int(counts[i])] += 1 }
    return numbers
  }
}
