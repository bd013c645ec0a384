import BPBCore
import LibraryCodecs
import Testing
import _TestSupport

/// Codecs that are wrong on purpose are caught by the checks that the real ones pass.
@Suite struct CodecCheckerTests {
  private var promises: CodecPromises {
    var promises = CodecPromises()
    promises.refusesTruncation = false
    promises.refusedTail = nil
    promises.noticesDamage = false
    promises.metersMemory = false
    return promises
  }

  private func failures(of codec: any Codec) -> [String] {
    CodecChecker(codec, named: "it", promises: promises).failures()
  }

  private func isCaught(_ codec: any Codec, _ words: String) -> Bool {
    failures(of: codec).contains { $0.contains(words) }
  }

  @Test func honestCodecPasses() {
    #expect(failures(of: WrongCodec(wrong: [])).isEmpty)
  }

  @Test func liesAreCaught() {
    #expect(isCaught(WrongCodec(wrong: .otherBytes), "decodes to other bytes"))
    #expect(isCaught(WrongCodec(wrong: .framing), "framing bytes of"))
  }

  @Test func forgetfulnessIsCaught() {
    #expect(isCaught(WrongCodec(wrong: .tail), "decodes to other bytes"))
    #expect(isCaught(WrongCodec(wrong: .cuts), "encodes otherwise in pieces"))
    #expect(isCaught(WrongCodec(wrong: .byteCount), "bytes were announced"))
  }

  @Test func greedIsCaught() {
    #expect(isCaught(WrongCodec(wrong: .hugePieces), "more than 64 KiB at once"))
    #expect(isCaught(WrongCodec(wrong: .deafness), "goes on when told to stop"))
  }

  @Test func brokenPromisesAreCaught() {
    let found = CodecChecker(StoreCodec(), named: "store").failures()
    for words in [
      "is decoded to other bytes", "is decoded with 1 × 65 behind it", "bytes is decoded",
      "claims to take no memory",
    ] {
      #expect(found.contains { $0.contains(words) }, "\(words)")
    }
  }
}

/// Copies bytes, with a fault of choice.
private struct WrongCodec: Codec {
  struct Fault: OptionSet {
    let rawValue: Int
    /// Lying: decodes to other bytes; claims more framing than there are bytes.
    static let otherBytes = Fault(rawValue: 1)
    static let framing = Fault(rawValue: 2)
    /// Forgetful: drops the last byte of each push; marks each push; does not count.
    static let tail = Fault(rawValue: 4)
    static let cuts = Fault(rawValue: 8)
    static let byteCount = Fault(rawValue: 16)
    /// Greedy: hands out all in one piece; does not hear the sink.
    static let hugePieces = Fault(rawValue: 32)
    static let deafness = Fault(rawValue: 64)
  }

  let wrong: Fault

  func makeEncoder(byteCount: Int) -> any StreamCoder {
    WrongStream(wrong, count: ByteCountGuard(byteCount: byteCount))
  }

  func makeDecoder() -> any StreamCoder { WrongStream(wrong, count: nil) }
}

private final class WrongStream: StreamCoder {
  private let wrong: WrongCodec.Fault
  private var count: ByteCountGuard?

  init(_ wrong: WrongCodec.Fault, count: ByteCountGuard?) {
    self.wrong = wrong
    self.count = count
  }

  var peakMemory: Int { 0 }
  var framingBytes: Int { wrong.contains(.framing) ? .max : 0 }

  func push(_ input: Span<UInt8>, to sink: ByteSink) throws(BPBError) {
    if !wrong.contains(.byteCount) { try count?.take(input.count) }
    var bytes = [UInt8]()
    bytes.append(wrong.contains(.tail) ? input.extracting(droppingLast: 1) : input)
    if wrong.contains(.otherBytes), count == nil, !bytes.isEmpty { bytes[0] ^= 1 }
    if wrong.contains(.cuts), count != nil { bytes.append(0) }
    if wrong.contains(.hugePieces), count == nil {
      bytes += [UInt8](repeating: 0, count: 100_000)
    }
    let size = wrong.contains(.hugePieces) ? Int.max >> 1 : 4096
    for start in stride(from: 0, to: bytes.count, by: size) {
      try handOut(Array(bytes[start...].prefix(size)), to: sink)
    }
  }

  private func handOut(_ piece: [UInt8], to sink: ByteSink) throws(BPBError) {
    do {
      try sink(piece.span)
    } catch {
      if !wrong.contains(.deafness) { throw error }
    }
  }

  func finish(to sink: ByteSink) throws(BPBError) {
    if !wrong.contains(.byteCount) { try count?.finish() }
  }
}
