import BPBCore
import ByteModels
import ModelFiles
import RunRecords
import Testing
import _TestSupport

/// Thousands of seeded mutations of model files, as they are and behind checksums that hold.
@Suite(.enabled(if: LongTests.areWanted, "takes minutes: BPB_LONG_TESTS=1"))
struct ModelFuzzTests {
  private static let names = ["ngram:2", "ngram:4", "kn:1", "kn:4", "kn:4:prune=1", "kn:4:bits=6"]
  private static let runs = 1000
  private static let format = TrainedModelFormat(methods: ModelSamples.table)

  private func body(_ name: String) throws -> [UInt8] {
    let learning = try ModelSamples.table.method(named: name).learning!
    let text = ModelSamples.text
    let learner = try learning.makeLearner(byteCount: text.count)
    learner.learn(text.span)
    return try learner.fileBody()
  }

  /// Opens `file`; what it says of itself must be harmless, and the model must work.
  private func check(_ file: [UInt8], _ run: Int) {
    do throws(BPBError) {
      let model = try Self.format.open(ModelBytes(copying: file.span))
      let failure = try model.models.withModel { FrozenUse.failure(of: $0) }
      #expect(failure == nil, "run \(run)")
    } catch {
      #expect(error.code == .badData && !error.problem.isEmpty, "run \(run): \(error)")
    }
  }

  @Test(arguments: names) func files(name: String) throws {
    let file = try ModelSamples.file(ModelSamples.metadata(method: name), body: body(name))
    var generator = SplitMix64(seed: 1)
    for run in 0..<Self.runs { check(Mutation.random(of: file, using: &generator), run) }
  }

  @Test(arguments: names) func bodies(name: String) throws {
    let (metadata, good) = (try ModelSamples.metadata(method: name), try body(name))
    var generator = SplitMix64(seed: 2)
    for run in 0..<Self.runs {
      let body = Mutation.random(of: good, using: &generator)
      check(try ModelSamples.file(metadata, body: body), run)
    }
  }

  @Test func namesOfMethods() throws {
    let (good, body) = (Array("kn:order=4:prune=1:bits=6".utf8), try body("kn:4"))
    var generator = SplitMix64(seed: 3)
    for run in 0..<Self.runs {
      let name = String(decoding: Mutation.random(of: good, using: &generator), as: UTF8.self)
      check(
        try ModelSamples.file(ModelSamples.metadata(method: name, version: "1"), body: body), run)
    }
  }
}
