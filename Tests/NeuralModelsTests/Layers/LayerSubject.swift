import BPBCore
import CKernels
import Testing

@testable import NeuralModels

/// One layer with random weights, those of some architecture that has such a layer, and memory for what it keeps.
final class LayerSubject {
  let weights: Weights
  let products: Products
  private let arena = Arena(bytes: 1 << 20)
  private var slices: ArenaSlices

  /// A layer that reads `rows` rows.
  init(_ architecture: Architecture, rows: Int) {
    weights = Weights(architecture)
    weights.randomise(seed: 5)
    let use = Weights.Use.learning(.float32)
    weights.reserve(use)
    weights.repack(for: use, kernels: .best)
    let plan = NetworkPlan(
      kernels: .best, sequences: 1, time: rows, training: TrainingOptions())
    // What nobody has written must not be read.
    arena.base.initializeMemory(as: Float.self, repeating: .nan, count: arena.bytes / 4)
    slices = arena.slices
    let widest = weights.layout.tensors.flatMap(\.shape).max()!
    products = Products(plan, rows: rows, width: widest, slices: &slices)
  }

  /// Memory of the test's length.
  func room<Result>(_ take: (inout ArenaSlices) -> Result) -> Result {
    defer { precondition(slices.bytes <= arena.bytes, "a test needs more memory") }
    return take(&slices)
  }

  /// `values` in such memory.
  func room(_ values: [Float]) -> UnsafeMutablePointer<Float> {
    let memory = room { $0.floats(values.count) }
    memory.update(from: values, count: values.count)
    return memory
  }

  /// Where a layer's gradients are added: something is there already.
  private(set) lazy var gradient: UnsafeMutablePointer<Float> = room(
    [Float](repeating: LayerSubject.before, count: weights.layout.bufferCount))
  static let before: Float = 0.25

  func read(_ memory: UnsafePointer<Float>, _ count: Int) -> [Float] {
    Array(UnsafeBufferPointer(start: memory, count: count))
  }
}

/// What a layer gave.
struct LayerResult {
  var y: [Float]
  /// The gradient of the layer's input.
  var dx: [Float] = []
}

/// What a layer should give for inputs [rows][columns], in double precision.
typealias LayerDefinition = (ReferenceNetwork, [Reals]) -> [Reals]

extension LayerSubject {
  /// Holds a layer's output, the gradient of its input, and those of all parameters, which lie in `gradient`, to what its
  /// definition gives, within 2e-5 of the largest in each tensor.
  /// - Parameters:
  ///   - x: what the layer has read, [rows][columns]; empty if it reads bytes.
  ///   - dy: the gradient of what it gave.
  func expect(
    _ ours: LayerResult, x: [Float], columns: Int, dy: [Float],
    sourceLocation: SourceLocation = #_sourceLocation, is definition: LayerDefinition
  ) {
    let point = LayerPoint(weights, x: x, columns: columns, dy: dy)
    let expected = point.derivatives(of: definition)
    func compare(_ ours: [Float], _ expected: [Double], _ what: String) {
      let error = relativeError(ours, expected)
      #expect(error < 2e-5, "\(what): \(error)", sourceLocation: sourceLocation)
    }
    compare(ours.y, expected.y, "output")
    compare(ours.dx, expected.dx, "gradient of the input")
    let added = (0..<weights.layout.bufferCount).map { gradient[$0] - Self.before }
    for tensor in weights.layout.tensors {
      let range = tensor.offset..<tensor.offset + tensor.count
      compare(Array(added[range]), Array(expected.parameters[range]), tensor.name)
    }
    let error = point.errorByDifferences(of: definition, expected)
    #expect(error < 1e-6, "the reference's own gradient: \(error)", sourceLocation: sourceLocation)
  }

  /// The largest difference by the largest expected value; where all of these are 0 any difference is too large.
  private func relativeError(_ ours: [Float], _ expected: [Double]) -> Double {
    guard ours.count == expected.count else { return .infinity }
    let largest = expected.reduce(1e-30) { max($0, abs($1)) }
    // What is no number must not be lost in a maximum.
    return zip(ours, expected).reduce(0) { worst, pair in
      let error = abs(Double(pair.0) - pair.1) / largest
      return error <= worst ? worst : error
    }
  }
}
