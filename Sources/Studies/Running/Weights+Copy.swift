import NeuralModels

extension Weights {
  /// The parameters as they are now, as the buffer that they are in memory.
  var copied: [Float] {
    Array(UnsafeBufferPointer(start: parameters, count: layout.bufferCount))
  }

  /// Weights of `parameters`, which `copied` gave, ready to code by.
  convenience init(_ architecture: Architecture, copying parameters: [Float]) {
    self.init(architecture)
    precondition(parameters.count == layout.bufferCount, "parameters of another network")
    self.parameters.update(from: parameters, count: parameters.count)
    readyToCode()
  }

  /// These, with what coding reads made from the parameters as they are now.
  @discardableResult func readyToCode() -> Weights {
    reserve(.coding)
    repack(for: .coding, kernels: NeuralRuntime.current.kernels)
    return self
  }
}
