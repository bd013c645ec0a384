import CKernels

/// Where a perceptron keeps its activations.
struct MLPMemory {
  let products: Products
  /// The bytes before the next one of each sequence, [sequences][context - 1], the latest last.
  let history: UnsafeMutablePointer<UInt8>
  /// The history of one sequence and what follows it, [context - 1 + time].
  let window: UnsafeMutablePointer<UInt8>
  /// [rows][context · embedding], and its gradient.
  let embedded, dEmbedded: Floats
  /// Of each layer, before and after the activation, [rows][width]; the sums only for learning.
  let sums, hidden: [Floats]
  /// [rows][width]
  let dHidden, dBelow: Floats
  let head: Head.Room?

  init(_ shape: MLPShape, _ plan: NetworkPlan, slices: inout ArenaSlices) {
    let (sequences, time) = (plan.sequences, plan.time)
    let isLearning = plan.training != nil
    let rows = Self.group(sequences: sequences, time: time) * time
    let inputs = shape.inputs(of: 0)
    products = Products(
      plan, rows: rows, width: max(inputs, shape.width, 256), slices: &slices)
    history = slices.take(sequences * (shape.context - 1), of: UInt8.self)
    window = slices.take(shape.context - 1 + time, of: UInt8.self)
    func matrix(_ columns: Int, isNeeded: Bool) -> Floats {
      slices.floats(isNeeded ? rows * columns : 0)
    }
    embedded = matrix(inputs, isNeeded: true)
    dEmbedded = matrix(inputs, isNeeded: isLearning)
    sums = (0..<shape.layers).map { _ in matrix(shape.width, isNeeded: isLearning) }
    hidden = (0..<shape.layers).map { _ in matrix(shape.width, isNeeded: true) }
    dHidden = matrix(shape.width, isNeeded: isLearning)
    dBelow = matrix(shape.width, isNeeded: isLearning)
    head = isLearning ? Head.Room(rows: rows, slices: &slices) : nil
  }

  /// How many sequences go through the layers together: about 256 rows.
  static func group(sequences: Int, time: Int) -> Int { min(sequences, max(1, 256 / time)) }
}
