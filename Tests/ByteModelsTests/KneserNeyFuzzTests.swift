import BPBCore
import ByteModels
import Testing
import _TestSupport

/// Thousands of seeded mutations of whatever a Kneser–Ney model is read from: each is refused as bad data, or
/// makes a model that works.
@Suite(.enabled(if: LongTests.areWanted, "takes minutes: BPB_LONG_TESTS=1"))
struct KneserNeyFuzzTests {
  private static let methods = [
    KneserNeyLearning(order: 1), KneserNeyLearning(order: 4), KneserNeyLearning(order: 8),
    KneserNeyLearning(order: 4, prune: 1), KneserNeyLearning(order: 5, bits: 6),
    KneserNeyLearning(order: 4, grain: 1), KneserNeyLearning(order: 5, entropy: 1e-3, grain: 0.5),
  ]
  private static let runs = 1000
  private let training = KneserNeyTests.words(250, seed: 7)

  /// Mutations of `good`, and what is wrong with how each is met.
  private func fuzz(
    _ good: [UInt8], seed: UInt64, _ model: ([UInt8]) throws(BPBError) -> any FrozenModel
  ) {
    var generator = SplitMix64(seed: seed)
    var opened = 0
    for run in 0..<Self.runs {
      let bytes = Mutation.random(of: good, using: &generator)
      do throws(BPBError) {
        let failure = FrozenUse.failure(of: try model(bytes))
        #expect(failure == nil, "run \(run)")
        opened += 1
      } catch {
        #expect(error.code == .badData, "run \(run): \(error)")
      }
    }
    print("\(opened) of \(Self.runs) were taken")
  }

  private func learned(_ method: KneserNeyLearning) throws -> any Learner {
    let learner = try method.makeLearner(byteCount: training.count)
    learner.learn(training.span)
    return learner
  }

  @Test(arguments: methods.indices) func bodies(index: Int) throws {
    let method = Self.methods[index]
    fuzz(try learned(method).fileBody(), seed: UInt64(index)) { bytes throws(BPBError) in
      try method.open(ModelBytes(copying: bytes.span))
    }
  }

  @Test(arguments: methods.indices) func snapshots(index: Int) throws {
    let method = Self.methods[index]
    fuzz(try learned(method).snapshot(), seed: UInt64(index)) { bytes throws(BPBError) in
      try method.restore(bytes.span)
    }
  }

  @Test(arguments: methods.indices) func arpaTexts(index: Int) throws {
    var text: [UInt8] = []
    let body = try learned(Self.methods[index]).fileBody()
    try KneserNeyLearning.exportARPA(ModelBytes(copying: body.span)) { piece throws(BPBError) in
      text.append(piece)
    }
    fuzz(text, seed: UInt64(index)) { bytes throws(BPBError) in
      let body = try KneserNeyLearning.importARPA(bytes)
      return try KneserNeyLearning(order: 1).open(ModelBytes(copying: body.span))
    }
  }
}
