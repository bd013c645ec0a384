public import BPBCore

/// What a codec promises beyond giving back what it was given.
public struct CodecPromises: Sendable {
  /// Every beginning of a coded block that is not all of it is refused.
  public var refusesTruncation = true
  /// The fewest bytes behind a coded block that are refused; nil if any may stand there.
  public var refusedTail: Int? = 1
  /// A coded block with a flipped bit is refused, or decodes as if nothing had happened.
  public var noticesDamage = true
  /// Encoders and decoders say how much memory they took.
  public var metersMemory = true

  /// All of them.
  public init() {}
}

/// The checks that every codec passes, whatever its method.
///
/// They return what they found wrong, a sentence each, rather than fail a test themselves: codecs that
/// are wrong on purpose are caught by the same checks.
public struct CodecChecker {
  /// The most bytes that a coder may hand out at once.
  private static let largestPiece = 1 << 16
  /// What a damaged block of a few bytes may decode to.
  private static let damageLimit = 1 << 20
  /// Inputs up to this size are also pushed byte by byte.
  private static let smallInput = 6_000

  private let codec: any Codec
  private let name: String
  private let promises: CodecPromises

  /// A checker of `codec`, called `name` in what it reports.
  public init(_ codec: any Codec, named name: String, promises: CodecPromises = CodecPromises()) {
    self.codec = codec
    self.name = name
    self.promises = promises
  }

  /// Every check. Empty if nothing is wrong.
  public func failures() -> [String] {
    roundTripFailures() + HostileInputs.all.flatMap { cutFailures($0.bytes, $0.name) }
      + [("small", Self.sample), ("empty", [])].flatMap { damageFailures($1, $0) }
      + refusalFailures() + byteCountFailures()
  }

  /// Round trips over the hostile inputs alone.
  public func roundTripFailures() -> [String] {
    HostileInputs.all.flatMap { roundTripFailures($0.bytes, $0.name) }
  }

  /// A few bytes with repeats and without.
  private static let sample =
    Array("to be or not to be, that is ".utf8)
    + SplitMix64.bytes(
      count: 12, seed: 5)

  private func encoding(_ input: [UInt8], piece: Int? = nil, limit: Int = .max) -> CoderRun {
    CoderRun(
      { () throws(BPBError) in try codec.makeEncoder(byteCount: input.count) }, over: input,
      piece: piece, limit: limit)
  }

  private func decoding(_ coded: [UInt8], piece: Int? = nil, limit: Int) -> CoderRun {
    CoderRun(
      { () throws(BPBError) in try codec.makeDecoder() }, over: coded, piece: piece, limit: limit)
  }

  private func failure(_ what: String, _ input: String) -> String { "\(name), \(input): \(what)" }
}

extension CodecChecker {
  private func roundTripFailures(_ input: [UInt8], _ inputName: String) -> [String] {
    let coded = encoding(input)
    let decoded = decoding(coded.bytes, limit: input.count)
    var found: [String] = []
    if let error = coded.error { found.append("does not encode: \(error)") }
    if let error = decoded.error { found.append("does not decode: \(error)") }
    if decoded.bytes != input { found.append("decodes to other bytes") }
    if !(0...coded.bytes.count).contains(coded.framingBytes) {
      found.append("\(coded.framingBytes) framing bytes of \(coded.bytes.count)")
    }
    if promises.metersMemory && (coded.peakMemory <= 0 || decoded.peakMemory <= 0) {
      found.append("claims to take no memory")
    }
    if max(coded.largestPiece, decoded.largestPiece) > Self.largestPiece {
      found.append("hands out more than 64 KiB at once")
    }
    return found.map { failure($0, inputName) }
  }

  /// However the input is cut, what comes out is the same.
  private func cutFailures(_ input: [UInt8], _ inputName: String) -> [String] {
    let coded = encoding(input)
    var found: [String] = []
    for piece in input.count <= Self.smallInput ? [1, 7, 4096] : [4096] {
      let cut = encoding(input, piece: piece)
      if cut.error != nil || cut.bytes != coded.bytes || cut.framingBytes != coded.framingBytes {
        found.append("encodes otherwise in pieces of \(piece)")
      }
      let decoded = decoding(coded.bytes, piece: piece, limit: input.count)
      if decoded.error != nil || decoded.bytes != input {
        found.append("decodes otherwise in pieces of \(piece)")
      }
    }
    return found.map { failure($0, inputName) }
  }
}

extension CodecChecker {
  /// Truncated, bit-flipped and prolonged blocks end with an error or with bytes, never with a trap.
  private func damageFailures(_ input: [UInt8], _ inputName: String) -> [String] {
    let coded = encoding(input).bytes
    let truncated = coded.indices.compactMap { end in
      truncationFailure(Array(coded[..<end])).map { "cut to \(end) of \(coded.count) bytes \($0)" }
    }
    let flipped = (0..<coded.count * 8).compactMap { bit in
      flipFailure(coded, bit: bit, input).map { "with bit \(bit) flipped \($0)" }
    }
    return (truncated + flipped + tailFailures(coded)).map { failure($0, inputName) }
  }

  private func truncationFailure(_ coded: [UInt8]) -> String? {
    let decoded = decoding(coded, limit: Self.damageLimit)
    return promises.refusesTruncation && decoded.error == nil
      ? "is decoded" : greed(decoded)
  }

  private func flipFailure(_ coded: [UInt8], bit: Int, _ input: [UInt8]) -> String? {
    var damaged = coded
    damaged[bit / 8] ^= 1 << UInt8(bit % 8)
    let decoded = decoding(damaged, limit: Self.damageLimit)
    return promises.noticesDamage && decoded.error == nil && decoded.bytes != input
      ? "is decoded to other bytes" : greed(decoded)
  }

  /// Bytes behind the end are refused, whether they come with the block or after it.
  private func tailFailures(_ coded: [UInt8]) -> [String] {
    guard let length = promises.refusedTail else { return [] }
    return [UInt8(0), 0x41, 0xFF].flatMap { byte in
      let prolonged = coded + [UInt8](repeating: byte, count: length)
      return [1, prolonged.count].compactMap { piece in
        let decoded = decoding(prolonged, piece: piece, limit: Self.damageLimit)
        return decoded.error == nil ? "is decoded with \(length) × \(byte) behind it" : nil
      }
    }
  }

  private func greed(_ run: CoderRun) -> String? {
    if run.ignoredRefusal { return "goes on when told to stop" }
    return run.largestPiece > Self.largestPiece ? "hands out more than 64 KiB at once" : nil
  }
}

extension CodecChecker {
  /// When the sink throws, the coder stops and passes the error on.
  private func refusalFailures() -> [String] {
    let input = SplitMix64.bytes(count: 100_000, seed: 6)
    let coded = encoding(input).bytes
    let runs = [
      ("encoder", encoding(input, piece: 4096, limit: 0)),
      ("encoder", encoding(input, limit: 70_000)),
      ("decoder", decoding(coded, piece: 4096, limit: 0)),
      ("decoder", decoding(coded, limit: 70_000)),
    ]
    return runs.compactMap { side, run in
      (run.error == nil ? "goes on when told to stop" : greed(run)).map {
        failure("the \(side) \($0)", "random")
      }
    }
  }

  /// An encoder that gets more or fewer bytes than were announced says so.
  private func byteCountFailures() -> [String] {
    [0, 99, 101, 100_000].compactMap { announced in
      let input = SplitMix64.bytes(count: 100, seed: 7)
      let run = CoderRun(
        { () throws(BPBError) in try codec.makeEncoder(byteCount: announced) }, over: input)
      return run.error?.code == .inputOutput
        ? nil : failure("encodes where \(announced) bytes were announced", "100 bytes")
    }
  }
}
