import BPBCore
import NeuralModels

/// Where a layer's definition is differentiated: an input, the parameters, and the weights dy of what comes out, whose
/// weighted sum is the number that is differentiated.
struct LayerPoint {
  private let weights: Weights
  private let x: [Double]
  private let columns: Int
  private let parameters: [Double]
  private let dy: [Double]

  /// What comes out, and the derivatives by what goes in.
  struct Derivatives {
    var y: [Double]
    var dx: [Double]
    var parameters: [Double]
  }

  init(_ weights: Weights, x: [Float], columns: Int, dy: [Float]) {
    self.weights = weights
    self.x = x.map(Double.init)
    self.columns = columns
    parameters = (0..<weights.layout.bufferCount).map { Double(weights.parameters[$0]) }
    self.dy = dy.map(Double.init)
  }

  /// As the tape notes them.
  func derivatives(of definition: LayerDefinition) -> Derivatives {
    let reference = ReferenceNetwork(weights)
    let inputs = x.map { reference.tape.number($0) }
    let y = definition(reference, rows(inputs)).flatMap { $0 }
    precondition(y.count == dy.count, "as many weights as there are outputs")
    let result = dot(y, dy.map { reference.tape.number($0) })
    let slopes = reference.tape.gradient(of: result)
    return Derivatives(
      y: y.map(\.value), dx: inputs.map { slopes[$0.index] },
      parameters: reference.gradient(of: result))
  }

  /// How far the derivatives are from what two evaluations say, one to each side of the point along a random direction:
  /// by their length.
  func errorByDifferences(of definition: LayerDefinition, _ noted: Derivatives) -> Double {
    var generator = SeededGenerator(seed: 3)
    let (u, v) = (
      x.map { _ in generator.next() & 1 == 0 ? 1.0 : -1 },
      parameters.map { _ in generator.next() & 1 == 0 ? 1.0 : -1 }
    )
    let step = 1e-5 / Double(x.count + parameters.count).squareRoot()
    func value(_ step: Double) -> Double {
      let moved = ReferenceNetwork(weights, parameters: zip(parameters, v).map { $0 + step * $1 })
      let inputs = zip(x, u).map { moved.tape.number($0 + step * $1) }
      let y = definition(moved, rows(inputs)).flatMap { $0 }
      return zip(y, dy).reduce(0) { $0 + $1.0.value * $1.1 }
    }
    let measured = (value(step) - value(-step)) / (2 * step)
    let slopes = noted.dx + noted.parameters
    let along = zip(slopes, u + v).reduce(0) { $0 + $1.0 * $1.1 }
    return abs(measured - along) / slopes.reduce(1e-30) { $0 + $1 * $1 }.squareRoot()
  }

  private func rows(_ x: Reals) -> [Reals] {
    guard columns > 0 else { return [] }
    return stride(from: 0, to: x.count, by: columns).map { Array(x[$0..<$0 + columns]) }
  }
}
