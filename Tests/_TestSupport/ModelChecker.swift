import BPBCore
public import ByteModels

/// The conformance checker that every byte model passes: what must hold for a model's figure to be an
/// honest code length.
public struct ModelChecker<M: ByteModel & ~Copyable> {
  /// Makes a model for so many bytes.
  public typealias Maker = ModelCodec.Maker<M>

  private let make: Maker

  /// A checker of the models that `make` makes.
  public init(_ make: @escaping Maker) { self.make = make }

  /// Everything that is wrong with the model on `input`; empty if nothing is.
  ///
  /// - Parameter stops: positions at which the whole distribution is summed; costs 256 models each.
  public func failures(on input: [UInt8], named name: String, stops: [Int]) -> [String] {
    var found: [String] = []
    do {
      found += try decisions(input)
      found += try coding(input)
      for stop in stops where stop < input.count { found += try sum(input, at: stop) }
    } catch {
      found.append("throws: \(error)")
    }
    return found.map { "\(name): \($0)" }
  }

  private func decisions(_ input: [UInt8]) throws(BPBError) -> [String] {
    var model = try make(input.count)
    var coder = CheckingCoder()
    for byte in input where model.code(byte, with: &coder) != byte {
      return ["returns another byte than it was given"]
    }
    return coder.failures
  }

  /// Real bytes: they decode, they are the same each time, and are as long as the probabilities say.
  private func coding(_ input: [UInt8]) throws(BPBError) -> [String] {
    let codec = ModelCodec(make)
    let coded = try codec.encode(input.span)
    guard try codec.encode(input.span) == coded else { return ["two models code differently"] }
    let decoded: [UInt8]
    do {
      decoded = try codec.decode(coded.span, limit: input.count)
    } catch {
      return ["does not decode: \(error)"]
    }
    guard decoded == input else { return ["decodes to other bytes"] }
    let framing = 8 * max(1, (Int.bitWidth - input.count.leadingZeroBitCount + 6) / 7)
    let excess = Double(8 * coded.count - framing) - (try codec.score(input.span)).bits
    let allowed = 64 + 0.00002 * Double(input.count)
    return abs(excess) <= allowed ? [] : ["coded and ideal length differ by \(excess) bits"]
  }

  /// The probabilities of all 256 bytes after the first `stop` bytes sum to one: so none is lost, and
  /// none depends on the byte that is about to be coded.
  private func sum(_ input: [UInt8], at stop: Int) throws(BPBError) -> [String] {
    var sum = 0.0
    for candidate in UInt8.min ... .max {
      var model = try make(input.count)
      var coder = IdealLength()
      for byte in input[..<stop] { _ = model.code(byte, with: &coder) }
      let before = coder.bits
      _ = model.code(candidate, with: &coder)
      sum += exp2(before - coder.bits)
    }
    return abs(sum - 1) < 1e-6 ? [] : ["probabilities sum to \(sum) at byte \(stop)"]
  }
}
