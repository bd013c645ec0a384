import BPBCore
import ByteModels
import NeuralModels

/// An n-gram table of one size at one amount of data: as many bits as a network's weights take.
struct GridTable: Sendable {
  let source: GridSource
  let size: String
  let bytes: Int

  private static let orders = [3, 4, 5, 6]
  /// Bytes of one stretch of what it learns from: long beside any context.
  private static let learnedStretch = 1 << 12

  private var name: String {
    "text=\(source.rawValue) family=table size=\(size) rate=0 seed=0 data=\(bytes)"
  }

  private var parameters: Int { GridFamily.transformer.architecture(size)!.parameterCount }

  var cell: StudyCell {
    StudyCell([name], expectedSeconds: 6e-6 * Double(bytes), memoryNeed: 256 << 20) {
      bench, give throws(BPBError) in
      try give(name, try measure(bench))
    }
  }

  /// The order that does best on the tune part is the one that counts.
  private func measure(_ bench: StudyBench) throws(BPBError) -> StudyFigures {
    let text = try source.training(bytes, bench).sampled(bytes, stretch: Self.learnedStretch)
    let (test, tune) = (try source.test(bench), try source.tune(bench))
    var best: (loss: Double, order: Int, bits: [Double])?
    for order in Self.orders {
      try bench.pause()
      // A size that this order cannot get down to is left out.
      guard
        let fitted = try? KneserNeyLearning(order: order)
          .fitted(text.span, toBytes: parameters * MemoryLayout<Float>.size)
      else { continue }
      let model = try bench.model(fitted, learning: text).model
      let loss = model.score(tune.span, blockSize: tune.count)[0] / Double(tune.count)
      if loss < best?.loss ?? .infinity {
        best = (loss, order, model.score(test.span, blockSize: GridSource.stretchBytes))
      }
    }
    guard let best else {
      throw BPBError(.methodFailed, "no table is as small as the weights of \(size)")
    }
    return StudyFigures(
      figures: [
        "parameters": Double(parameters), "non_embedding": Double(parameters),
        "test": best.bits.reduce(0, +) / Double(test.count), "tune": best.loss,
        "order": Double(best.order),
      ], series: ["test": best.bits])
  }
}
