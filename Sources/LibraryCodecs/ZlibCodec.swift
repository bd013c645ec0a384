public import BPBCore
import CMemoryMeter
import CZlib

/// DEFLATE in zlib streams (RFC 1950) by the zlib that is found at run time.
public struct ZlibCodec: Codec {
  /// 1 (fast) to 9 (small).
  public let level: Int

  /// Creates the codec at `level`, 1 to 9.
  public init(level: Int) { self.level = level }

  public func makeEncoder(byteCount: Int) throws(BPBError) -> any StreamCoder {
    // Two bytes of header and the Adler-32 of the input.
    LibraryEncoder(try DeflateEngine(level: level), byteCount: byteCount) { _ in 2 + 4 }
  }

  public func makeDecoder() throws(BPBError) -> any StreamCoder {
    LibraryDecoder(try InflateEngine())
  }
}

extension ZlibCodec {
  /// Bytes per second at levels 1 to 9.
  private static let speeds: [Double] = [1.1e8, 1e8, 8e7, 7e7, 5e7, 3.5e7, 3e7, 2.5e7, 2e7]

  static let family = MethodFamily(
    name: "zlib", kind: .library, summary: "DEFLATE, as in gzip, PNG and HTTP",
    parameters: [
      MethodParameter(
        "level", .integer(1...9), default: "6", summary: "effort: 1 is fast, 9 is small")
    ],
    version: { String(cString: zlibVersion()) }
  ) { values in
    let level = values.integer("level")
    return Method(
      name: "", version: String(cString: zlibVersion()), codec: ZlibCodec(level: level),
      // A window of 32 KiB and its tables, as zlib's zconf.h adds them up, with a little room.
      memory: MemoryNeed(encoder: 300 << 10, decoder: 48 << 10),
      expectedSpeed: speeds[level - 1], decoderBytes: libraryBytes(holding: bpb_zlib_symbol()),
      framingNote: "zlib framing: 2-byte header and Adler-32, 6 bytes (gzip's would be 18)")
  }
}

private final class DeflateEngine: LibraryEngine {
  private let meter = MemoryMeter()
  private let stream: Stable<z_stream>

  init(level: Int) throws(BPBError) {
    stream = Stable(z_stream(countedBy: meter))
    let code = bpb_deflate_init(stream.address, Int32(level))
    guard code == Z_OK else { throw stream.address.pointee.error(code) }
  }

  deinit { deflateEnd(stream.address) }

  func step(_ transfer: inout Transfer, isLast: Bool) throws(BPBError) -> Bool {
    try stream.address.run(&transfer) { deflate($0, isLast ? Z_FINISH : Z_NO_FLUSH) }
  }

  var peakMemory: Int { meter.peak }
}

private final class InflateEngine: LibraryEngine {
  private let meter = MemoryMeter()
  private let stream: Stable<z_stream>

  init() throws(BPBError) {
    stream = Stable(z_stream(countedBy: meter))
    let code = bpb_inflate_init(stream.address)
    guard code == Z_OK else { throw stream.address.pointee.error(code) }
  }

  deinit { inflateEnd(stream.address) }

  func step(_ transfer: inout Transfer, isLast: Bool) throws(BPBError) -> Bool {
    try stream.address.run(&transfer) { inflate($0, Z_NO_FLUSH) }
  }

  var peakMemory: Int { meter.peak }
}

extension z_stream {
  fileprivate init(countedBy meter: MemoryMeter) {
    self.init()
    zalloc = bpb_meter_alloc_items
    zfree = bpb_meter_free
    opaque = meter.context
  }

  fileprivate func error(_ code: Int32) -> BPBError {
    let reason = String(cString: msg.map { UnsafePointer($0) } ?? zError(code))
    return switch code {
    case Z_MEM_ERROR: .outOfMemory("zlib")
    case Z_DATA_ERROR, Z_NEED_DICT: .damaged(reason)
    default: .failed("zlib", reason)
    }
  }
}

extension UnsafeMutablePointer<z_stream> {
  /// Lets `call` work on `transfer`; whether the stream ended.
  fileprivate func run(
    _ transfer: inout Transfer, _ call: (Self) -> Int32
  ) throws(BPBError) -> Bool {
    pointee.next_in = UnsafeMutablePointer<UInt8>(mutating: transfer.input)
    pointee.avail_in = UInt32(transfer.inputCount)
    pointee.next_out = transfer.output
    pointee.avail_out = UInt32(transfer.outputCount)
    let code = call(self)
    transfer.advance(inputLeft: Int(pointee.avail_in), outputLeft: Int(pointee.avail_out))
    switch code {
    case Z_STREAM_END: return true
    case Z_OK, Z_BUF_ERROR: return false  // the latter: there was nothing to do
    default: throw pointee.error(code)
    }
  }
}
