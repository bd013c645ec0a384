public import BPBCore

/// A family of known sources under one name, such as `markov`: a row of the table of sources.
public struct KnownSourceFamily: Sendable {
  public let name: String
  public let summary: String
  /// The first one may be given without its key: `bernoulli:0.1` is `bernoulli:p=0.1`.
  public let parameters: [MethodParameter]
  /// Builds a source from values that were checked against `parameters`.
  let make: @Sendable (MethodValues) throws(BPBError) -> any KnownSource

  fileprivate var resolution: ParameterResolution {
    ParameterResolution(
      noun: "source", name: name, parameters: parameters, naming: .complete,
      help: "'bpb synth --list' shows its parameters")
  }
}

/// The known sources that can be named, and the way from a name to a source.
public struct KnownSourceTable: Sendable {
  public let families: [KnownSourceFamily]

  /// Every source that there is.
  public static let builtin = KnownSourceTable(
    families: [.uniform, .independent, .bernoulli, .markov, .hiddenMarkov, .grammar])

  /// The source that `text` names, as `markov:order=2:entropy=1.5`. Names are written as those of
  /// methods; the source's own `name` spells out every parameter.
  ///
  /// - Throws: `usage` for an unknown name, key or value, or values that do not go together, with what
  ///   would.
  public func source(named text: String) throws(BPBError) -> any KnownSource {
    let spec = try Self.spec(parsing: text)
    guard let family = families.first(where: { $0.name == spec.name }) else {
      throw BPBError(
        .usage, "there is no such source", subject: "source '\(SafeText.escape(spec.name))'",
        advice: Suggestion.advice(for: spec.name, among: families.map(\.name))
          ?? "'bpb synth --list' lists them")
    }
    let values = try family.resolution.values(of: spec)
    do throws(BPBError) {
      return try family.make(values)
    } catch {
      throw error.about("source '\(values.name)'")
    }
  }

  private static func spec(parsing text: String) throws(BPBError) -> MethodSpec {
    guard !text.isEmpty else {
      throw BPBError(
        .usage, "the name of the source is empty", advice: "'bpb synth --list' lists them")
    }
    do throws(BPBError) {
      return try MethodSpec(parsing: text)
    } catch {
      throw BPBError(
        error.code, error.problem, subject: "source '\(SafeText.escape(text))'",
        advice: "a source is name[:value][:key=value…], as in markov:order=2:entropy=1.5")
    }
  }
}
