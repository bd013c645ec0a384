import BPBCore

extension Weights {
  /// These weights with about normal noise, which in every row or block has the root of mean square of the difference to
  /// `lossy`: tells whether harm comes of an error's size or of its structure.
  ///
  /// - Parameter block: weights of a row that are treated alike; nil for whole rows. Vectors are treated as a whole.
  func noisy(asMuchAs lossy: Weights, block: Int?, seed: UInt64) -> Weights {
    let noisy = copy()
    var generator = SeededGenerator(seed: seed)
    for tensor in layout.tensors {
      let (values, others) = (noisy[tensor], lossy[tensor])
      for group in tensor.groups(block: block) {
        let noise = group.map { _ in generator.nextNormal() }
        let wanted = Self.sumOfSquares(group.map { Double(values[$0]) - Double(others[$0]) })
        let drawn = Self.sumOfSquares(noise)
        guard wanted > 0, drawn > 0 else { continue }
        let factor = (wanted / drawn).squareRoot()
        for (i, place) in group.enumerated() {
          values[place] = Float(Double(values[place]) + factor * noise[i])
        }
      }
    }
    return noisy
  }

  private static func sumOfSquares(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 }
  }
}
