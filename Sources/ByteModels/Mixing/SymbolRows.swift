import BPBCore

/// For hashed contexts a row of 32 adaptive probabilities, one a candidate symbol: how often it was the
/// right one when it was asked for. A row is one cache line, so that the context's line can be on its way
/// before the candidates are known. Symbols that agree in their low five bits share a place.
struct SymbolRows: ~Copyable {
  private let words: UnsafeMutablePointer<UInt16>
  private let memory: AnonymousMemory
  private let shift: UInt64
  private static let width = 32

  /// - Parameter rows: a power of two, at least 2.
  /// - Throws: `methodFailed` when there is no memory.
  init(rows: Int) throws(BPBError) {
    memory = try AnonymousMemory(bytes: rows * Self.width * 2)
    words = memory.base.assumingMemoryBound(to: UInt16.self)
    shift = UInt64(64 - rows.trailingZeroBitCount)
  }

  var memoryBytes: Int { memory.byteCount }

  /// The row of the context that hashes to `hash`, whose upper bits are used.
  @inline(__always)
  func row(_ hash: UInt64) -> UnsafeMutablePointer<UInt16> {
    words + Int(truncatingIfNeeded: hash &>> shift) &* Self.width
  }

  /// The place of `symbol` in a row.
  @inline(__always)
  static func place(of symbol: UInt8) -> Int { Int(symbol & 31) }
}
