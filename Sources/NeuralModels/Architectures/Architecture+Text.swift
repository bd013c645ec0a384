package import BPBCore

extension Architecture: CustomStringConvertible {
  /// The canonical text: the sizes, each with its name, and the options that differ from their defaults.
  package var description: String { shape.text }

  /// Names of the kinds of network, as texts begin with them.
  package static let kinds = ["mlp", "gru", "lstm", "transformer"]

  /// The parameters that texts of this kind of network take, with their ranges and defaults; nil for an
  /// unknown kind.
  package static func parameters(of kind: String) -> [MethodParameter]? {
    switch kind {
    case "mlp": MLPShape.parameters
    case "gru", "lstm": RecurrentShape.parameters
    case "transformer": TransformerShape.parameters
    default: nil
    }
  }

  /// Reads a text such as `gru:width=256`, or a named size such as `neural:100k`; sizes that are not given have their
  /// defaults.
  /// - Throws: `usage` for an unknown kind or parameter, a value out of its range, sizes that do not fit together, or
  ///   a network that would be too large.
  package init(parsing text: String) throws(BPBError) {
    try self.init(MethodSpec(parsing: text))
  }

  /// The same of a text that was split already.
  package init(_ spec: MethodSpec) throws(BPBError) {
    if spec.name == NamedSize.family {
      self = try NamedSize.architecture(spec)
      return
    }
    guard let parameters = Self.parameters(of: spec.name) else {
      throw BPBError(
        .usage, "there is no such kind of network",
        subject: "architecture '\(SafeText.escape(spec.description))'",
        advice: Suggestion.advice(for: spec.name, among: Self.kinds + [NamedSize.family])
          ?? "it is one of \((Self.kinds + [NamedSize.family]).joined(separator: ", "))")
    }
    let resolution = ParameterResolution(
      noun: "architecture", name: spec.name, parameters: parameters, naming: .complete,
      help: "it takes \(parameters.map(\.key).joined(separator: ", "))")
    try self.init(kind: spec.name, values: resolution.values(of: spec))
  }

  /// An architecture of the given kind from values that were checked against `parameters(of:)`.
  /// - Throws: `usage` for sizes that do not fit together, or a network that would be too large.
  package init(kind: String, values: MethodValues) throws(BPBError) {
    switch kind {
    case "mlp": self = .mlp(MLPShape(values))
    case "gru": self = .gru(RecurrentShape(cell: .gru, values))
    case "lstm": self = .lstm(RecurrentShape(cell: .lstm, values))
    case "transformer": self = .transformer(TransformerShape(values))
    default: preconditionFailure("no kind of network is called \(kind)")
    }
    try check()
  }

  /// The most parameters that a network may have: 2^28, 1 GiB of weights.
  package static let maximumParameterCount = 1 << 28

  /// - Throws: `usage` for sizes that do not fit together, or for more than `maximumParameterCount` parameters.
  package func check() throws(BPBError) {
    do throws(BPBError) {
      try shape.check()
      guard parameterCount <= Self.maximumParameterCount else {
        throw BPBError(
          .usage,
          "it would have \(parameterCount) parameters, and at most "
            + "\(Self.maximumParameterCount) are allowed",
          advice: "choose a smaller width or fewer layers")
      }
    } catch {
      throw error.about("architecture '\(description)'")
    }
  }
}
