public import BPBCore
import CLzma

/// LZMA2 in .xz files with CRC-64, as the xz tool writes them, by the liblzma that is found at run time.
///
/// Memory is what liblzma itself states: behind an allocation hook it would have to clear tables of
/// hundreds of MiB that it otherwise gets cleared, and mostly never touches.
public struct XzCodec: Codec {
  /// 0 (fast) to 9 (small, most memory).
  public let level: Int
  /// Whether more time is spent to find better codes, as by `xz -e`.
  public let isExtreme: Bool

  /// Creates the codec at `level`, 0 to 9.
  public init(level: Int, isExtreme: Bool = false) {
    self.level = level
    self.isExtreme = isExtreme
  }

  public func makeEncoder(byteCount: Int) throws(BPBError) -> any StreamCoder {
    LibraryEncoder(
      try LzmaEncoder(preset: preset), byteCount: byteCount, framing: XzFraming.byteCount)
  }

  public func makeDecoder() throws(BPBError) -> any StreamCoder {
    LibraryDecoder(try LzmaDecoder())
  }

  fileprivate var preset: UInt32 { UInt32(level) | (isExtreme ? bpb_lzma_preset_extreme() : 0) }
}

extension XzCodec {
  /// Bytes per second at presets 0 to 9; the extreme ones run at half that of 6 and above.
  private static let speeds = [2e7, 1.8e7, 1.4e7, 1e7, 5e6, 4.5e6, 4e6, 3.5e6, 3.2e6, 3e6]

  /// The codec that a level's word means: `6`, `9e`.
  private init(word: String) {
    self.init(level: Int(word.prefix(1)) ?? 6, isExtreme: word.hasSuffix("e"))
  }

  static let family = MethodFamily(
    name: "xz", kind: .library, summary: "LZMA2 in .xz files",
    parameters: [
      MethodParameter(
        "level", .choice((0...9).map { "\($0)" } + (0...9).map { "\($0)e" }), default: "6",
        summary: "effort and memory: 0 is fast, 9 is small; e tries harder")
    ],
    version: { String(cString: lzma_version_string()) }
  ) { values in
    let codec = XzCodec(word: values.text("level") ?? "6")
    return Method(
      name: "", version: String(cString: lzma_version_string()), codec: codec,
      memory: MemoryNeed(
        encoder: Int(clamping: lzma_easy_encoder_memusage(codec.preset)),
        decoder: Int(clamping: lzma_easy_decoder_memusage(codec.preset))),
      expectedSpeed: codec.isExtreme ? 2.5e6 : speeds[codec.level],
      decoderBytes: libraryBytes(holding: bpb_lzma_symbol()),
      framingNote: ".xz framing with CRC64")
  }
}

private final class LzmaEncoder: LibraryEngine {
  private let stream = Stable(bpb_lzma_stream())
  let peakMemory: Int

  init(preset: UInt32) throws(BPBError) {
    peakMemory = Int(clamping: lzma_easy_encoder_memusage(preset))
    let code = lzma_easy_encoder(stream.address, preset, LZMA_CHECK_CRC64)
    guard code == LZMA_OK else { throw code.error }
  }

  deinit { lzma_end(stream.address) }

  func step(_ transfer: inout Transfer, isLast: Bool) throws(BPBError) -> Bool {
    try stream.address.run(&transfer, isLast ? LZMA_FINISH : LZMA_RUN)
  }
}

private final class LzmaDecoder: LibraryEngine {
  private let stream = Stable(bpb_lzma_stream())

  init() throws(BPBError) {
    // What any preset needs, and a little more.
    let limit = lzma_easy_decoder_memusage(9) + (16 << 20)
    let code = lzma_stream_decoder(stream.address, limit, 0)
    guard code == LZMA_OK else { throw code.error }
  }

  deinit { lzma_end(stream.address) }

  func step(_ transfer: inout Transfer, isLast: Bool) throws(BPBError) -> Bool {
    try stream.address.run(&transfer, LZMA_RUN)
  }

  var peakMemory: Int { Int(clamping: lzma_memusage(stream.address)) }
}

extension lzma_ret {
  fileprivate var error: BPBError {
    switch self {
    case LZMA_MEM_ERROR: .outOfMemory("liblzma")
    case LZMA_MEMLIMIT_ERROR: .damaged("it asks for more memory than any preset needs")
    case LZMA_FORMAT_ERROR: .damaged("it does not begin as .xz does")
    case LZMA_OPTIONS_ERROR: .damaged("it asks for options that .xz does not have")
    case LZMA_DATA_ERROR: .damaged("data or checksum do not fit")
    default: .failed("liblzma", "code \(rawValue)")
    }
  }
}

extension UnsafeMutablePointer<lzma_stream> {
  /// Lets the library work on `transfer`; whether the stream ended.
  fileprivate func run(
    _ transfer: inout Transfer, _ action: lzma_action
  ) throws(BPBError) -> Bool {
    pointee.next_in = transfer.input
    pointee.avail_in = transfer.inputCount
    pointee.next_out = transfer.output
    pointee.avail_out = transfer.outputCount
    let code = lzma_code(self, action)
    transfer.advance(inputLeft: pointee.avail_in, outputLeft: pointee.avail_out)
    switch code {
    case LZMA_STREAM_END: return true
    case LZMA_OK, LZMA_BUF_ERROR: return false  // the latter: there was nothing to do
    default: throw code.error
    }
  }
}
