import NeuralModels

extension Architecture {
  /// The network of a named size, as `10k`, that cells are planned with.
  static func size(_ name: String) -> Architecture {
    guard let size = NamedSize.all.first(where: { $0.name == name }) else {
      preconditionFailure("there is no size \(name)")
    }
    return size.architecture
  }
}
