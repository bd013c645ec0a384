import CKernels

extension RecurrentLayer {
  /// dx [rows][inputs] and the gradients of the weights from dy [rows][width], the gradient of states[1...], which is
  /// destroyed. No gradient comes from beyond the last step, nor goes beyond the first (Werbos, 1990; truncated).
  func backward(
    _ dy: Floats, x: UnsafePointer<Float>, sequences: Int, time: Int, _ kept: Kept, _ room: Room,
    into dx: Floats, gradient: Floats, by products: Products
  ) {
    room.dState.update(repeating: 0, count: sequences * width)
    if cell == .lstm {
      room.dCell.update(repeating: 0, count: sequences * width)
      room.stateGates.update(repeating: 0, count: gates)
    }
    for step in (0..<time).reversed() {
      backward(dy, step: step, rows: sequences, kept, room, gradient: gradient, by: products)
    }
    if cell == .lstm {
      kernels.pointee.add(gates, room.stateGates, gradient + inputBias)
      kernels.pointee.add(gates, room.stateGates, gradient + stateBias)
    }
    let rows = sequences * time
    let dState = cell == .gru ? room.dGates : kept.gates
    state.addWeightGradient(dState, kept.states, rows: rows, to: gradient, by: products)
    input.addWeightGradient(kept.gates, x, rows: rows, to: gradient, by: products)
    input.backward(kept.gates, rows: rows, into: dx, by: products)
  }

  /// Gradients of one step's gates in place of what was kept of them, of the biases, and in room.dState that of the
  /// state before it.
  private func backward(
    _ dy: Floats, step: Int, rows: Int, _ kept: Kept, _ room: Room, gradient: Floats,
    by products: Products
  ) {
    let count = rows * width
    let dNext = dy + step * count
    let stepGates = kept.gates + step * rows * gates
    kernels.pointee.add(count, room.dState, dNext)
    switch cell {
    case .gru:
      let dStep = room.dGates + step * rows * gates
      kernels.pointee.gru_backward(
        rows, width, kept.states + step * count, kept.kept! + step * rows * 4 * width, dNext,
        stepGates, gates, dStep, room.dState)
      input.addBiasGradient(stepGates, rows: rows, to: gradient, by: products)
      state.addBiasGradient(dStep, rows: rows, to: gradient, by: products)
      state.backward(dStep, rows: rows, into: room.dState, adds: true, by: products)
    case .lstm:
      let cell = kept.cells + step * count
      kernels.pointee.lstm_backward(
        rows, width, stepGates, gates, cell, cell + count, dNext, room.dCell, stepGates, gates,
        room.dCell)
      // Both biases have this gradient: the gates' column sums.
      kernels.pointee.add_rows(rows, gates, stepGates, gates, room.stateGates)
      state.backward(stepGates, rows: rows, into: room.dState, by: products)
    }
  }
}
