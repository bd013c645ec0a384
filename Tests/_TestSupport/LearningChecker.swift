public import BPBCore
import ByteModels

/// The conformance checker that every method with something learned passes: what must hold for a
/// snapshot's size and a frozen model's figures to be honest.
///
/// It returns what it found wrong, a sentence each, rather than fail a test itself: methods that are
/// wrong on purpose are caught by the same checks.
public struct LearningChecker {
  private let method: any LearningMethod

  /// A checker of `method`.
  public init(_ method: any LearningMethod) { self.method = method }

  /// Everything that is wrong with what is learned from `training`, on `text`; empty if nothing is.
  public func failures(training: [UInt8], text: [UInt8], named name: String) -> [String] {
    var found: [String] = []
    do {
      let snapshot = try snapshot(of: [training], byteCount: training.count)
      found += try learnerFailures(training, snapshot)
      let model = try method.restore(snapshot.span)
      if model.memoryBytes <= 0 { found.append("claims to take no memory") }
      found += try codingFailures(model, text)
      found += streamFailures(model, text)
      found += guessFailures(model, text)
      found += try constancyFailures(model, snapshot, text)
    } catch {
      found.append("throws: \(error)")
    }
    return found.map { "\(name): \($0)" }
  }

  /// What is wrong with how damaged snapshots are met: they are refused or restore something that works.
  ///
  /// - Parameter flips: how many bits are flipped, evenly spread.
  public func damageFailures(training: [UInt8], flips: Int) -> [String] {
    do {
      let snapshot = try snapshot(of: [training], byteCount: training.count)
      let bits = 8 * snapshot.count
      var found = stride(from: 0, to: bits, by: max(1, bits / flips)).flatMap { bit in
        var damaged = snapshot
        damaged[bit / 8] ^= 1 << UInt8(bit % 8)
        return useFailures(damaged)
      }
      for length in stride(from: 0, to: snapshot.count, by: max(1, snapshot.count / flips)) {
        found += useFailures(Array(snapshot.prefix(length)))
      }
      let longer = snapshot + [UInt8](repeating: 1, count: 9)
      if (try? method.restore(longer.span)) != nil { found.append("restores what has a tail") }
      return found
    } catch {
      return ["throws: \(error)"]
    }
  }

  /// What is wrong with how bytes are met that are no snapshot at all.
  public func useFailures(_ bytes: [UInt8]) -> [String] {
    let model: any FrozenModel
    do {
      model = try method.restore(bytes.span)
    } catch {
      return error.code == .badData ? [] : ["is refused as \(error.code)"]
    }
    let text = Array("to be or not".utf8)
    let residual = model.encode(text.span)
    let decoded = try? model.decode(residual.span, byteCount: text.count)
    return decoded == text ? [] : ["a damaged snapshot restores what does not decode"]
  }

  private func snapshot(of pieces: [[UInt8]], byteCount: Int) throws(BPBError) -> [UInt8] {
    let learner = try method.makeLearner(byteCount: byteCount)
    for piece in pieces { learner.learn(piece.span) }
    return try learner.snapshot()
  }
}

extension LearningChecker {
  /// A snapshot depends on the bytes alone: not on how they came, nor on snapshots taken before.
  private func learnerFailures(
    _ training: [UInt8], _ snapshot: [UInt8]
  ) throws(BPBError) -> [String] {
    var found: [String] = []
    let half = training.count / 2
    let halves = [Array(training[..<half]), Array(training[half...])]
    if try self.snapshot(of: halves, byteCount: training.count) != snapshot {
      found.append("learns otherwise in pieces")
    }
    let learner = try method.makeLearner(byteCount: training.count)
    if learner.memoryBytes <= 0 { found.append("a learner claims to take no memory") }
    for piece in halves {
      learner.learn(piece.span)
      _ = try learner.snapshot()
    }
    if try learner.snapshot() != snapshot { found.append("a snapshot changes what is learned") }
    return found
  }

  /// The residual decodes, and is as long as the score says.
  private func codingFailures(
    _ model: any FrozenModel, _ text: [UInt8]
  ) throws(BPBError) -> [String] {
    var found: [String] = []
    let residual = model.encode(text.span)
    do {
      let decoded = try model.decode(residual.span, byteCount: text.count)
      if decoded != text { found.append("a residual decodes to other bytes") }
    } catch {
      found.append("a residual does not decode: \(error)")
    }
    let excess = Double(8 * residual.count) - bits(model, text)
    if abs(excess) > 64 + 0.00002 * Double(text.count) {
      found.append("coded and ideal length differ by \(excess) bits")
    }
    let longer = residual + [UInt8](repeating: 1, count: 9)
    if (try? model.decode(longer.span, byteCount: text.count)) != nil {
      found.append("decodes a residual that has a tail")
    }
    if residual.count > 8 {
      let cut = Array(residual.prefix(residual.count - 9))
      if (try? model.decode(cut.span, byteCount: text.count)) == text {
        found.append("decodes a residual that was cut short")
      }
    }
    return found
  }

  /// Blocks sum to the whole; no call knows of the one before it.
  private func streamFailures(_ model: any FrozenModel, _ text: [UInt8]) -> [String] {
    var found: [String] = []
    let whole = bits(model, text)
    for size in [1, 7, 4096] {
      let blocks = model.score(text.span, blockSize: size)
      if blocks.count != (text.count + size - 1) / size { found.append("blocks are missing") }
      if abs(blocks.reduce(0, +) - whole) > 1e-6 * (whole + 1) {
        found.append("blocks of \(size) bytes do not sum to the whole")
      }
    }
    let other = Array(text.reversed())
    _ = model.score(other.span, blockSize: 100)
    _ = model.continuation(of: other.span, count: 5)
    if bits(model, text) != whole { found.append("a stream depends on the one before it") }
    return found
  }

  /// Who chooses the bytes of a text is shown what they cost.
  private func frequencyFailures(_ model: any FrozenModel, _ text: [UInt8]) -> [String] {
    let bits = model.score(text.span, blockSize: 1)
    var position = 0
    var found: [String] = []
    let chosen = model.continuation(of: [UInt8]().span, count: text.count) { frequencies in
      let sum = frequencies.indices.reduce(UInt64(0)) { $0 + UInt64(frequencies[$1]) }
      let byte = text[position]
      var length = IdealLength()
      length.narrow(below: 0, frequency: frequencies[Int(byte)], total: UInt32(sum))
      let cost = length.bits
      if frequencies.count != 256 || sum >= 1 << 25
        || !frequencies.indices.allSatisfy({ frequencies[$0] > 0 })
      {
        found.append("frequencies at \(position) are no distribution")
      }
      // A model that also foresees an end of its text gives the bytes that part too: they cost less.
      if cost > bits[position] + 0.001 * (1 + bits[position]) || cost < bits[position] - 1 {
        found.append("frequencies at \(position) say \(cost) bits instead of \(bits[position])")
      }
      position += 1
      return byte
    }
    if chosen != text { found.append("bytes other than those chosen were given back") }
    return found
  }

  /// A continuation is what choosing the likeliest byte again and again gives.
  private func guessFailures(_ model: any FrozenModel, _ text: [UInt8]) -> [String] {
    let prompt = Array(text.prefix(40))
    let continuation = model.continuation(of: prompt.span, count: 20)
    let all = prompt + continuation
    let guesses = model.likeliestBytes(in: all.span)
    var found: [String] = []
    if continuation.count != 20 || guesses.count != all.count {
      found.append("guesses are missing")
    } else if Array(guesses[prompt.count...]) != continuation {
      found.append("a continuation is not what is likeliest byte by byte")
    }
    var answers = 0
    let short = model.continuation(of: prompt.span, count: 20) { _ in
      answers += 1
      return answers > 3 ? nil : 65
    }
    if short != [65, 65, 65] || answers != 4 {
      found.append("a continuation does not end when told")
    }
    found += frequencyFailures(model, Array(text.prefix(200)))
    // The likeliest byte costs no more than what came, but for the grain of a distribution.
    let truth = model.score(text.span, blockSize: 1)
    let likeliest = model.likeliestBytes(in: text.span)
    for position in text.indices.prefix(60) {
      var changed = Array(text[...position])
      changed[position] = likeliest[position]
      let guess = model.score(changed.span, blockSize: 1)[position]
      if guess > truth[position] + 0.01 {
        found.append("a likelier byte than the likeliest came at \(position)")
      }
    }
    return found
  }

  /// After all that use the model is still the one that the snapshot describes.
  private func constancyFailures(
    _ model: any FrozenModel, _ snapshot: [UInt8], _ text: [UInt8]
  ) throws(BPBError) -> [String] {
    let fresh = try method.restore(snapshot.span)
    let isSame =
      fresh.score(text.span, blockSize: 1) == model.score(text.span, blockSize: 1)
      && fresh.encode(text.span) == model.encode(text.span)
    return isSame ? [] : ["a frozen model changes when it is used"]
  }

  private func bits(_ model: any FrozenModel, _ text: [UInt8]) -> Double {
    model.score(text.span, blockSize: .max).reduce(0, +)
  }
}
