import Evidence

/// The two published answers to how the best size grows with computation.
public enum PublishedExponent: String, Sendable, Codable, CaseIterable {
  /// 0.73 (J. Kaplan et al., 2020).
  case kaplan
  /// 0.50 (J. Hoffmann et al., 2022, the paper of Chinchilla).
  case chinchilla

  /// a, of N ∝ C^a.
  public var value: Double {
    switch self {
    case .kaplan: PublishedLaws.kaplanAllocation.size
    case .chinchilla: PublishedLaws.hoffmannAllocation.size
    }
  }
}
