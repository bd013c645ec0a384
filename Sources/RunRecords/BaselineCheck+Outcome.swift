extension BaselineCheck {
  /// Everything that a check found.
  public struct Outcome: Sendable, Equatable {
    /// Worst first: by kind, then by growth, then in the order of methods and inputs. Never empty.
    public let findings: [Finding]
    /// The limits that sizes had to hold.
    public let tolerance: Tolerance

    init(findings: [Finding], tolerance: Tolerance) {
      // Nothing that was compared is nothing that held.
      let nothing = Finding(.noBaseline, .failure, method: nil, scope: .baseline, policy: nil)
      let all = findings.isEmpty ? [nothing] : findings
      self.findings = all.enumerated()
        .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
        .map(\.element)
      self.tolerance = tolerance
    }

    /// How the check ends.
    public var exit: Exit {
      let exits = Set(findings.map(\.exit))
      return Exit.precedence.first(where: exits.contains) ?? .held
    }

    /// Sizes that there should be.
    public var sizeCount: Int { findings.count(where: \.isOfSize) }

    /// Findings of one kind.
    public func count(of kind: Finding.Kind) -> Int { findings.count { $0.kind == kind } }
  }
}

extension BaselineCheck.Finding {
  /// Kind, and within a kind the share by which the size grew: from nothing, without bound.
  fileprivate var rank: Rank {
    Rank(kind: kind, growth: comparison?.growth ?? (kind == .regression ? .infinity : 0))
  }

  fileprivate struct Rank: Comparable {
    let kind: Kind
    let growth: Double

    static func < (left: Rank, right: Rank) -> Bool {
      left.kind == right.kind ? left.growth > right.growth : left.kind < right.kind
    }
  }
}
