/// A parameter of a method family: its key, what it means and which values it takes.
public struct MethodParameter: Sendable {
  /// The values that a parameter takes.
  public enum Domain: Sendable {
    /// Whole numbers in a range.
    case integer(ClosedRange<Int>)
    /// One of a few words.
    case choice([String])
    /// A byte count in a range, written as `64MiB` or `4096`.
    case size(ClosedRange<Int>)
    /// Numbers in a range, with at most six decimals.
    case decimal(ClosedRange<Millionths>)
    /// A file's path.
    case path
    /// The name of a part, which depends on other values; letters, digits and hyphens.
    case part
    /// Another method, in brackets.
    case method
    /// One of a few words, or another method in brackets.
    case choiceOrMethod([String])
  }

  public var key: String
  public var summary: String
  public var domain: Domain
  /// The value used when none is given, as text; nil where one must be given or absence means off.
  public var defaultValue: String?

  /// Creates a parameter; see the properties.
  public init(_ key: String, _ domain: Domain, default defaultValue: String?, summary: String) {
    self.key = key
    self.summary = summary
    self.domain = domain
    self.defaultValue = defaultValue
  }
}

/// A family of methods under one name, such as `zlib` or `ngram`: a row of the method table.
public struct MethodFamily: Sendable {
  /// What the family is, for grouping in lists.
  public enum Kind: String, Sendable, Codable {
    case floor, library, model, command
  }

  public var name: String
  public var kind: Kind
  public var summary: String
  /// The first one may be given without its key: `zlib:9` is `zlib:level=9`.
  public var parameters: [MethodParameter]
  /// Version found at run time; nil where it cannot be known.
  public var version: @Sendable () -> String?
  /// What a method can be tried without, for families that consist of parts.
  public private(set) var parts: Parts?
  /// Builds a method from values that were checked against `parameters`. Its `name` is filled in by
  /// the caller.
  public var make: @Sendable (MethodValues) throws(BPBError) -> Method

  /// What a method can be tried without.
  public struct Parts: Sendable {
    /// The parameter that names a part to be left out.
    public let key: String
    /// Names of the parts that a method has.
    public let names: @Sendable (MethodValues) -> [String]
  }

  /// The same family, whose methods can be tried without the parts that `names` gives.
  ///
  /// - Parameter key: the parameter that names one to be left out.
  public func ofParts(
    _ key: String, names: @escaping @Sendable (MethodValues) -> [String]
  ) -> MethodFamily {
    var family = self
    family.parts = Parts(key: key, names: names)
    return family
  }

  /// Creates a family; see the properties.
  public init(
    name: String, kind: Kind, summary: String, parameters: [MethodParameter],
    version: @escaping @Sendable () -> String?,
    make: @escaping @Sendable (MethodValues) throws(BPBError) -> Method
  ) {
    self.name = name
    self.kind = kind
    self.summary = summary
    self.parameters = parameters
    self.version = version
    self.make = make
  }
}

/// The values of a method's parameters, checked and completed with the defaults.
public struct MethodValues: Sendable {
  /// The canonical name of the method they belong to.
  public let name: String
  private let texts: [(key: String, text: String)]

  init(name: String, texts: [(key: String, text: String)]) {
    self.name = name
    self.texts = texts
  }

  /// The value of `key` as text; nil if it was not given and has no default.
  public func text(_ key: String) -> String? { texts.first { $0.key == key }?.text }

  /// The value of an integer or size parameter.
  ///
  /// Precondition: the family declares `key` as such, with a default or checked presence.
  public func integer(_ key: String) -> Int { optionalInteger(key)! }

  /// The value of an integer or size parameter that may be absent.
  public func optionalInteger(_ key: String) -> Int? { text(key).flatMap(ByteSize.parse) }

  /// The value of a decimal parameter.
  ///
  /// Precondition: the family declares `key` as such, with a default or checked presence.
  public func decimal(_ key: String) -> Millionths { text(key).flatMap { Millionths($0) }! }
}
