extension Weights {
  /// These weights with the given share of each matrix set to zero, those of least magnitude, of two alike the first.
  ///
  /// Magnitude as what to prune by: Han et al., "Learning both weights and connections for efficient neural networks" (2015).
  /// - Parameter share: 0...1; of a matrix of n weights n times that, rounded down, become zero.
  func pruned(share: Double) -> Weights {
    precondition((0...1).contains(share), "a share is between 0 and 1")
    let pruned = copy()
    for tensor in layout.tensors where tensor.hasRows {
      let values = pruned[tensor]
      let order = values.indices.sorted {
        let (a, b) = (values[$0].magnitude, values[$1].magnitude)
        return a == b ? $0 < $1 : a < b
      }
      for place in order.prefix(Int(share * Double(values.count))) { values[place] = 0 }
    }
    return pruned
  }
}
