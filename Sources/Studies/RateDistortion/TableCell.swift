import BPBCore
import ByteModels

/// Kneser-Ney tables of the training part, cut down to sizes that networks have: by n-grams that are left out, by counts that
/// are kept coarsely, and by both.
struct TableCell: Sendable {
  private static let sizes = [4_000, 8_000, 16_000, 32_000, 64_000, 128_000]
  private static let grains = [0.0, 0.5, 1, 2]
  private static let orders = [3, 4, 5, 6]
  private static let tuneBytes = 1 << 14

  /// - Parameter textBytes: of the training part; tells how long it takes.
  func cell(textBytes: Int) -> StudyCell {
    StudyCell(["arm": "table"], expectedSeconds: 5e-5 * Double(textBytes), memoryNeed: 256 << 20) {
      bench throws(BPBError) in
      let text = bench.text.training
      let tune = Array(bench.text.tune.prefix(Self.tuneBytes))
      var result = StudyFigures()
      for order in Self.orders {
        for grain in Self.grains {
          var fitting = try KneserNeyFitting(
            KneserNeyLearning(order: order, grain: grain), text.span)
          for size in Self.sizes {
            try bench.pause()
            let name = "size=\(size) order=\(order) grain=\(grain)"
            // A size that this order cannot get down to is left out.
            guard let fitted = try? fitting.method(toBytes: size) else { continue }
            let (bytes, model) = try bench.model(fitted, learning: text)
            result.figures[name + " bytes"] = Double(bytes.count)
            result.figures[name + " tune"] =
              model.score(tune.span, blockSize: tune.count)[0] / Double(tune.count)
            let bits = model.score(bench.text.test.span, blockSize: bench.text.blockSize)
            result.series[name] = bits
            result.figures[name + " test"] = bits.reduce(0, +) / Double(bench.text.test.count)
          }
        }
      }
      return result
    }
  }
}
