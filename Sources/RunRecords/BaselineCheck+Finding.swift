extension BaselineCheck {
  /// What a check found of one size, one row or one method.
  public struct Finding: Sendable, Equatable {
    /// What was found, the worst first.
    public enum Kind: Int, CaseIterable, Sendable, Comparable {
      /// The method gave no size.
      case methodFailed
      /// Decoding gave other bytes, or was not tried.
      case notVerified
      /// The run ended before this cell.
      case notMeasured
      /// The baseline has no rows of the method, or there is none.
      case noBaseline
      /// The size grew by more than the limit.
      case regression
      /// The input has other bytes than the baseline was made of.
      case changedInput
      /// The baseline has no row for the input.
      case newInput
      /// The baseline has a row, but there is no such input.
      case missingInput
      /// The method is of another version than in the baseline.
      case versionChanged
      /// The size shrank by more than the limit.
      case improvement
      /// The size differs by no more than the limit.
      case held

      public static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
    }

    /// What a finding means for the check.
    public enum Severity: Sendable {
      case failure, warning, notice
    }

    /// What a finding is about.
    public enum Scope: Sendable, Equatable {
      /// One input, by its name.
      case input(String)
      /// All inputs as one stream.
      case stream
      /// A method as a whole.
      case method
      /// The baseline as a whole.
      case baseline

      init(path: String?) { self = path.map(Scope.input) ?? .stream }
    }

    /// A method's version in the baseline and now; nil if one is not known.
    public struct Versions: Sendable, Equatable {
      public let baseline: String?
      public let current: String?
    }

    public let kind: Kind
    public let severity: Severity
    /// Canonical name; nil if the finding is about the whole baseline.
    public let method: String?
    public let scope: Scope
    /// Block policy; nil if the finding is about the whole baseline.
    public let policy: String?
    /// The sizes that were compared, and the limit; nil where there was nothing to compare.
    public internal(set) var comparison: SizeComparison?
    /// Of `versionChanged`.
    public internal(set) var versions: Versions?
    /// Why there is no size or no verification.
    public internal(set) var reason: String?

    init(_ kind: Kind, _ severity: Severity, method: String?, scope: Scope, policy: String?) {
      self.kind = kind
      self.severity = severity
      self.method = method
      self.scope = scope
      self.policy = policy
    }

    /// What the finding alone would make of the check.
    public var exit: Exit {
      guard severity == .failure else { return .held }
      return switch kind {
      case .methodFailed, .notVerified, .notMeasured: .methodFailed
      case .noBaseline: .noBaseline
      case .regression, .versionChanged: .regression
      case .changedInput, .newInput, .missingInput: .inputsChanged
      case .improvement: .improvement
      case .held: .held
      }
    }

    /// Whether it is about one size: those are what "36 of 36" counts.
    public var isOfSize: Bool {
      switch scope {
      case .input, .stream: kind != .missingInput
      case .method, .baseline: false
      }
    }
  }

  /// How a check ends: the exit codes of `bpb check`.
  public enum Exit: Int32, CaseIterable, Sendable {
    /// Every size was compared and held.
    case held = 0
    /// A method failed, did not verify, or was not measured.
    case methodFailed = 1
    /// A size grew by more than its limit, or a method is of another version and that is a failure.
    case regression = 2
    /// A size shrank by more than its limit, under `isStrict`.
    case improvement = 4
    /// There is no baseline, or it has no rows of a method.
    case noBaseline = 5
    /// Inputs are changed, new or missing.
    case inputsChanged = 6

    /// Of several, the first of these decides.
    static let precedence: [Exit] = [
      .methodFailed, .noBaseline, .regression, .inputsChanged, .improvement, .held,
    ]
  }
}
