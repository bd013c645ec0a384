/// A model that goes on writing where a text ends. Used from one thread, once: some texts are learned, then one is
/// written.
public protocol TextWriter: AnyObject {
  /// Whether it learns from texts; what was trained before does not.
  var learns: Bool { get }

  /// Learns from `bytes`, which follow those before; perhaps only when it is to write.
  func learn(_ bytes: Span<UInt8>)

  /// What a user should know of the model made, one sentence each; complete when something was written.
  var notes: [String] { get }

  /// Writes `count` bytes after all that it learned from and then `prompt`.
  ///
  /// - Parameter sink: gets the bytes in pieces as they are drawn; and now and then in long work none, so that it can
  ///   stop it.
  /// - Throws: what `sink` throws; `methodFailed` when there is no memory.
  func write(
    _ count: Int, after prompt: Span<UInt8>, drawing sampling: Sampling, to sink: ByteSink
  ) throws(BPBError)
}

extension TextWriter {
  public var notes: [String] { [] }
}

/// Bytes that a writer hands out at a time: few, since somebody may be reading along.
package let writtenPiece = 64
