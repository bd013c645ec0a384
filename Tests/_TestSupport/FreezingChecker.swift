import BPBCore
public import ByteModels

/// The conformance checker that every freezable model passes, on the hot side: one body for measuring,
/// writing and reading parameters, and predictions that nothing but the context changes.
public struct FreezingChecker<M: FreezableModel & ~Copyable> {
  private let make: ModelCodec.Maker<M>

  /// A checker of the models that `make` makes.
  public init(_ make: @escaping ModelCodec.Maker<M>) { self.make = make }

  /// Everything that is wrong with a model that learned `training`, on `text`; empty if nothing is.
  ///
  /// - Parameter stops: positions of `text` at which the whole distribution is looked at.
  public func failures(
    training: [UInt8], text: [UInt8], named name: String, stops: [Int]
  ) -> [String] {
    do {
      let learned = try learn(training)
      var writer = RecordingCoder()
      var frozen = try learned.frozen(through: &writer)
      let written = writer.decisions
      var found = try snapshotFailures(learned, written)
      found += distributionFailures(&frozen, text, stops)
      if try decisions(of: frozen) != written {
        found.append("frozen coding changes what was learned, or a snapshot is not all of it")
      }
      return found.map { "\(name): \($0)" }
    } catch {
      return ["\(name): throws: \(error)"]
    }
  }

  private func learn(_ training: [UInt8]) throws(BPBError) -> M {
    var model = try make(training.count)
    var length = IdealLength()
    for byte in training { _ = model.code(byte, with: &length) }
    return model
  }

  private func decisions(of model: borrowing M) throws(BPBError) -> [RecordingCoder.Decision] {
    var coder = RecordingCoder()
    _ = try model.frozen(through: &coder)
    return coder.decisions
  }

  /// A reader asks for what the writer wrote, and what it read is written alike.
  private func snapshotFailures(
    _ learned: borrowing M, _ written: [RecordingCoder.Decision]
  ) throws(BPBError) -> [String] {
    var found: [String] = []
    if try decisions(of: learned) != written { found.append("a snapshot changes the model") }
    var reader = ReplayingCoder(written)
    let restored = try (try make(0)).frozen(through: &reader)
    if !reader.agrees || !reader.isAtEnd {
      found.append("a snapshot is read otherwise than it was written")
    }
    if try decisions(of: restored) != written {
      found.append("the snapshot of what was restored is another")
    }
    return found
  }

  /// At each stop the distribution sums to its total, leaves no byte out, is what is coded under, and
  /// has the likeliest byte where the model says it is; and asking for all that does not advance.
  private func distributionFailures(
    _ model: inout M, _ text: [UInt8], _ stops: [Int]
  ) -> [String] {
    var found: [String] = []
    var next = ByteDistribution()
    model.forgetContext()
    for (position, byte) in text.enumerated() {
      let isStop = stops.contains(position)
      if isStop {
        model.fillDistribution(&next)
        found += Self.failures(of: next, likeliest: model.likeliestByte(), at: position)
      }
      var coder = CheckingCoder()
      if model.codeFrozen(byte, with: &coder) != byte { found.append("codes another byte") }
      found += coder.failures
      // Eight roundings down, each by less than one part, and what keeps every byte possible.
      if isStop {
        let share = Double(next[byte]) / Double(ByteDistribution.total)
        let coded = exp2(-coder.bits)
        if abs(share - coded) > 300 / Double(ByteDistribution.total) {
          found.append("codes byte \(position) under \(coded), but its share is \(share)")
        }
      }
    }
    return found
  }

  private static func failures(
    of next: borrowing ByteDistribution, likeliest: UInt8, at position: Int
  ) -> [String] {
    var found: [String] = []
    var sum: UInt64 = 0
    var best = UInt8(0)
    for byte in UInt8.min ... .max {
      sum += UInt64(next[byte])
      if next[byte] == 0 { found.append("byte \(byte) has no share at byte \(position)") }
      if next[byte] > next[best] { best = byte }
    }
    if sum != UInt64(ByteDistribution.total) { found.append("shares sum to \(sum)") }
    if best != likeliest {
      found.append("\(best) is likeliest at byte \(position), not \(likeliest)")
    }
    return found
  }
}
