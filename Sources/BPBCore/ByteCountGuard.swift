/// Holds an encoder's input against the number of bytes that was announced for its block.
public struct ByteCountGuard: Sendable {
  /// Bytes still to come.
  public private(set) var remaining: Int

  /// Expects exactly `byteCount` bytes.
  public init(byteCount: Int) { remaining = byteCount }

  /// Counts `count` bytes that came.
  ///
  /// - Throws: `inputOutput` if they are more than was announced.
  public mutating func take(_ count: Int) throws(BPBError) {
    guard count <= remaining else {
      throw BPBError(.inputOutput, "there are more bytes than its size said; did it grow?")
    }
    remaining -= count
  }

  /// Checks that all came.
  ///
  /// - Throws: `inputOutput` if they are fewer than was announced.
  public func finish() throws(BPBError) {
    guard remaining == 0 else {
      throw BPBError(.inputOutput, "\(remaining) bytes fewer than its size said; did it shrink?")
    }
  }
}
