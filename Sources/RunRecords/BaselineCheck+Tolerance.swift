public import BPBCore

extension BaselineCheck {
  /// The limits of a check: one for all methods, and others for some of them.
  public struct Tolerance: Sendable, Equatable, CustomStringConvertible {
    private struct Special: Equatable {
      let method: String
      let limit: Limit
    }

    private var general: Limit?
    private var special: [Special] = []

    /// Every method's sizes have to be exact.
    public init() {}

    /// Reads limits as `0.5%`, for all methods, or `zlib:9=0.5%`, for one.
    ///
    /// - Parameter canonicalName: the canonical name of a method that was written otherwise.
    /// - Throws: `usage` for what is no limit, for two limits of one method, and whatever
    ///   `canonicalName` throws.
    public init(
      parsing texts: [String], canonicalName: (String) throws(BPBError) -> String
    ) throws(BPBError) {
      for text in texts {
        // The last one: a method's name may have others, a limit has none.
        guard let equals = text.lastIndex(of: "=") else {
          guard general == nil else { throw Self.duplicate("all methods") }
          general = try Limit(parsing: text)
          continue
        }
        let limit = try Limit(parsing: String(text[text.index(after: equals)...]))
        let method = try canonicalName(String(text[..<equals]))
        guard ownLimit(of: method) == nil else { throw Self.duplicate(SafeText.escape(method)) }
        special.append(Special(method: method, limit: limit))
      }
    }

    /// The limit that a method of this canonical name has to hold.
    public func limit(for method: String) -> Limit { ownLimit(of: method) ?? general ?? .exact }

    /// Makes sure that every limit is one of a method that is checked.
    ///
    /// - Parameter methods: canonical names.
    /// - Throws: `usage` for the first that is not.
    public func validate(for methods: [String]) throws(BPBError) {
      guard let unused = special.first(where: { !methods.contains($0.method) }) else { return }
      throw BPBError(
        .usage, "there is a limit for '\(SafeText.escape(unused.method))', which is not checked",
        subject: "--tolerance",
        advice: Suggestion.advice(for: unused.method, among: methods)
          ?? "name one of the methods that are")
    }

    /// As `exact` or `exact, zlib:9 0.5%`.
    public var description: String {
      ([(general ?? .exact).description] + special.map { "\($0.method) \($0.limit)" })
        .joined(separator: ", ")
    }

    private func ownLimit(of method: String) -> Limit? {
      special.first { $0.method == method }?.limit
    }

    private static func duplicate(_ scope: String) -> BPBError {
      BPBError(
        .usage, "there are two limits for \(scope)", subject: "--tolerance",
        advice: "leave one of them out")
    }
  }
}
