/// Holm's correction: several statistics are tested, and the chance that any is wrongly found stays at α.
///
/// Source: S. Holm, "A simple sequentially rejective multiple test procedure" (1979).
public enum Holm {
  /// The p-values as they count when all are read together, in the order given.
  ///
  /// The smallest is multiplied by their number m, the next by m - 1 and so on; none is less than one before
  /// it, none above 1.
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    var adjusted = pValues
    var largest = 0.0
    for (step, index) in order(pValues).enumerated() {
      largest = max(largest, min(1, Double(pValues.count - step) * pValues[index]))
      adjusted[index] = largest
    }
    return adjusted
  }

  /// Indices, the smallest p-value first; of equals the one given first.
  static func order(_ pValues: [Double]) -> [Int] {
    pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
  }
}
