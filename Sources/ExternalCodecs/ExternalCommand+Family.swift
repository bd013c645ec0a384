public import BPBCore

extension ExternalCommand {
  /// The command as a row of the method table: a family without parameters.
  ///
  /// Its method cannot be made, with a `usage` error, while a program is missing.
  /// - Parameters:
  ///   - limits: what each run may take.
  ///   - isCancelled: asked many times a second while a command runs; true stops it.
  public func family(
    limits: ExternalLimits = ExternalLimits(),
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) -> MethodFamily {
    MethodFamily(
      name: name, kind: .command, summary: "external command", parameters: [], version: { nil }
    ) { values throws(BPBError) in
      let codec = try ExternalCodec(self, limits: limits, isCancelled: isCancelled)
      return Method(
        name: values.name, version: nil, codec: codec,
        memory: MemoryNeed(encoder: Self.presumedMemory, decoder: Self.presumedMemory),
        expectedSpeed: Self.presumedSpeed, decoderBytes: codec.decoderBytes,
        knowsFraming: false)
    }
  }

  /// Nobody can say what a program will allocate; most peers stay under this many bytes.
  private static let presumedMemory = 256 << 20
  /// Bytes per second; likewise.
  private static let presumedSpeed = 1e6
}
