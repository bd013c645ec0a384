/// Rate-distortion functions under Hamming distortion: what no code can stay below.
///
/// All are in bits per symbol, and distortions in errors per symbol.
public enum RateDistortion {
  /// The binary entropy -p log2 p - (1-p) log2 (1-p), for p from 0 to 1.
  public static func binaryEntropy(_ p: Double) -> Double {
    precondition((0...1).contains(p), "a probability lies between 0 and 1")
    return PortableEntropy.term(p) + PortableEntropy.term(1 - p)
  }

  /// A point of a rate-distortion function.
  public struct Point: Sendable, Equatable {
    /// Errors per symbol.
    public let distortion: Double
    /// Bits per symbol.
    public let rate: Double
  }

  /// Shannon's lower bound on R(D) of any stationary source over `symbols` symbols: h - H(D) - D log2(m - 1),
  /// H being the binary entropy; not below 0, and 0 from D = 1 - 1/m on.
  ///
  /// C. E. Shannon, "Coding theorems for a discrete source with a fidelity criterion" (1959). A memoryless
  /// source reaches it up to D = (m - 1) p, p being its least probability; a Markov source up to some D above 0
  /// if no transition is impossible (R. M. Gray, "Rate distortion functions for finite-state finite-alphabet Markov
  /// sources", 1971).
  ///
  /// It holds of reconstructions in other symbols, too: such a one is always an error, and any symbol does no
  /// worse.
  /// - Parameters:
  ///   - entropyRate: h, in bits per symbol.
  ///   - symbols: m, at least 1; the source emits no others.
  ///   - distortion: D, the share of wrong symbols.
  public static func shannonLowerBound(
    entropyRate: Double, symbols: Int, distortion: Double
  ) -> Double {
    precondition(symbols > 0 && distortion >= 0, "a bound needs symbols and a distortion")
    guard distortion < 1 - 1 / Double(symbols) else { return 0 }
    let choices = PortableEntropy.log2(Double(max(symbols - 1, 1)))
    let noise = binaryEntropy(distortion) + distortion * choices
    return max(0, entropyRate - noise)
  }
}
