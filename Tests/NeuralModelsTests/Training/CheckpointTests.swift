import BPBCore
import Testing

@testable import NeuralModels

@Suite struct CheckpointTests {
  /// A session over six steps that is stopped after `stop` of them, saved, and gone on with by another.
  private func weights(stoppingAfter stop: Int?, _ architecture: String) throws -> [UInt32] {
    let first = try session(architecture)
    guard let stop else {
      try first.run(afterStep: { () throws(BPBError) in }, report: { _ throws(BPBError) in })
      return first.trainer.parameterBuffer.map(\.bitPattern)
    }
    #expect(throws: BPBError.self) {
      try first.run(
        afterStep: { () throws(BPBError) in
          if first.trainer.steps == stop { throw BPBError(.cancelled, "stopped") }
        }, report: { _ throws(BPBError) in })
    }
    let file = try Self.file(first.checkpoint())
    let second = try session(architecture)
    try second.resume(from: file)
    #expect(second.trainer.steps == stop)
    try second.run(afterStep: { () throws(BPBError) in }, report: { _ throws(BPBError) in })
    return second.trainer.parameterBuffer.map(\.bitPattern)
  }

  private func session(_ architecture: String) throws -> TrainingSession {
    let trainer = try TrainerTests.trainer(architecture)
    let watched = WatchedLoss(
      of: trainer.weights, on: Array(TrainerTests.text.prefix(200)), time: 16, kernels: .best)
    return TrainingSession(
      trainer, watched: watched, budget: .steps(6), team: ThreadTeam(threads: 1), now: { 0 })
  }

  static func file(_ checkpoint: Checkpoint) throws -> SafetensorsFile {
    var bytes: [UInt8] = []
    try checkpoint.write { piece throws(BPBError) in bytes.append(piece) }
    let file = ModelBytes(copying: bytes.span)
    return try SafetensorsFile(file)
  }

  @Test(arguments: TrainerTests.architectures)
  func aRunThatWasStoppedEndsInTheSameBits(architecture: String) throws {
    let whole = try weights(stoppingAfter: nil, architecture)
    for stop in [1, 3, 5] {
      #expect(try weights(stoppingAfter: stop, architecture) == whole, "stopped after \(stop)")
    }
  }

  @Test func aCheckpointOfAnotherRunIsRefused() throws {
    let file = try Self.file(session(TrainerTests.architectures[0]).checkpoint())
    let error = #expect(throws: BPBError.self) {
      try session(TrainerTests.architectures[1]).resume(from: file)
    }
    #expect(error?.code == .badData)
    #expect(error?.description.contains("of another run") == true)
  }

  @Test(arguments: ["steps", "epoch", "used", "loss_count"])
  func absurdCountsAreRefused(key: String) throws {
    let checkpoint = try session(TrainerTests.architectures[0]).checkpoint()
    var metadata = checkpoint.metadata
    metadata[key] = String(Int.max)
    var bytes: [UInt8] = []
    try SafetensorsFile.write(
      Array(checkpoint.numbers.buffer), checkpoint.layout, metadata: metadata
    ) { bytes.append($0) }
    let model = ModelBytes(copying: bytes.span)
    let file = try SafetensorsFile(model)
    let error = #expect(throws: BPBError.self) {
      try session(TrainerTests.architectures[0]).resume(from: file)
    }
    #expect(error?.code == .badData)
  }

  @Test func aModelIsNoCheckpoint() throws {
    let trainer = try TrainerTests.trainer(TrainerTests.architectures[0])
    var bytes: [UInt8] = []
    try trainer.weights.write(NeuralModelMetadata()) { piece throws(BPBError) in
      bytes.append(piece)
    }
    let file = ModelBytes(copying: bytes.span)
    let safetensors = try SafetensorsFile(file)
    #expect(throws: BPBError.self) {
      try session(TrainerTests.architectures[0]).resume(from: safetensors)
    }
  }
}
