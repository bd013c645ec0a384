#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The prefix sizes of a scale run.
public enum ScaleSizes {
  /// The smallest prefix: below it a container's header is most of the cost.
  public static let least = 1024

  /// Sizes from `least` on in a geometric series, the last two being the training part and the whole
  /// stream.
  ///
  /// A size that is nearly the next one is left out: the stretch between them would be too short to have
  /// a cost of its own.
  public static func sizes(trainingBytes: Int, bytes: Int, pointsPerDecade: Int) -> [Int] {
    var sizes: [Int] = []
    let step = pow(10, 1 / Double(pointsPerDecade))
    var next = Double(least)
    while next * step.squareRoot() < Double(trainingBytes) {
      sizes.append(Int(next.rounded()))
      next *= step
    }
    if trainingBytes > 0 { sizes.append(trainingBytes) }
    if bytes > trainingBytes { sizes.append(bytes) }
    return sizes
  }
}
