public import BPBCore
import Corpora
public import Evidence

/// Cases whose answers are known beforehand, over whatever is going to measure something: what fails here
/// must not be believed elsewhere.
///
/// No code beats the true source by k bits but with probability 2^-k (A. R. Barron, 1985), whatever the
/// code and the source: so a method that comes out `luck` bits below it is wrong, not lucky.
public struct SelfCheck: Sendable {
  /// The methods to check, one a family where it is a check of all there is.
  public var methods: [Method]
  /// Seconds that each method may take, roughly.
  public var secondsEach: Double

  /// 2^-64 is the chance that a correct method fails.
  static let luck = 64.0
  static let seed: UInt64 = 20

  /// A check of `methods`.
  public init(methods: [Method], secondsEach: Double) {
    self.methods = methods
    self.secondsEach = secondsEach
  }

  /// Every row, in order: those of the arithmetic that all share, then those of each method.
  ///
  /// - Parameter finished: told each row as it is known.
  public func rows(finished: (SelfCheckRow) -> Void = { _ in }) -> [SelfCheckRow] {
    let cases = SharedCases.all + methods.flatMap { MethodCases(method: $0, seconds: secondsEach).all }
    return cases.map { checked in
      let row = SelfCheckRow(checked.name, passed: checked.holds())
      finished(row)
      return row
    }
  }
}

/// One case: a name, and whether what is claimed of it holds.
struct SelfCheckCase: Sendable {
  let name: String
  let body: @Sendable () throws -> Bool

  init(_ name: String, _ body: @escaping @Sendable () throws -> Bool) {
    self.name = name
    self.body = body
  }

  /// A case that cannot even be carried out does not hold.
  func holds() -> Bool { (try? body()) ?? false }
}
