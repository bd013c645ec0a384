/// Checks a name as it was written, of a method or of a source, against the parameters that it may
/// have, and completes it.
public struct ParameterResolution: Sendable {
  /// How much of a name its canonical form spells out.
  public enum Naming: Sendable {
    /// The first value without its key, then every other value that is not the default.
    case shortest
    /// Every value with its key: the name keeps its meaning whatever becomes of the defaults.
    case complete
  }

  /// What is named, for messages: "method" or "source".
  let noun: String
  let name: String
  let parameters: [MethodParameter]
  let naming: Naming
  /// A clause that says where help is, for messages that have no better advice.
  let help: String

  /// A resolution of names that begin with `name`; see the properties.
  public init(
    noun: String, name: String, parameters: [MethodParameter], naming: Naming, help: String
  ) {
    self.noun = noun
    self.name = name
    self.parameters = parameters
    self.naming = naming
    self.help = help
  }

  /// The values that `spec` gives, completed with the defaults.
  ///
  /// - Throws: `usage` for an unknown or repeated key, or a value that the parameter does not take, with
  ///   the nearest one that would do.
  public func values(of spec: MethodSpec) throws(BPBError) -> MethodValues {
    var given = spec.options
    if let value = spec.value {
      guard let first = parameters.first else {
        throw error("takes no value, but '\(value)' is given", of: spec)
      }
      given.insert(.init(key: first.key, value: value), at: 0)
    }
    try checkKeys(given, of: spec)
    var texts: [(key: String, text: String)] = []
    for parameter in parameters {
      let value = given.first { $0.key == parameter.key }?.value
      if let text = try value.map({ v throws(BPBError) in try check(v, parameter, of: spec) })
        ?? parameter.defaultValue
      {
        texts.append((parameter.key, text))
      }
    }
    return MethodValues(name: canonicalName(texts, nested: given), texts: texts)
  }

  private func checkKeys(_ given: [MethodSpec.Option], of spec: MethodSpec) throws(BPBError) {
    for (index, option) in given.enumerated() {
      guard parameters.contains(where: { $0.key == option.key }) else {
        throw error(
          "has no parameter '\(SafeText.escape(option.key))'", of: spec,
          advice: Suggestion.advice(for: option.key, among: parameters.map(\.key)))
      }
      guard !given[..<index].contains(where: { $0.key == option.key }) else {
        throw error("parameter '\(option.key)' is given twice", of: spec)
      }
    }
  }

  /// The value's canonical text.
  private func check(
    _ value: MethodSpec.Value, _ parameter: MethodParameter, of spec: MethodSpec
  ) throws(BPBError) -> String {
    let result = parameter.domain.canonicalText(of: value)
    guard let text = result.text else {
      throw error(
        "\(parameter.key) cannot be '\(SafeText.escape(value.text))'", of: spec,
        advice: result.advice)
    }
    return text
  }

  private func canonicalName(
    _ texts: [(key: String, text: String)], nested given: [MethodSpec.Option]
  ) -> String {
    var spec = MethodSpec(name: name)
    for (position, parameter) in parameters.enumerated() {
      guard let text = texts.first(where: { $0.key == parameter.key })?.text else { continue }
      let isNested = given.first { $0.key == parameter.key }?.value.isNested ?? false
      let value = MethodSpec.Value(text, isNested: isNested)
      if naming == .shortest && position == 0 {
        spec.value = value
      } else if naming == .complete || text != parameter.defaultValue {
        spec.options.append(.init(key: parameter.key, value: value))
      }
    }
    return spec.description
  }

  private func error(
    _ problem: String, of spec: MethodSpec, advice: String? = nil
  ) -> BPBError {
    BPBError(
      .usage, problem, subject: "\(noun) '\(SafeText.escape(spec.description))'",
      advice: advice ?? help)
  }
}
