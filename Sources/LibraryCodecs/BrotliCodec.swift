#if Brotli
public import BPBCore
import CBrotli
import CMemoryMeter

/// Brotli streams (RFC 7932) with a window of 16 MiB by the brotli libraries that are found at run time.
///
/// The format has neither length nor checksum. What an empty input costs counts as framing: one byte
/// that holds the window size and the mark of the end.
public struct BrotliCodec: Codec {
  private static let windowLog = 24

  /// 0 (fast) to 11 (small).
  public let level: Int

  /// Creates the codec at `level`, 0 to 11.
  public init(level: Int) { self.level = level }

  public func makeEncoder(byteCount: Int) throws(BPBError) -> any StreamCoder {
    let engine = try BrotliCompressor(
      level: level, windowLog: Self.windowLog, byteCount: byteCount)
    return LibraryEncoder(fed(engine, byteCount: byteCount), byteCount: byteCount) { _ in 1 }
  }

  public func makeDecoder() throws(BPBError) -> any StreamCoder {
    LibraryDecoder(try BrotliDecompressor())
  }

  /// Levels 0 and 1 compress whatever each call brings as a block of its own; they get blocks of the
  /// size that the brotli tool reads.
  private func fed(_ engine: BrotliCompressor, byteCount: Int) -> any LibraryEngine {
    level > 1 ? engine : GatheringEngine(engine, blockSize: 512 << 10, byteCount: byteCount)
  }
}

extension BrotliCodec {
  /// Bytes per second at levels 0 to 11.
  private static let speeds: [Double] = [
    3e8, 2.5e8, 1.5e8, 1.2e8, 7e7, 4.5e7, 3.5e7, 3e7, 2.2e7, 1.6e7, 2e6, 0.8e6,
  ]

  /// Bytes that encoders of version 1.0.9 at levels 0 to 11 allocate for an input longer than the window;
  /// less for shorter ones.
  private static let encoderMemory = [
    1_300_000, 2_300_000, 68_000_000, 68_000_000, 80_000_000, 80_000_000, 82_000_000, 86_000_000,
    94_000_000, 113_000_000, 220_000_000, 230_000_000,
  ]

  /// The encoder's version, which has 12 bits each for minor and patch.
  private static var version: String {
    let packed = BrotliEncoderVersion()
    return "\(packed >> 24).\(packed >> 12 & 0xFFF).\(packed & 0xFFF)"
  }

  static let family = MethodFamily(
    name: "brotli", kind: .library, summary: "Brotli, as in HTTP, with its built-in dictionary",
    parameters: [
      MethodParameter(
        "level", .integer(0...11), default: "11", summary: "effort: 0 is fast, 11 is small")
    ],
    version: { version }
  ) { values in
    let level = values.integer("level")
    return Method(
      name: "", version: version, codec: BrotliCodec(level: level),
      memory: MemoryNeed(encoder: encoderMemory[level], decoder: 26_000_000),
      expectedSpeed: speeds[level], decoderBytes: decoderBytes,
      framingNote: "brotli's own framing: 1 byte, no checksum")
  }

  /// The decoder and the library that holds the dictionary it needs.
  private static var decoderBytes: Int? {
    let parts = [bpb_brotli_decoder_symbol(), bpb_brotli_dictionary_symbol()]
    return parts.reduce(0) { sum, part in
      sum.flatMap { sum in libraryBytes(holding: part).map { sum + $0 } }
    }
  }
}

private final class BrotliCompressor: LibraryEngine {
  private let meter = MemoryMeter()
  private let state: OpaquePointer?

  init(level: Int, windowLog: Int, byteCount: Int) throws(BPBError) {
    state = BrotliEncoderCreateInstance(bpb_meter_alloc, bpb_meter_free, meter.context)
    guard state != nil else { throw .outOfMemory("libbrotlienc") }
    // Values out of range are the only thing these refuse.
    BrotliEncoderSetParameter(state, BROTLI_PARAM_QUALITY, UInt32(level))
    BrotliEncoderSetParameter(state, BROTLI_PARAM_LGWIN, UInt32(windowLog))
    BrotliEncoderSetParameter(state, BROTLI_PARAM_SIZE_HINT, UInt32(min(byteCount, 1 << 30)))
  }

  deinit { BrotliEncoderDestroyInstance(state) }

  func step(_ transfer: inout Transfer, isLast: Bool) throws(BPBError) -> Bool {
    let operation = isLast ? BROTLI_OPERATION_FINISH : BROTLI_OPERATION_PROCESS
    let done = transfer.runBrotli {
      BrotliEncoderCompressStream(state, operation, &$0.count, &$0.next, &$1.count, &$1.next, nil)
    }
    // The encoder fails only for want of memory, and does not say so.
    guard done != 0 else { throw .outOfMemory("libbrotlienc") }
    return BrotliEncoderIsFinished(state) != 0
  }

  var peakMemory: Int { meter.peak }
}

private final class BrotliDecompressor: LibraryEngine {
  private let meter = MemoryMeter()
  private let state: OpaquePointer?

  init() throws(BPBError) {
    state = BrotliDecoderCreateInstance(bpb_meter_alloc, bpb_meter_free, meter.context)
    guard state != nil else { throw .outOfMemory("libbrotlidec") }
  }

  deinit { BrotliDecoderDestroyInstance(state) }

  func step(_ transfer: inout Transfer, isLast: Bool) throws(BPBError) -> Bool {
    let result = transfer.runBrotli {
      BrotliDecoderDecompressStream(state, &$0.count, &$0.next, &$1.count, &$1.next, nil)
    }
    guard result != BROTLI_DECODER_RESULT_ERROR else { throw error }
    return result == BROTLI_DECODER_RESULT_SUCCESS
  }

  var peakMemory: Int { meter.peak }

  private var error: BPBError {
    let code = BrotliDecoderGetErrorCode(state)
    let isMemory = (-30 ... -21).contains(code.rawValue)  // BROTLI_DECODER_ERROR_ALLOC_…
    return isMemory
      ? .outOfMemory("libbrotlidec")
      : .damaged(String(cString: BrotliDecoderErrorString(code)))
  }
}

extension Transfer {
  /// Lets `call` work on this transfer, seen as the library moves on in it.
  fileprivate mutating func runBrotli<Result>(
    _ call: (
      inout (next: UnsafePointer<UInt8>?, count: Int),
      inout (next: UnsafeMutablePointer<UInt8>?, count: Int)
    ) -> Result
  ) -> Result {
    var source = (next: input, count: inputCount)
    var destination = (next: Optional(output), count: outputCount)
    let result = call(&source, &destination)
    advance(inputLeft: source.count, outputLeft: destination.count)
    return result
  }
}
#endif
