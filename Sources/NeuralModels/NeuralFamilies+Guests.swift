import BPBCore
package import ByteModels

extension NeuralFamilies {
  /// Networks that a mix can listen to, as in `mix:neural=[gru:width=256]`.
  package static let guests: GuestList = { spec throws(BPBError) in
    guard let parameters = Architecture.parameters(of: spec.name) else {
      throw BPBError(
        .usage, "there is no such kind of network",
        subject: "network '\(SafeText.escape(spec.description))'",
        advice: Suggestion.advice(for: spec.name, among: Architecture.kinds)
          ?? "it is one of \(Architecture.kinds.joined(separator: ", "))")
    }
    let resolution = ParameterResolution(
      noun: "network", name: spec.name, parameters: parameters + ReplayShape.parameters,
      naming: .shortest,
      help: "it takes \((parameters + ReplayShape.parameters).map(\.key).joined(separator: ", "))")
    let values = try resolution.values(of: spec)
    let shape = ReplayShape(try Architecture(kind: spec.name, values: values), values)
    try shape.check(values.name)
    return shape.invited
  }
}

extension ReplayShape {
  static let parameters: [MethodParameter] = [
    MethodParameter(
      "readers", .integer(1...64), default: "8",
      summary: "places of the text that it learns from at a time"),
    MethodParameter(
      "segment", .integer(1...256), default: "32",
      summary: "bytes of each between two steps of learning"),
    MethodParameter(
      "rate", .decimal(Millionths(count: 1)...Millionths(count: 1_000_000)), default: "0.003",
      summary: "the learning rate"),
  ]

  init(_ architecture: Architecture, _ values: MethodValues) {
    self.init(
      architecture: architecture, readers: values.integer("readers"),
      segment: values.integer("segment"), rate: values.decimal("rate").value)
  }

  /// - Throws: `usage` for a network that cannot see what it is to learn from.
  func check(_ name: String) throws(BPBError) {
    if case .transformer(let shape) = architecture, window > shape.context {
      throw BPBError(
        .usage, "learns from \(window) bytes at once, and its context is \(shape.context)",
        subject: "network '\(name)'", advice: "ask for segment=\(max(shape.context / 2, 1))")
    }
  }

  fileprivate var invited: InvitedGuest {
    InvitedGuest(
      memory: architecture.weightsBytes([.learning(.float32)]) * 3,
      speed: 1e11 / (8 * Double(architecture.parameterCount) * Double(readers)),
      parameterCount: architecture.parameterCount
    ) { byteCount throws(BPBError) in
      let runtime = NeuralRuntime.current
      return ReplayNetwork(
        self, byteCount: byteCount, kernels: runtime.kernels,
        team: ThreadTeam(threads: min(runtime.threads, 2)))
    }
  }
}
