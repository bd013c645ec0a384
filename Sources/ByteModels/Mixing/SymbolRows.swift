import BPBCore

/// For hashed contexts a row of 32 words, one a candidate symbol: what came of it when it was asked for. A
/// row is one cache line, or two, so that the context's line can be on its way before the candidates are
/// known. Symbols that agree in their low five bits share a place.
struct SymbolRows<Word: FixedWidthInteger>: ~Copyable {
  private let words: UnsafeMutablePointer<Word>
  private let memory: AnonymousMemory
  private let shift: UInt64
  private static var width: Int { 32 }

  /// - Parameter rows: a power of two, at least 2.
  /// - Throws: `methodFailed` when there is no memory.
  init(rows: Int) throws(BPBError) {
    memory = try AnonymousMemory(bytes: rows * Self.width * MemoryLayout<Word>.size)
    words = memory.base.assumingMemoryBound(to: Word.self)
    shift = UInt64(64 - rows.trailingZeroBitCount)
  }

  var memoryBytes: Int { memory.byteCount }

  /// The row of the context that hashes to `hash`, whose upper bits are used.
  @inline(__always)
  func row(_ hash: UInt64) -> UnsafeMutablePointer<Word> {
    words + Int(truncatingIfNeeded: hash &>> shift) &* Self.width
  }

  /// The place of `symbol` in a row.
  @inline(__always)
  static func place(of symbol: UInt8) -> Int { Int(symbol & 31) }
}
