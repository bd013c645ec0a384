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

  /// The most bytes of a case, however fast the method; at least 16 KiB are taken, however slow.
  public var mostBytes: Int

  /// 2^-64 is the chance that a correct method fails.
  static let luck = 64.0
  static let seed: UInt64 = 20

  /// A check of `methods`.
  public init(methods: [Method], secondsEach: Double, mostBytes: Int = 1 << 20) {
    self.methods = methods
    self.secondsEach = secondsEach
    self.mostBytes = mostBytes
  }

  /// Every row, in order: those of the arithmetic that all share, then those of each method. None if it was
  /// stopped, as a part of a check proves nothing.
  ///
  /// - Parameters:
  ///   - finished: told each row as it is known, and why it could not even be carried out, if so.
  ///   - isCancelled: asked after each case; true stops the check.
  public func rows(
    finished: (SelfCheckRow, BPBError?) -> Void = { _, _ in },
    isCancelled: () -> Bool = { false }
  ) -> [SelfCheckRow] {
    var rows: [SelfCheckRow] = []
    func check(_ cases: [SelfCheckCase]) -> Bool {
      for checked in cases {
        let (holds, error) = checked.outcome()
        if isCancelled() { return false }
        let row = SelfCheckRow(checked.name, passed: holds)
        finished(row, error)
        rows.append(row)
      }
      return true
    }
    // The bytes of each method's cases are drawn when it is its turn.
    let isWhole =
      check(SharedCases.all)
      && methods.allSatisfy { check(MethodCases(method: $0, check: self).all) }
    return isWhole ? rows : []
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

  /// Whether it holds. A case that cannot even be carried out does not, for the reason given.
  func outcome() -> (holds: Bool, error: BPBError?) {
    do {
      return (try body(), nil)
    } catch {
      return (false, error as? BPBError)
    }
  }
}
