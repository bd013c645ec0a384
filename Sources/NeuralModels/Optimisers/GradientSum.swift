import CKernels

/// The gradients of a batch's shards as one.
enum GradientSum {
  private static let grain = 1 << 14

  /// Sums `gradients` into the first of them, in their order, and gives the length of the sum: the same whatever the number
  /// of threads.
  static func reduce(_ gradients: [FloatBuffer], kernels: Kernels, team: ThreadTeam) -> Double {
    let count = gradients[0].count
    let pieces = (count + grain - 1) / grain
    let squares = UnsafeMutablePointer<Double>.allocate(capacity: pieces)
    defer { squares.deallocate() }
    team.run(count, grain: grain) { range in
      let sum = gradients[0].base + range.lowerBound
      for gradient in gradients.dropFirst() {
        kernels.table.pointee.add(range.count, gradient.base + range.lowerBound, sum)
      }
      squares[range.lowerBound / grain] = kernels.table.pointee.square_sum(range.count, sum)
    }
    return (0..<pieces).reduce(0) { $0 + squares[$1] }.squareRoot()
  }
}
