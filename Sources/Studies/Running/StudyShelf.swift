public import BPBCore

/// Where cells that take long keep how far they are, so that a killed run loses little.
///
/// Nothing depends on it: what cannot be kept, or is damaged, is measured from the beginning.
public protocol StudyShelf: Sendable {
  /// What was kept under `name`; nil if nothing was, or it cannot be read.
  func kept(_ name: String) -> ModelBytes?

  /// Keeps what `write` writes under `name`, in the place of what was there.
  func keep(
    _ name: String, _ write: ((Span<UInt8>) throws(BPBError) -> Void) throws(BPBError) -> Void)

  /// Forgets what was kept under `name`.
  func drop(_ name: String)
}
