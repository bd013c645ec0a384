#if Bzip2
public import BPBCore
import CBzip2
import CMemoryMeter

/// Block sorting in .bz2 files by the libbz2 that is found at run time.
///
/// Framing is the 4 bytes at the beginning and the 10 at the end; the 10 bytes and more that begin
/// every block come with the data and count as payload.
public struct Bzip2Codec: Codec {
  /// Block size in units of 100,000 bytes, 1 to 9.
  public let level: Int

  /// Creates the codec at `level`, 1 to 9.
  public init(level: Int) { self.level = level }

  public func makeEncoder(byteCount: Int) throws(BPBError) -> any StreamCoder {
    LibraryEncoder(try Bzip2Compressor(level: level), byteCount: byteCount) { _ in 4 + 10 }
  }

  public func makeDecoder() throws(BPBError) -> any StreamCoder {
    LibraryDecoder(try Bzip2Decompressor())
  }
}

extension Bzip2Codec {
  /// `1.0.8` of `1.0.8, 13-Jul-2019`.
  private static var version: String {
    String(String(cString: BZ2_bzlibVersion()).prefix { $0 != "," })
  }

  static let family = MethodFamily(
    name: "bzip2", kind: .library, summary: "Burrows-Wheeler transform and Huffman codes",
    parameters: [
      MethodParameter(
        "level", .integer(1...9), default: "9", summary: "block size in units of 100,000 bytes")
    ],
    version: { version }
  ) { values in
    let level = values.integer("level")
    return Method(
      name: "", version: version, codec: Bzip2Codec(level: level),
      // The sums that the manual of bzip2 gives.
      memory: MemoryNeed(encoder: 400_000 + 800_000 * level, decoder: 100_000 + 400_000 * level),
      expectedSpeed: 1.7e7, decoderBytes: libraryBytes(holding: bpb_bzip2_symbol()),
      framingNote: ".bz2 framing: 4-byte header and 10-byte trailer with CRC-32, 14 bytes")
  }
}

private final class Bzip2Compressor: LibraryEngine {
  private let meter = MemoryMeter()
  private let stream: Stable<bz_stream>

  init(level: Int) throws(BPBError) {
    stream = Stable(bz_stream(countedBy: meter))
    let code = BZ2_bzCompressInit(stream.address, Int32(level), 0, 0)
    guard code == BZ_OK else { throw bz_stream.error(code) }
  }

  deinit { BZ2_bzCompressEnd(stream.address) }

  func step(_ transfer: inout Transfer, isLast: Bool) throws(BPBError) -> Bool {
    // Asked to go on with nothing left to do, the library speaks of a wrong parameter.
    if transfer.inputCount == 0 && !isLast { return false }
    return try stream.address.run(&transfer) { BZ2_bzCompress($0, isLast ? BZ_FINISH : BZ_RUN) }
  }

  var peakMemory: Int { meter.peak }
}

private final class Bzip2Decompressor: LibraryEngine {
  private let meter = MemoryMeter()
  private let stream: Stable<bz_stream>

  init() throws(BPBError) {
    stream = Stable(bz_stream(countedBy: meter))
    let code = BZ2_bzDecompressInit(stream.address, 0, 0)
    guard code == BZ_OK else { throw bz_stream.error(code) }
  }

  deinit { BZ2_bzDecompressEnd(stream.address) }

  func step(_ transfer: inout Transfer, isLast: Bool) throws(BPBError) -> Bool {
    try stream.address.run(&transfer) { BZ2_bzDecompress($0) }
  }

  var peakMemory: Int { meter.peak }
}

extension bz_stream {
  fileprivate init(countedBy meter: MemoryMeter) {
    self.init()
    bzalloc = bpb_meter_alloc_int_items
    bzfree = bpb_meter_free
    opaque = meter.context
  }

  fileprivate static func error(_ code: Int32) -> BPBError {
    switch code {
    case BZ_MEM_ERROR: .outOfMemory("libbz2")
    case BZ_DATA_ERROR: .damaged("data or checksum do not fit")
    case BZ_DATA_ERROR_MAGIC: .damaged("it does not begin as .bz2 does")
    default: .failed("libbz2", "code \(code)")
    }
  }
}

extension UnsafeMutablePointer<bz_stream> {
  /// Lets `call` work on `transfer`; whether the stream ended.
  fileprivate func run(
    _ transfer: inout Transfer, _ call: (Self) -> Int32
  ) throws(BPBError) -> Bool {
    pointee.next_in = transfer.input.map { UnsafeMutablePointer<UInt8>(mutating: $0).asCharacters }
    pointee.avail_in = UInt32(transfer.inputCount)
    pointee.next_out = transfer.output.asCharacters
    pointee.avail_out = UInt32(transfer.outputCount)
    let code = call(self)
    transfer.advance(inputLeft: Int(pointee.avail_in), outputLeft: Int(pointee.avail_out))
    guard code >= BZ_OK else { throw bz_stream.error(code) }
    return code == BZ_STREAM_END
  }
}

extension UnsafeMutablePointer<UInt8> {
  /// The same bytes as libbz2 types them.
  fileprivate var asCharacters: UnsafeMutablePointer<CChar> {
    UnsafeMutableRawPointer(self).assumingMemoryBound(to: CChar.self)
  }
}
#endif
