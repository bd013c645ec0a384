#if Zstd
public import BPBCore
import CMemoryMeter
import CZstd

/// Zstandard frames (RFC 8878) with content size and checksum, as the zstd tool writes them, by the
/// libzstd that is found at run time.
///
/// Framing is the frame header (6 to 14 bytes) and the checksum (4); the 3 bytes that begin every
/// block count as payload.
public struct ZstdCodec: Codec {
  /// The window that decoders accept unasked, as log2 of its bytes.
  private static let usualWindowLog = 27

  /// 1 (fast) to 22 (small).
  public let level: Int
  /// Log2 of the window within which long distance matches are looked for; nil: none are.
  public let longWindowLog: Int?

  /// Creates the codec at `level`, 1 to 22, with a window of 2^`longWindowLog` bytes (10 to 31) if given.
  public init(level: Int, longWindowLog: Int? = nil) {
    self.level = level
    self.longWindowLog = longWindowLog
  }

  public func makeEncoder(byteCount: Int) throws(BPBError) -> any StreamCoder {
    LibraryEncoder(try ZstdCompressor(settings, byteCount: byteCount), byteCount: byteCount) {
      edges in ZSTD_frameHeaderSize(edges.head, edges.head.count) + 4
    }
  }

  public func makeDecoder() throws(BPBError) -> any StreamCoder {
    LibraryDecoder(
      try ZstdDecompressor(windowLogMax: max(longWindowLog ?? 0, Self.usualWindowLog)))
  }

  /// The parameters that make the method, with their values.
  fileprivate var settings: [(ZSTD_cParameter, Int)] {
    [(ZSTD_c_compressionLevel, level), (ZSTD_c_checksumFlag, 1)]
      + (longWindowLog.map { [(ZSTD_c_enableLongDistanceMatching, 1), (ZSTD_c_windowLog, $0)] }
        ?? [])
  }
}

extension ZstdCodec {
  /// Bytes per second at levels 1 to 22.
  private static let speeds: [Double] = [
    2e8, 1.8e8, 1.5e8, 1.3e8, 8e7, 7e7, 6e7, 5e7, 4.5e7, 4e7, 3.3e7, 3e7, 1.7e7, 1.6e7, 1.5e7, 8e6,
    7e6, 6e6, 3.5e6, 3.2e6, 2.8e6, 2.5e6,
  ]

  static let family = MethodFamily(
    name: "zstd", kind: .library, summary: "Zstandard: LZ77 with finite state entropy",
    parameters: [
      MethodParameter(
        "level", .integer(1...22), default: "3", summary: "effort: 1 is fast, 22 is small"),
      MethodParameter(
        "long", .integer(10...31), default: nil,
        summary: "look for long distance matches in a window of 2 to this power"),
    ],
    version: { String(cString: ZSTD_versionString()) }
  ) { values in
    let codec = ZstdCodec(
      level: values.integer("level"), longWindowLog: values.optionalInteger("long"))
    return Method(
      name: "", version: String(cString: ZSTD_versionString()), codec: codec,
      memory: codec.memory, expectedSpeed: speeds[codec.level - 1],
      decoderBytes: libraryBytes(holding: bpb_zstd_symbol()),
      framingNote: "zstd framing: frame header of 6 to 14 bytes and 4-byte checksum")
  }

  /// What libzstd estimates for inputs of any length.
  private var memory: MemoryNeed {
    let parameters = ZSTD_createCCtxParams()
    defer { ZSTD_freeCCtxParams(parameters) }
    for (key, value) in settings + estimateSettings {
      ZSTD_CCtxParams_setParameter(parameters, key, Int32(value))
    }
    let windowLog = longWindowLog ?? Int(ZSTD_getCParams(Int32(level), 0, 0).windowLog)
    return MemoryNeed(
      encoder: ZSTD_estimateCStreamSize_usingCCtxParams(parameters),
      decoder: ZSTD_estimateDStreamSize(1 << windowLog))
  }

  /// The defaults of long distance matching, spelled out: the estimate of 1.5.4 divides by one that is
  /// only filled in when compression starts.
  private var estimateSettings: [(ZSTD_cParameter, Int)] {
    longWindowLog.map { [(ZSTD_c_ldmMinMatch, 64), (ZSTD_c_ldmHashLog, max(6, $0 - 7))] } ?? []
  }
}

private final class ZstdCompressor: LibraryEngine {
  private let meter = MemoryMeter()
  private let context: OpaquePointer?

  init(_ settings: [(ZSTD_cParameter, Int)], byteCount: Int) throws(BPBError) {
    context = ZSTD_createCCtx_advanced(meter.zstdMemory)
    guard context != nil else { throw .outOfMemory("libzstd") }
    for (key, value) in settings {
      try ZstdCodec.check(ZSTD_CCtx_setParameter(context, key, Int32(value)))
    }
    try ZstdCodec.check(ZSTD_CCtx_setPledgedSrcSize(context, UInt64(byteCount)))
  }

  deinit { ZSTD_freeCCtx(context) }

  func step(_ transfer: inout Transfer, isLast: Bool) throws(BPBError) -> Bool {
    let result = transfer.runZstd {
      ZSTD_compressStream2(context, &$1, &$0, isLast ? ZSTD_e_end : ZSTD_e_continue)
    }
    return try ZstdCodec.check(result) == 0 && isLast
  }

  var peakMemory: Int { meter.peak }
}

private final class ZstdDecompressor: LibraryEngine {
  private let meter = MemoryMeter()
  private let context: OpaquePointer?

  init(windowLogMax: Int) throws(BPBError) {
    context = ZSTD_createDCtx_advanced(meter.zstdMemory)
    guard context != nil else { throw .outOfMemory("libzstd") }
    try ZstdCodec.check(
      ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Int32(windowLogMax)))
  }

  deinit { ZSTD_freeDCtx(context) }

  func step(_ transfer: inout Transfer, isLast: Bool) throws(BPBError) -> Bool {
    let result = transfer.runZstd { ZSTD_decompressStream(context, &$1, &$0) }
    guard ZSTD_isError(result) == 0 || ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation
    else { throw .damaged(String(cString: ZSTD_getErrorName(result))) }
    return try ZstdCodec.check(result) == 0
  }

  var peakMemory: Int { meter.peak }
}

extension ZstdCodec {
  /// The result of a call that is to blame for its errors itself.
  @discardableResult
  fileprivate static func check(_ result: Int) throws(BPBError) -> Int {
    guard ZSTD_isError(result) != 0 else { return result }
    if ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation { throw .outOfMemory("libzstd") }
    throw .failed("libzstd", String(cString: ZSTD_getErrorName(result)))
  }
}

extension MemoryMeter {
  fileprivate var zstdMemory: ZSTD_customMem {
    bpb_zstd_memory(bpb_meter_alloc, bpb_meter_free, context)
  }
}

extension Transfer {
  /// Lets `call` work on this transfer.
  fileprivate mutating func runZstd(
    _ call: (inout ZSTD_inBuffer, inout ZSTD_outBuffer) -> Int
  ) -> Int {
    var source = ZSTD_inBuffer(src: input, size: inputCount, pos: 0)
    var destination = ZSTD_outBuffer(dst: output, size: outputCount, pos: 0)
    let result = call(&source, &destination)
    advance(read: source.pos, wrote: destination.pos)
    return result
  }
}
#endif
