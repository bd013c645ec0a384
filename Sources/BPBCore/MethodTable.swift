/// The methods that can be named, and the way from a name to a method.
public struct MethodTable: Sendable {
  public private(set) var families: [MethodFamily]
  /// Names that the table knows of but cannot offer in this build, each with the reason.
  private let absences: [Absence]

  /// A name that cannot be used here, and why.
  public struct Absence: Sendable {
    let name: String
    let reason: String

    /// Creates an absence; `reason` completes "zstd is …".
    public init(name: String, reason: String) {
      self.name = name
      self.reason = reason
    }
  }

  /// Creates a table of `families`.
  public init(families: [MethodFamily], absences: [Absence] = []) {
    self.families = families
    self.absences = absences
  }

  /// The same table with one more family.
  ///
  /// - Throws: `usage` when the name is taken or cannot stand in a method name.
  public func adding(_ family: MethodFamily) throws(BPBError) -> MethodTable {
    guard !families.contains(where: { $0.name == family.name }) else {
      throw BPBError(
        .usage, "there is a method of that name already", subject: "method '\(family.name)'",
        advice: "choose another name")
    }
    return MethodTable(families: families + [family], absences: absences)
  }

  /// The method that `text` names.
  public func method(named text: String) throws(BPBError) -> Method {
    try method(for: MethodSpec(parsing: text))
  }

  /// The method that `spec` names.
  ///
  /// - Throws: `usage` for an unknown name, key or value, with the nearest valid one.
  public func method(for spec: MethodSpec) throws(BPBError) -> Method {
    let family = try self.family(named: spec.name)
    let values = try MethodResolution(family: family).values(of: spec)
    var method = try family.make(values)
    method.name = values.name
    return method
  }

  /// The family of that name.
  ///
  /// - Throws: `usage` for an unknown name, with the nearest one.
  public func family(named name: String) throws(BPBError) -> MethodFamily {
    if let family = families.first(where: { $0.name == name }) { return family }
    let subject = "method '\(SafeText.escape(name))'"
    if let absence = absences.first(where: { $0.name == name }) {
      throw BPBError(.usage, absence.reason, subject: subject)
    }
    throw BPBError(
      .usage, "there is no such method", subject: subject,
      advice: Suggestion.advice(for: name, among: families.map(\.name))
        ?? "'bpb methods' lists them")
  }
}

/// Checks a spec against its family and completes it.
private struct MethodResolution {
  let family: MethodFamily

  func values(of spec: MethodSpec) throws(BPBError) -> MethodValues {
    var given = spec.options
    if let value = spec.value {
      guard let first = family.parameters.first else {
        throw error("takes no value, but '\(value)' is given", of: spec)
      }
      given.insert(.init(key: first.key, value: value), at: 0)
    }
    try checkKeys(given, of: spec)
    var texts: [(key: String, text: String)] = []
    for parameter in family.parameters {
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
      guard family.parameters.contains(where: { $0.key == option.key }) else {
        throw error(
          "has no parameter '\(SafeText.escape(option.key))'", of: spec,
          advice: Suggestion.advice(for: option.key, among: family.parameters.map(\.key)))
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
    let complaint = "\(parameter.key) cannot be '\(SafeText.escape(value.text))'"
    switch parameter.domain {
    case .integer(let range):
      guard let number = Int(value.text) else {
        throw error(complaint, of: spec, advice: "it is a whole number, \(range.spelled)")
      }
      guard range.contains(number) else {
        let nearest = min(max(number, range.lowerBound), range.upperBound)
        throw error(complaint, of: spec, advice: "it goes \(range.spelled); nearest is \(nearest)")
      }
      return String(number)
    case .choice(let words):
      guard words.contains(value.text) else {
        let advice = Suggestion.advice(for: value.text, among: words)
        throw error(
          complaint, of: spec, advice: advice ?? "it is one of \(words.joined(separator: ", "))")
      }
      return value.text
    case .size(let range):
      guard let bytes = ByteSize.parse(value.text), range.contains(bytes) else {
        let bounds = "\(ByteSize.exact(range.lowerBound)) to \(ByteSize.exact(range.upperBound))"
        throw error(complaint, of: spec, advice: "it is a size from \(bounds), as in 64MiB")
      }
      return ByteSize.exact(bytes)
    case .path:
      return value.text
    case .method:
      guard value.isNested else {
        throw error(complaint, of: spec, advice: "a method stands in brackets, as in [ngram:3]")
      }
      return value.text
    }
  }

  /// Name, first value, then every other value that is not the default.
  private func canonicalName(
    _ texts: [(key: String, text: String)], nested given: [MethodSpec.Option]
  ) -> String {
    var spec = MethodSpec(name: family.name)
    for (position, parameter) in family.parameters.enumerated() {
      guard let text = texts.first(where: { $0.key == parameter.key })?.text else { continue }
      let isNested = given.first { $0.key == parameter.key }?.value.isNested ?? false
      let value = MethodSpec.Value(text, isNested: isNested)
      if position == 0 {
        spec.value = value
      } else if text != parameter.defaultValue {
        spec.options.append(.init(key: parameter.key, value: value))
      }
    }
    return spec.description
  }

  private func error(
    _ problem: String, of spec: MethodSpec, advice: String? = nil
  ) -> BPBError {
    BPBError(
      .usage, problem, subject: "method '\(SafeText.escape(spec.description))'",
      advice: advice ?? "'bpb methods \(family.name)' shows its parameters")
  }
}

extension ClosedRange<Int> {
  fileprivate var spelled: String { "\(lowerBound) to \(upperBound)" }
}
