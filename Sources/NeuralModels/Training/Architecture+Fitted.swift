extension Architecture {
  /// The network of a kind that learns most from so much text in so much time, about; nil for a name that is no kind.
  ///
  /// A larger network learns more from each byte and sees fewer: at a given compute the best size grows with its root
  /// (Hoffmann et al., 2022). It is the largest that sees `bytesPerParameter` for each of its parameters, which
  /// `docs/methods/neural.md` shows the measurements for. Text that would be gone through too often sets another limit.
  /// - Parameter seconds: of training on two cores.
  package static func fitted(kind: String, textBytes: Int, seconds: Double) -> Architecture? {
    let most = Double(textBytes) * parametersPerTextByte
    let candidates = candidates(kind)
    return candidates?.last {
      let parameters = Double($0.factorParameterCount)
      return parameters <= most
        && seconds * $0.assumedBytesPerSecond >= $0.bytesPerParameter * parameters
    } ?? candidates?.first
  }

  /// Bytes that are to be seen for each parameter that activations are multiplied by. A transformer of 1M did better
  /// with 2.3 than one of 300k with 15 in the same time; a GRU of width 256 with 34 than one of 512 with 3.
  private var bytesPerParameter: Double { carriesState ? 8 : 2 }
  private static let parametersPerTextByte = 3.0

  /// Bytes that training reads in a second on two cores, about.
  ///
  /// Products of a layer of width w were measured to run at w / (w + 96) of the peak, 281 GFLOP/s a core: what is no
  /// product takes a time that grows with the width, and theirs with its square.
  var assumedBytesPerSecond: Double {
    let width = Double(shape.width)
    let time = carriesState ? 128 : min(layerContext, 256)
    return 2 * 2.81e11 * width / (width + 96) / trainingFLOPsPerByte(time: time)
  }

  /// Parameters of matrices that activations are multiplied by: what costs time.
  private var factorParameterCount: Int { shape.multiplyAddsPerByte }

  private var layerContext: Int {
    if case .transformer(let shape) = self { shape.context } else { 256 }
  }

  /// A transformer with tables for the bytes before each one, where these are no large part of it.
  private static func lookingBack(_ architecture: Architecture) -> Architecture {
    guard case .transformer(var shape) = architecture, architecture.parameterCount > 200_000 else {
      return architecture
    }
    shape.lookback = 4
    return .transformer(shape)
  }

  /// Sizes of a kind, from which one is chosen, the smallest first.
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
