import CKernels

/// One layer of gated units over a batch in the order [time][sequences]: the inputs' product for all steps at
/// once, then the state's step by step.
///
/// Rows of a step are those of one row a sequence; `rows` are those of all steps.
struct RecurrentLayer {
  let cell: RecurrentShape.Cell
  let width: Int
  let input, state: Linear
  /// Of the biases in the buffer of parameters: an LSTM adds them up first.
  let inputBias, stateBias: Int
  let parameters: UnsafePointer<Float>
  let kernels: UnsafePointer<bpb_kernels>

  /// Columns of the gates.
  var gates: Int { cell.gates * width }

  /// What a layer keeps from step to step and, while learning, for the backward pass.
  struct Kept {
    /// [rows][gates]: the inputs' part of the gates' sums; then of an LSTM the gates; then, in the backward
    /// pass, their gradient.
    let gates: Floats
    /// [1 + time][sequences][width]; the first is carried on from the call before.
    let states: Floats
    /// The same of an LSTM's cells.
    let cells: Floats
    /// [rows][4 width] of a GRU that learns.
    let kept: Floats?
  }

  /// Room that all layers share.
  struct Room {
    /// [sequences][gates] of a GRU; [gates] of an LSTM: the sum of its biases, or their gradient.
    let stateGates: Floats
    /// [rows][gates]: gradients of the state's part of a GRU's gates.
    let dGates: Floats
    /// [sequences][width]
    let dState, dCell: Floats
  }

  /// kept.states[1...] from x [rows][inputs].
  func forward(
    _ x: UnsafePointer<Float>, sequences: Int, time: Int, _ kept: Kept, _ room: Room,
    by products: Products
  ) {
    switch cell {
    case .gru:
      input.forward(x, rows: sequences * time, into: kept.gates, by: products)
    case .lstm:
      room.stateGates.update(from: parameters + inputBias, count: gates)
      kernels.pointee.add(gates, parameters + stateBias, room.stateGates)
      input.forward(
        x, rows: sequences * time, into: kept.gates, .after(UnsafePointer(room.stateGates)),
        by: products)
    }
    for step in 0..<time { forward(step: step, rows: sequences, kept, room, by: products) }
  }

  private func forward(
    step: Int, rows: Int, _ kept: Kept, _ room: Room, by products: Products
  ) {
    let stepGates = kept.gates + step * rows * gates
    let before = kept.states + step * rows * width
    let after = before + rows * width
    switch cell {
    case .gru:
      state.forward(before, rows: rows, into: room.stateGates, by: products)
      kernels.pointee.gru(
        rows, width, stepGates, gates, room.stateGates, before, after,
        kept.kept.map { $0 + step * rows * 4 * width })
    case .lstm:
      state.forward(before, rows: rows, into: stepGates, .adds, by: products)
      let cell = kept.cells + step * rows * width
      kernels.pointee.lstm(rows, width, stepGates, gates, cell, cell + rows * width, after)
    }
  }

  /// Begins the next batch where this one of `time` steps has ended.
  func carry(sequences: Int, time: Int, _ kept: Kept) {
    let count = sequences * width
    kept.states.update(from: kept.states + time * count, count: count)
    if cell == .lstm { kept.cells.update(from: kept.cells + time * count, count: count) }
  }
}
