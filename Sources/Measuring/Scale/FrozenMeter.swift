import BPBCore
import RunRecords

/// Lets a model learn and, after each prefix, takes it apart: snapshot, restored model, residual, losses
/// on the held-out part, and what the model can say on its own.
struct FrozenMeter {
  let meter: ScaleMeter
  let job: ScaleJob

  /// Bytes of the prefix, and of the held-out part, that a frozen model is asked to guess at most.
  static let guessedBytes = 1 << 17
  /// They are taken in so many stretches, evenly spread.
  private static let stretches = 4
  private static let prompts = 64
  private static let promptBytes = 32
  private static let continuedBytes = 64

  /// Hands over a record for each size.
  func measure(emit: (FrozenRecord) throws(BPBError) -> Void) throws(BPBError) {
    guard let learning = job.method.learning else { return }
    var position = 0
    var current = job.sizes.first ?? 0
    do throws(BPBError) {
      let learner = try learning.makeLearner(byteCount: job.capacity)
      for bytes in job.sizes {
        current = bytes
        let start = meter.clock.now()
        try meter.forEachPiece(of: range(position..<bytes)) { piece in learner.learn(piece) }
        position = bytes
        var record = emptyRecord(bytes, learning)
        try dissect(learner, learning, into: &record)
        record.seconds = meter.clock.now() - start
        try emit(record)
        meter.advanced(job.expectedSeconds * Double(bytes) / Double(job.sizes.reduce(0, +)))
      }
    } catch {
      guard error.isOfMethod else { throw error }
      for bytes in job.sizes where bytes >= current {
        var record = emptyRecord(bytes, learning)
        record.verified = false
        record.error = error.description
        try emit(record)
      }
    }
  }

  private func dissect(
    _ learner: any Learner, _ learning: any LearningMethod, into record: inout FrozenRecord
  ) throws(BPBError) {
    let snapshot = try learner.snapshot { () throws(BPBError) in try meter.checkCancelled() }
    let model = try learning.restore(snapshot.span)
    let prefix = range(0..<record.bytes)
    record.modelBytes = snapshot.count
    try meter.checkCancelled()
    record.heldOutBits = model.score(
      stream.span.extracting(heldOut), blockSize: meter.plan.record.blockSize)
    guard job.takesApart else { return }
    try meter.checkCancelled()
    record.residualBytes = try verifiedResidual(of: prefix, under: model)
    record.verified = true
    try meter.checkCancelled()
    record.topOne = guessed(in: prefix, by: model)
    record.heldOutTopOne = guessed(in: heldOut, by: model)
    record.continuation = continued(in: prefix, by: model)
  }

  /// Bytes of the residual that, with the model, gave back the prefix.
  private func verifiedResidual(
    of prefix: Range<Int>, under model: any FrozenModel
  ) throws(BPBError) -> Int {
    let residual = model.encode(stream.span.extracting(prefix))
    try meter.checkCancelled()
    let decoded = try model.decode(residual.span, byteCount: prefix.count)
    guard decoded.elementsEqual(stream[prefix]) else {
      throw BPBError(
        .methodFailed, "did not verify: model and residual give other bytes",
        advice: "its sizes count for nothing; report this to whoever makes the method")
    }
    return residual.count
  }

  private func guessed(
    in range: Range<Int>, by model: any FrozenModel
  ) -> FrozenRecord.Share {
    var share = FrozenRecord.Share(right: 0, of: 0)
    let length = Self.guessedBytes / Self.stretches
    for stretch in Self.spread(Self.stretches, of: length, over: range) {
      let guesses = model.likeliestBytes(in: stream.span.extracting(stretch))
      share.right += zip(guesses, stream[stretch]).count { $0 == $1 }
      share.of += stretch.count
    }
    return share
  }

  private func continued(
    in range: Range<Int>, by model: any FrozenModel
  ) -> FrozenRecord.Continuation {
    var account = FrozenRecord.Continuation(
      prompts: 0, promptBytes: Self.promptBytes, bytes: Self.continuedBytes, right: 0)
    let length = Self.promptBytes + Self.continuedBytes
    for place in Self.spread(Self.prompts, of: length, over: range) where place.count == length {
      let prompt = stream.span.extracting(place.lowerBound..<place.lowerBound + Self.promptBytes)
      let chosen = model.continuation(of: prompt, count: Self.continuedBytes)
      let truth = stream[place].dropFirst(Self.promptBytes)
      account.prompts += 1
      account.right += zip(chosen, truth).prefix { $0 == $1 }.count
    }
    return account
  }

  /// `count` stretches of `length`, evenly spread and apart from each other; all of `range` as one where
  /// it has no room for them.
  static func spread(_ count: Int, of length: Int, over range: Range<Int>) -> [Range<Int>] {
    guard range.count > length else { return [range] }
    let count = min(count, range.count / length)
    return (0..<count).map { index in
      let start = range.lowerBound + (range.count - length) * index / max(count - 1, 1)
      return start..<start + length
    }
  }

  private var heldOut: Range<Int> {
    let record = meter.plan.record
    return record.bytes - record.heldOutBytes..<record.bytes
  }

  private func range(_ part: Range<Int>) -> Range<Int> {
    job.window.start + part.lowerBound..<job.window.start + part.upperBound
  }

  private var stream: [UInt8] { meter.plan.stream }

  private func emptyRecord(_ bytes: Int, _ learning: any LearningMethod) -> FrozenRecord {
    FrozenRecord(
      run: meter.run, method: job.method.name, version: job.method.version,
      stream: meter.plan.record.stream, start: job.window.start, bytes: bytes,
      capacity: job.capacity, precision: learning.precision, heldOut: meter.plan.record.heldOut)
  }
}
