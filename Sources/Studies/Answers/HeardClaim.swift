/// A claim about scaling or compression as it is often heard, and what answers it.
public struct HeardClaim: Sendable {
  /// What answers a claim.
  public enum Basis: Sendable {
    /// Claims of studies, all that bear on it.
    case measured([Evidence])
    /// Nothing that runs here; why, and what is known from elsewhere.
    case notMeasured(String)
  }

  /// A study's claim that bears on it.
  public struct Evidence: Sendable, Equatable {
    public let study: String
    public let claim: String
    /// Whether it speaks for what was heard if it is supported; otherwise it speaks against.
    public let isFor: Bool
  }

  /// Its number: conversation and place in it.
  public let number: String
  public let sentence: String
  public let basis: Basis

  /// What bears on it; empty if nothing does.
  public var evidence: [Evidence] {
    if case .measured(let evidence) = basis { evidence } else { [] }
  }
}

extension HeardClaim {
  /// All, in the order of their numbers.
  public static let all = preTraining + sizeAndData + lessons + lossyCompression + learning
}

/// A claim that studies bear on.
func heard(
  _ number: String, _ sentence: String, _ evidence: HeardClaim.Evidence...
) -> HeardClaim {
  HeardClaim(number: number, sentence: sentence, basis: .measured(evidence))
}

/// A claim that nothing here measures.
func heard(_ number: String, _ sentence: String, notMeasured reason: String) -> HeardClaim {
  HeardClaim(number: number, sentence: sentence, basis: .notMeasured(reason))
}

/// A study's claim which, if it is supported, speaks for what was heard.
func speaksFor(_ study: String, _ claim: String) -> HeardClaim.Evidence {
  HeardClaim.Evidence(study: study, claim: claim, isFor: true)
}

/// A study's claim which, if it is supported, speaks against what was heard.
func speaksAgainst(_ study: String, _ claim: String) -> HeardClaim.Evidence {
  HeardClaim.Evidence(study: study, claim: claim, isFor: false)
}
