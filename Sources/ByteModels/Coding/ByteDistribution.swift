/// A probability distribution over the 256 bytes: integer frequencies, each at least 1, whose sum is
/// 2^24. The same integers are scored and coded.
///
/// Owned and refilled by a model; nothing is allocated per byte.
public struct ByteDistribution: ~Copyable {
  /// log2 of the total.
  public static let totalBits: UInt32 = 24
  /// The sum of all frequencies.
  public static let total: UInt32 = 1 << totalBits

  @usableFromInline let storage: UnsafeMutablePointer<UInt32>

  /// The uniform distribution: 8 bits a byte.
  @inlinable
  public init() {
    storage = .allocate(capacity: 256)
    storage.initialize(repeating: Self.total / 256, count: 256)
  }

  deinit { storage.deallocate() }

  /// The frequency of `byte` in parts of 2^24.
  @inlinable
  public subscript(byte: UInt8) -> UInt32 { storage[Int(byte)] }

  /// Gives `body` the 256 frequencies to fill.
  ///
  /// Precondition for coding: `body` leaves each at least 1 and their sum 2^24. The conformance
  /// checkers hold every model to that; the coder does not pay for checking it per byte.
  @inlinable
  public mutating func fill(_ body: (UnsafeMutableBufferPointer<UInt32>) -> Void) {
    body(UnsafeMutableBufferPointer(start: storage, count: 256))
  }

  /// Gives `body` the 256 frequencies to read.
  @inlinable
  public borrowing func withFrequencies<Result>(_ body: (Span<UInt32>) -> Result) -> Result {
    body(UnsafeBufferPointer(start: storage, count: 256).span)
  }

  /// Copies the 256 frequencies.
  @inline(__always)
  func copy(to frequencies: UnsafeMutablePointer<UInt32>) {
    frequencies.update(from: storage, count: 256)
  }

  /// Fills the distribution in proportion to `weights`, every byte keeping at least one part.
  ///
  /// Integer arithmetic only: the same weights give the same distribution everywhere.
  /// - Parameter weights: 256 of them, not all zero; their sum is under 2^40.
  public mutating func fill(proportionalTo weights: Span<UInt32>) {
    precondition(weights.count == 256, "a byte distribution has 256 weights")
    var sum: UInt64 = 0
    var largest = 0
    for i in 0..<256 {
      sum += UInt64(weights[i])
      if weights[i] > weights[largest] { largest = i }
    }
    precondition(sum > 0, "a byte distribution needs a positive weight")
    let share = UInt64(Self.total - 256)
    var assigned: UInt32 = 0
    for i in 0..<256 {
      storage[i] = 1 + UInt32(UInt64(weights[i]) * share / sum)
      assigned += storage[i]
    }
    // Rounding down leaves under 256 parts over; the likeliest byte misses them least.
    storage[largest] += Self.total - assigned
  }

  /// The byte of the highest frequency; of equal ones the lowest.
  public var likeliest: UInt8 {
    var best = 0
    for i in 1..<256 where storage[i] > storage[best] { best = i }
    return UInt8(best)
  }

  /// Sum of the frequencies below `byte`.
  @inlinable
  func cumulative(below byte: UInt8) -> UInt32 {
    var sum: UInt32 = 0
    for i in 0..<Int(byte) { sum &+= storage[i] }
    return sum
  }

  /// The byte whose interval holds `target`, and the sum of the frequencies below it.
  @inlinable
  func find(_ target: UInt32) -> (byte: UInt8, below: UInt32) {
    var below: UInt32 = 0
    var block = 0
    // Whole blocks of 16 first: their sums vectorise.
    while block < 240 {
      var sum: UInt32 = 0
      for i in block..<block + 16 { sum &+= storage[i] }
      if below &+ sum > target { break }
      below &+= sum
      block += 16
    }
    var i = block
    while i < 255 && below &+ storage[i] <= target {
      below &+= storage[i]
      i += 1
    }
    return (UInt8(i), below)
  }
}
