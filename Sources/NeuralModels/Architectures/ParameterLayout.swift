/// Where each tensor of a network lies in its one buffer of parameters; gradients and the optimiser's
/// moments are laid out alike.
package struct ParameterLayout: Sendable, Equatable {
  /// What a tensor is for, which decides how it is initialised, optimised and decayed.
  package enum Role: Sendable, Equatable {
    /// Multiplies activations: [outputs][inputs], as in PyTorch's `Linear`.
    case matrix
    /// A matrix that gives the logits, [256][inputs]. Its rows are bytes, as an embedding's are, and it learns as
    /// an embedding does.
    case head
    /// One row a byte.
    case embedding
    /// Scales a norm's output; starts at 1.
    case gain
    /// Is added; starts at 0.
    case bias

    /// Whether activations are multiplied by it as a matrix.
    var isFactor: Bool { self == .matrix || self == .head }
    /// Whether weight decay pulls at it.
    var decays: Bool { isFactor || self == .embedding }
  }

  /// One tensor, row-major.
  package struct Tensor: Sendable, Equatable {
    /// As in the model file: the name that PyTorch gives to the same tensor.
    package var name: String
    package var shape: [Int]
    package var role: Role
    /// In elements, a multiple of 16.
    package var offset: Int
    package var count: Int { shape.reduce(1, *) }
  }

  package private(set) var tensors: [Tensor] = []
  /// Elements of the buffer; the gaps between tensors are 0 and stay so.
  package private(set) var bufferCount = 0
  /// Parameters: elements of the tensors.
  package var parameterCount: Int { tensors.reduce(0) { $0 + $1.count } }

  package init() {}

  /// Adds a tensor and gives its offset.
  package mutating func add(_ name: String, _ shape: [Int], _ role: Role) -> Int {
    let tensor = Tensor(name: name, shape: shape, role: role, offset: bufferCount)
    tensors.append(tensor)
    bufferCount += (tensor.count + 15) / 16 * 16
    return tensor.offset
  }
}
