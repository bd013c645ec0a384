import CKernels

/// What an optimiser remembers, and how it takes a step: on as many threads as there are, with the same result.
final class OptimiserState {
  private let kernels: UnsafePointer<bpb_kernels>
  private let layout: ParameterLayout
  private let settings: OptimiserSettings
  private let team: ThreadTeam
  /// The tensors of each kind.
  private let adaptive: [ParameterLayout.Tensor]
  private let orthogonal: [Block]
  private let updates: [OrthogonalUpdate]
  /// First and second moments, laid out as the parameters; Muon's momentum is in `first`.
  let first: FloatBuffer
  let second: FloatBuffer
  /// A direction that is being made orthogonal.
  private let direction: FloatBuffer
  private static let grain = 1 << 13

  /// A matrix. Queries, keys and values are one, as are the gates of a recurrent layer.
  private struct Block {
    let offset: Int
    let rows: Int
    let columns: Int

    init(_ tensor: ParameterLayout.Tensor) {
      offset = tensor.offset
      (rows, columns) = (tensor.shape[0], tensor.shape[1])
    }

    var count: Int { rows * columns }
    /// Root mean square of AdamW's usual step, 0.2, against that of an orthogonal matrix.
    var stepScale: Float { 0.2 * Float(max(rows, columns)).squareRoot() }
  }

  init(layout: ParameterLayout, settings: OptimiserSettings, kernels: Kernels, team: ThreadTeam) {
    self.kernels = kernels.table
    self.layout = layout
    self.settings = settings
    self.team = team
    let usesMuon = settings.optimiser == .muon
    adaptive = layout.tensors.filter { !usesMuon || $0.role != .matrix }
    let blocks = usesMuon ? layout.tensors.filter { $0.role == .matrix }.map(Block.init) : []
    // The largest first: they decide how long all take.
    orthogonal = blocks.sorted { ($0.count, $1.offset) > ($1.count, $0.offset) }
    let workers = orthogonal.isEmpty ? 0 : team.threadCount
    updates = (0..<workers).map { _ in
      OrthogonalUpdate(kernels: kernels, shapes: blocks.map { ($0.rows, $0.columns) })
    }
    first = FloatBuffer(count: layout.bufferCount)
    second = FloatBuffer(count: layout.bufferCount)
    direction = FloatBuffer(count: usesMuon ? layout.bufferCount : 0)
  }

  /// One step: `gradient`, multiplied by `gradientScale`, moves `weights`, at `rateShare` of the peak rates. It counts
  /// steps from 0.
  ///
  /// All three are laid out as the parameters.
  func step(
    _ step: Int, rateShare: Double, gradient: UnsafePointer<Float>, gradientScale: Float,
    weights: UnsafeMutablePointer<Float>
  ) {
    stepOrthogonally(
      rate: Float(settings.matrixRate * rateShare), momentum: Float(settings.momentum(at: step)),
      gradient: gradient, scale: gradientScale, weights: weights)
    for tensor in adaptive {
      let numbers = bpb_adamw(
        rate: Float(settings.rate * rateShare), beta1: Float(settings.beta1),
        beta2: Float(settings.beta2), epsilon: 1e-8,
        decay: tensor.role.decays ? Float(settings.weightDecay) : 0,
        correction1: Float(1 - Self.power(settings.beta1, step + 1)),
        correction2: Float(1 - Self.power(settings.beta2, step + 1)), gradient_scale: gradientScale)
      withUnsafePointer(to: numbers) { numbers in
        team.run(tensor.count, grain: Self.grain) { [kernels, first, second] range in
          let at = tensor.offset + range.lowerBound
          kernels.pointee.adamw(
            range.count, numbers, gradient + at, weights + at, first.base + at, second.base + at)
        }
      }
    }
  }

  private func stepOrthogonally(
    rate: Float, momentum: Float, gradient: UnsafePointer<Float>, scale: Float,
    weights: UnsafeMutablePointer<Float>
  ) {
    guard !orthogonal.isEmpty else { return }
    let workers = updates.count
    team.run(workers) { [kernels, orthogonal, updates, first, direction, settings] worker in
      for index in stride(from: worker, to: orthogonal.count, by: workers) {
        let block = orthogonal[index]
        let (memory, ahead) = (first.base + block.offset, direction.base + block.offset)
        // Nesterov: the momentum as it will be, and once more this gradient.
        kernels.pointee.blend(block.count, scale, gradient + block.offset, momentum, memory)
        ahead.update(from: memory, count: block.count)
        kernels.pointee.blend(block.count, scale, gradient + block.offset, momentum, ahead)
        updates[worker].orthogonalise(ahead, rows: block.rows, columns: block.columns)
        kernels.pointee.blend(
          block.count, -rate * block.stepScale, ahead, 1 - rate * Float(settings.weightDecay),
          weights + block.offset)
      }
    }
  }

  /// `base` to the power of a whole number, by multiplications alone: the same bits everywhere.
  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}
