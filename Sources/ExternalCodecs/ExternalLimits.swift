/// What one run of an external command may take before it is stopped.
public struct ExternalLimits: Sendable {
  /// Wall-clock time of one run.
  public var time: Duration
  /// Bytes that a run may write into its private directory. An encoder is held to less, in
  /// proportion to its input.
  public var bytesWritten: Int

  /// Creates limits: ten minutes and 64 GiB unless told otherwise.
  public init(time: Duration = .seconds(600), bytesWritten: Int = 64 << 30) {
    self.time = time
    self.bytesWritten = bytesWritten
  }

  /// The same limits for the encoder of `byteCount` bytes: four times its input and 256 MiB, which
  /// leaves room for work files but soon stops one that never ends.
  package func encoding(_ byteCount: Int) -> ExternalLimits {
    let (four, overflow) = byteCount.multipliedReportingOverflow(by: 4)
    guard !overflow, four < bytesWritten - 256 << 20 else { return self }
    return ExternalLimits(time: time, bytesWritten: four + 256 << 20)
  }
}
