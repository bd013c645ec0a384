extension Architecture {
  /// The network of a kind that learns most from so much text in so much time, about; nil for a name that is no kind.
  ///
  /// A larger network learns more from each byte and sees fewer: at a given compute the best size grows with its root
  /// (Hoffmann et al., 2022). Text that would be gone through too often sets another limit. The numbers are from the sweep
  /// in `docs/methods/neural.md`.
  /// - Parameter seconds: of training on two cores.
  package static func fitted(kind: String, textBytes: Int, seconds: Double) -> Architecture? {
    let budget = seconds * assumedSpeed
    // FLOPs = 6 N D with D = bytesPerParameter N.
    let byCompute = (budget / (6 * bytesPerParameter)).squareRoot()
    let byText = Double(textBytes) * parametersPerTextByte
    let target = max(min(byCompute, byText), 3000)
    return candidates(kind)?.min {
      distance($0.parameterCount, target) < distance($1.parameterCount, target)
    }
  }

  /// FLOPs a second of two cores of a machine of today.
  private static let assumedSpeed = 2.5e11
  private static let bytesPerParameter = 12.0
  private static let parametersPerTextByte = 3.0

  private static func distance(_ count: Int, _ target: Double) -> Double {
    let ratio = Double(count) / target
    return max(ratio, 1 / ratio)
  }

  /// A transformer with tables for the bytes before each one, where these are no large part of it.
  private static func lookingBack(_ architecture: Architecture) -> Architecture {
    guard case .transformer(var shape) = architecture, architecture.parameterCount > 200_000 else {
      return architecture
    }
    shape.lookback = 4
    return .transformer(shape)
  }

  /// Sizes of a kind, from which one is chosen.
  private static func candidates(_ kind: String) -> [Architecture]? {
    let widths = [16, 32, 64, 96, 128, 192, 256, 384, 512, 768, 1024]
    switch kind {
    case "transformer", NamedSize.family: return NamedSize.all.map { lookingBack($0.architecture) }
    case "gru": return widths.map { .gru(embedding: 64, width: $0, layers: 1) }
    case "lstm": return widths.map { .lstm(embedding: 64, width: $0, layers: 1) }
    case "mlp": return widths.map { .mlp(context: 16, embedding: 32, width: $0, layers: 1) }
    default: return nil
    }
  }
}
