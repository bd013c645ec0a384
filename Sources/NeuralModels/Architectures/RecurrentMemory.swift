import CKernels

/// Where a recurrent network keeps its activations, in the order [time][sequences].
struct RecurrentMemory {
  let products: Products
  /// [rows]
  let inputs, targets: UnsafeMutablePointer<UInt8>
  /// [rows][embedding]
  let embedded: Floats
  let layers: [RecurrentLayer.Kept]
  let room: RecurrentLayer.Room
  /// A layer's states after dropout, [rows][width], if anything is dropped.
  let dropped: [Floats]
  /// Gradient of a layer's states, then of its inputs: [rows], as wide as the wider. Where nothing is learned,
  /// the last layer's states in the order of the batch.
  let dStates: Floats
  let head: Head.Room?

  init(_ shape: RecurrentShape, _ plan: NetworkPlan, slices: inout ArenaSlices) {
    let (sequences, time) = (plan.sequences, plan.time)
    let rows = plan.rows
    let isLearning = plan.training != nil
    let (width, gates) = (shape.width, shape.cell.gates * shape.width)
    products = Products(
      plan, rows: rows, width: max(gates, shape.embedding, 256), slices: &slices)
    (inputs, targets) = (slices.take(rows, of: UInt8.self), slices.take(rows, of: UInt8.self))
    func matrix(_ columns: Int) -> Floats { slices.floats(rows * columns) }
    embedded = matrix(shape.embedding)
    let isGRU = shape.cell == .gru
    // Without a backward pass all layers can use the same room for their gates.
    let sharedGates = matrix(isLearning ? 0 : gates)
    layers = (0..<shape.layers).map { _ in
      RecurrentLayer.Kept(
        gates: isLearning ? matrix(gates) : sharedGates,
        states: slices.floats((1 + time) * sequences * width),
        cells: slices.floats(isGRU ? 0 : (1 + time) * sequences * width),
        kept: isLearning && isGRU ? matrix(4 * width) : nil)
    }
    let stepCount = isLearning ? sequences * width : 0
    room = RecurrentLayer.Room(
      stateGates: slices.floats(sequences * gates), dGates: matrix(isLearning && isGRU ? gates : 0),
      dState: slices.floats(stepCount), dCell: slices.floats(isGRU ? 0 : stepCount))
    let isDropping = (plan.training?.dropout ?? 0) > 0
    dropped = (0..<shape.layers).map { _ in matrix(isDropping ? width : 0) }
    dStates = matrix(max(width, shape.embedding))
    head = isLearning ? Head.Room(rows: rows, slices: &slices) : nil
  }
}
