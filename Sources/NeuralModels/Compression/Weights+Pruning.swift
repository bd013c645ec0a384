extension Weights {
  /// These weights with a share of all that are in matrices set to zero, those of least magnitude, of two alike the first.
  ///
  /// Magnitude as what to prune by: Han et al., "Learning both weights and connections for efficient neural networks"
  /// (2015). One threshold for all matrices harms least (`docs/methods/neural.md`), as Blalock et al., "What is the
  /// state of neural network pruning?" (2020), found elsewhere.
  /// - Parameter share: 0...1; of n weights n times that, rounded down, become zero.
  func pruned(share: Double) -> Weights {
    precondition((0...1).contains(share), "a share is between 0 and 1")
    let pruned = copy()
    let places = layout.tensors.filter(\.hasRows).flatMap { $0.offset..<$0.offset + $0.count }
    let order = places.sorted {
      let (a, b) = (parameters[$0].magnitude, parameters[$1].magnitude)
      return a == b ? $0 < $1 : a < b
    }
    for place in order.prefix(Int(share * Double(places.count))) { pruned.parameters[place] = 0 }
    return pruned
  }
}
