import NeuralModels

extension Architecture {
  /// The network of a named size, as `10k`, that cells are planned with.
  static func size(_ name: String) -> Architecture {
    guard let size = NamedSize.all.first(where: { $0.name == name }) else {
      preconditionFailure("there is no size \(name)")
    }
    return size.architecture
  }

  /// A rough number of seconds in which one core learns from so many bytes, in sequences of `time` bytes: 10^11 operations a
  /// second, and 0.7 microseconds a byte for what is no product, as was measured for the named sizes.
  func trainingSeconds(bytes: Int, time: Int) -> Double {
    Double(bytes) * (trainingFLOPsPerByte(time: time) / 1e11 + 7e-7)
  }

  /// The same for reading losses on so many bytes, of which fewer go through a product at once.
  func scoringSeconds(bytes: Int) -> Double {
    Double(bytes) * (1.5 * forwardFLOPsPerByte(time: 256) / 1e11 + 7e-7)
  }
}
