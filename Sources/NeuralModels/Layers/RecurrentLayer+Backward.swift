import CKernels

extension RecurrentLayer {
  /// dx [rows][inputs] and the gradients of the weights from dy [rows][width], the gradient of states[1...], which is
  /// destroyed. No gradient comes from beyond the last step, nor goes beyond the first (Werbos, 1990; truncated).
  func backward(
    _ dy: Floats, x: UnsafePointer<Float>, sequences: Int, time: Int, _ kept: Kept, _ room: Room,
    into dx: Floats, gradient: Floats, by products: Products
  ) {
    room.dState.update(repeating: 0, count: sequences * width)
    if cell == .lstm { room.dNextCell.update(repeating: 0, count: sequences * width) }
    for step in (0..<time).reversed() {
      backward(dy, step: step, rows: sequences, kept, room, by: products)
    }
    let rows = sequences * time
    // A GRU's gates have two gradients: their inputs' part took the place of the sums.
    let dInput = cell == .gru ? kept.gates : room.dGates
    state.addGradient(room.dGates, kept.states, rows: rows, to: gradient, by: products)
    input.addGradient(dInput, x, rows: rows, to: gradient, by: products)
    if cell == .lstm { addBiasGradient(rows: rows, room, to: gradient) }
    input.backward(dInput, rows: rows, into: dx, by: products)
  }

  /// Gradients of one step's gates, and in room.dState that of the state before it.
  private func backward(
    _ dy: Floats, step: Int, rows: Int, _ kept: Kept, _ room: Room, by products: Products
  ) {
    let count = rows * width
    let dNext = dy + step * count
    let dStep = room.dGates + step * rows * gates
    kernels.pointee.add(count, room.dState, dNext)
    switch cell {
    case .gru:
      kernels.pointee.gru_backward(
        rows, width, kept.states + step * count, kept.kept! + step * rows * 4 * width, dNext,
        kept.gates + step * rows * gates, gates, dStep, room.dState)
      state.backward(dStep, rows: rows, into: room.dState, adds: true, by: products)
    case .lstm:
      let cell = kept.cells + step * count
      kernels.pointee.lstm_backward(
        rows, width, kept.gates + step * rows * gates, gates, cell, cell + count, dNext,
        room.dNextCell, dStep, gates, room.dCell)
      room.dNextCell.update(from: room.dCell, count: count)
      state.backward(dStep, rows: rows, into: room.dState, by: products)
    }
  }

  /// Both biases of an LSTM have the same gradient: the gates' column sums.
  private func addBiasGradient(rows: Int, _ room: Room, to gradient: Floats) {
    let sums = room.stateGates
    sums.update(repeating: 0, count: gates)
    kernels.pointee.add_rows(rows, gates, room.dGates, gates, sums)
    kernels.pointee.add(gates, sums, gradient + inputBias)
    kernels.pointee.add(gates, sums, gradient + stateBias)
  }
}
