import BPBCore

/// Pushes bytes through an engine and hands out what comes in pieces of at most 64 KiB.
///
/// The input is never copied; the one buffer is neither cleared nor grown.
final class EnginePump {
  private static let pieceSize = 1 << 16
  /// The most bytes offered in one call: some libraries count them in 32 bits.
  private static let mostInput = 1 << 30

  let engine: any LibraryEngine
  /// Whether the coded block is complete.
  private(set) var isAtEnd = false
  private let piece = UnsafeMutablePointer<UInt8>.allocate(capacity: pieceSize)

  init(_ engine: any LibraryEngine) { self.engine = engine }

  deinit { piece.deallocate() }

  /// Feeds `input` to the engine until that is used up and nothing more comes out, or its block ends.
  ///
  /// - Parameter isLast: whether an encoder is to end its block after `input`.
  /// - Returns: how many bytes the engine took.
  func run(_ input: Span<UInt8>, isLast: Bool, to sink: ByteSink) throws(BPBError) -> Int {
    try input.withUnsafeBufferPointer { bytes throws(BPBError) in
      var taken = 0
      var isFull = false
      while !isAtEnd && (isLast || taken < bytes.count || isFull) {
        let transfer = try step(bytes, from: taken, isLast: isLast)
        taken = transfer.taken
        isFull = transfer.written == Self.pieceSize
        if transfer.written > 0 {
          try sink(UnsafeBufferPointer(start: piece, count: transfer.written).span)
        }
      }
      return taken
    }
  }

  /// One call of the engine: how many of `bytes` are taken after it, and what it wrote.
  private func step(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isLast: Bool
  ) throws(BPBError) -> (taken: Int, written: Int) {
    let offered = min(bytes.count - start, Self.mostInput)
    var transfer = Transfer(
      input: bytes.baseAddress.map { $0 + start }, count: offered,
      output: piece, room: Self.pieceSize)
    isAtEnd = try engine.step(&transfer, isLast: isLast && start + offered == bytes.count)
    let read = offered - transfer.inputCount
    let written = Self.pieceSize - transfer.outputCount
    guard isAtEnd || read > 0 || written > 0 || (offered == 0 && !isLast) else {
      throw BPBError(.methodFailed, "the library neither takes bytes nor gives any")
    }
    return (start + read, written)
  }
}
