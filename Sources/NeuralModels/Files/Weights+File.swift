package import BPBCore
import CKernels

extension Weights {
  /// The weights that a file holds, not packed yet.
  ///
  /// - Throws: `badData`, with the tensor's name, unless the file has exactly the tensors of `architecture`, all of
  ///   finite numbers.
  package convenience init(
    _ file: SafetensorsFile, _ architecture: Architecture
  ) throws(BPBError) {
    // Before there is room for them: an architecture is only words.
    let tensors = try file.header.tensors(of: architecture)
    self.init(architecture)
    for (tensor, place) in zip(tensors, layout.tensors) {
      file.read(tensor, into: parameters + place.offset)
      if let index = self[place].firstIndex(where: { !$0.isFinite }) {
        throw BPBError(
          .badData,
          "number \(index) of the tensor '\(place.name)' is \(self[place][index]): the training "
            + "diverged, or the file is damaged",
          advice: "use an earlier checkpoint, or train it again")
      }
    }
  }

  /// Rounds every parameter to what a file of numbers of `type` holds.
  package func round(to type: TensorType) {
    for tensor in layout.tensors {
      for i in self[tensor].indices { self[tensor][i] = type.rounded(self[tensor][i]) }
    }
  }

  /// Writes the weights as a model file. Equal content gives equal bytes.
  ///
  /// - Parameters:
  ///   - metadata: with whatever architecture; it is replaced by that of the weights.
  ///   - type: `float32`, or `brainFloat16` for half the size; see `round(to:)`.
  /// - Throws: as `SafetensorsFile.write`.
  package func write(
    _ metadata: NeuralModelMetadata, as type: TensorType = .float32,
    to output: SafetensorsFile.Sink
  ) throws(BPBError) {
    var metadata = metadata
    metadata.architecture = architecture.description
    try SafetensorsFile.write(
      parameters, layout, metadata: metadata.texts, as: type, to: output)
  }
}

extension SafetensorsHeader {
  /// The tensors of `architecture` in the order of its layout.
  ///
  /// - Throws: `badData` where one is missing, has another shape, or belongs to no such network.
  fileprivate func tensors(of architecture: Architecture) throws(BPBError) -> [Tensor] {
    let layout = architecture.parameterLayout
    let byName = tensors.reduce(into: [:]) { $0[$1.name] = $1 }
    let wanted = Set(layout.tensors.map(\.name))
    if let other = tensors.first(where: { !wanted.contains($0.name) }) {
      throw Self.mismatch("the tensor '\(SafeText.escape(other.name))' is no part", architecture)
    }
    var found: [Tensor] = []
    for place in layout.tensors {
      guard let tensor = byName[place.name] else {
        throw Self.mismatch("there is no tensor '\(place.name)', which is part", architecture)
      }
      guard tensor.shape == place.shape else {
        throw Self.mismatch(
          "the tensor '\(place.name)' has the shape \(tensor.shape) and not \(place.shape), that",
          architecture)
      }
      found.append(tensor)
    }
    return found
  }

  private static func mismatch(_ what: String, _ architecture: Architecture) -> BPBError {
    BPBError(
      .badData, "\(what) of '\(architecture)'",
      advice: "see whether the file is of that architecture")
  }
}
