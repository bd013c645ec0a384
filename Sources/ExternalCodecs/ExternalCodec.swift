public import BPBCore

/// External commands as a codec: each block is spooled to a file, and a program is run on it.
///
/// A coded block is the bytes that the encode command made, with nothing added.
public struct ExternalCodec: Codec {
  private let encode: CommandStep
  private let decode: CommandStep
  private let limits: ExternalLimits
  private let isCancelled: @Sendable () -> Bool

  /// Creates a codec.
  ///
  /// - Throws: `usage` if a program does not exist.
  public init(
    _ command: ExternalCommand, limits: ExternalLimits = ExternalLimits(),
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(BPBError) {
    encode = try CommandStep(.encode, command.encode, of: command.name)
    decode = try CommandStep(.decode, command.decode, of: command.name)
    self.limits = limits
    self.isCancelled = isCancelled
  }

  /// Size in bytes of the program that decodes; nil if a shell runs it.
  public var decoderBytes: Int? {
    decode.template.usesShell ? nil : Programs.size(of: decode.program)
  }

  public func makeEncoder(byteCount: Int) throws(BPBError) -> any StreamCoder {
    try ExternalCoder(encode, limits: limits.encoding(byteCount), isCancelled: isCancelled)
  }

  public func makeDecoder() throws(BPBError) -> any StreamCoder {
    try ExternalCoder(decode, limits: limits, isCancelled: isCancelled)
  }
}
