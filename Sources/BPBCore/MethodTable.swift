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
    let values = try resolution(of: family).values(of: spec)
    var method = try family.make(values)
    method.name = values.name
    return method
  }

  /// The method that `spec` names, and the same without each of its parts.
  ///
  /// - Throws: as `method(for:)`; `usage` where nothing can be left out.
  public func ablations(
    of spec: MethodSpec
  ) throws(BPBError) -> (whole: Method, without: [(part: String, method: Method)]) {
    let whole = try method(for: spec)
    let family = try self.family(named: spec.name)
    let values = try resolution(of: family).values(of: spec)
    guard let parts = family.parts else {
      let able = families.filter { $0.parts != nil }.map(\.name).joined(separator: ", ")
      throw BPBError(
        .usage, "has no parts to be left out one by one", subject: "method '\(whole.name)'",
        advice: "name one of \(able)")
    }
    guard !spec.options.contains(where: { $0.key == parts.key }) else {
      throw BPBError(
        .usage, "is without a part already", subject: "method '\(whole.name)'",
        advice: "leave '\(parts.key)' out")
    }
    var without: [(String, Method)] = []
    for part in parts.names(values) {
      var rest = spec
      rest.options.append(.init(key: parts.key, value: .init(part)))
      without.append((part, try method(for: rest)))
    }
    return (whole, without)
  }

  private func resolution(of family: MethodFamily) -> ParameterResolution {
    ParameterResolution(
      noun: "method", name: family.name, parameters: family.parameters, naming: .shortest,
      help: "'bpb methods \(family.name)' shows its parameters")
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
