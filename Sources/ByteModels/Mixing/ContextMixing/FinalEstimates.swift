import BPBCore

/// By what the curves of a final estimate are chosen, besides by the bits of the byte so far.
enum MixEstimate: Sendable, Hashable {
  case lastByte
  case twoBytes
  /// In a picture the dots around the next one instead.
  case threeBytes
  /// How many bits came unexpected of the last byte, and of the one before.
  case misses
  /// The byte that the longest match expects, and how long it is.
  case expected
  /// The same byte, and how many orders had met the last decision.
  case orders

  /// What stands for the context of the next byte: 16 bits.
  @inline(__always)
  fileprivate func context(_ decision: borrowing MixDecision) -> Int {
    switch self {
    case .lastByte: decision.last &<< 8
    case .twoBytes: Self.hash(decision.bytes & 0xFFFF)
    case .threeBytes: Self.hash(decision.bytes & 0xFF_FFFF)
    case .misses:
      Self.hash(
        UInt64(
          (decision.misses & 0xFF).nonzeroBitCount &<< 4
            | (decision.misses & 0xFF00).nonzeroBitCount))
    case .expected: Self.hash(UInt64(decision.expectedByte &<< 8 | decision.expectedLength))
    case .orders: Self.hash(UInt64(decision.expectedByte &<< 8 | 0x80 | decision.metOrders))
    }
  }

  /// Curves of decisions that differ in their last bit are neighbours.
  @inline(__always)
  fileprivate func curve(_ context: Int, _ bits: Int) -> Int {
    self == .lastByte ? context | bits : (context ^ (bits &>> 1 &* 0x16A)) & ~1 | bits & 1
  }

  @inline(__always)
  private static func hash(_ context: UInt64) -> Int { Int(ContextHash.mix(context) &>> 48) }
}

/// What came of a mixed probability in several contexts, and their mean with the probability itself, which counts twice.
struct FinalEstimates: ~Copyable {
  private let kinds: UnsafeMutablePointer<MixEstimate>
  private let estimates: OwnedRow<FinalEstimate>
  private let contexts: UnsafeMutablePointer<Int>
  private let count: Int
  /// The mean is a sum's upper bits.
  private let shift: Int
  private let logistic = MixLogistic.tables

  /// - Parameter kinds: two or six.
  /// - Throws: `methodFailed` when there is no memory.
  init(_ kinds: [MixEstimate]) throws(BPBError) {
    precondition(kinds.count == 2 || kinds.count == 6)
    count = kinds.count
    shift = (count + 2).trailingZeroBitCount
    estimates = try OwnedRow(count: count) { _ throws(BPBError) in
      try FinalEstimate(contexts: 1 << 16)
    }
    self.kinds = .allocate(capacity: count)
    self.kinds.initialize(from: kinds, count: count)
    contexts = .allocate(capacity: count)
    contexts.initialize(repeating: 0, count: count)
  }

  deinit {
    kinds.deallocate()
    contexts.deallocate()
  }

  var memoryBytes: Int {
    var bytes = 0
    for index in 0..<count { bytes += estimates[index].memoryBytes }
    return bytes
  }

  /// Notes the contexts of the next byte, and asks for its first curves.
  @inline(__always)
  func describe(_ decision: borrowing MixDecision) {
    for index in 0..<count { contexts[index] = kinds[index].context(decision) }
    ask(0)
  }

  /// Chooses the curves of the decision in progress, and asks for those of the next one.
  @inline(__always)
  func choose(_ decision: borrowing MixDecision) {
    let bits = decision.bits
    for index in 0..<count {
      estimates[index].choose(kinds[index].curve(contexts[index], bits))
    }
    if let dots = decision.dots { chooseAround(dots) }
    if decision.shift > 0 { ask(2 &* bits) }
  }

  private func chooseAround(_ dots: Int) {
    for index in 0..<count where kinds[index] == .threeBytes { estimates[index].choose(dots) }
  }

  @inline(__always)
  private func ask(_ bits: Int) {
    for index in 0..<count { estimates[index].ask(kinds[index].curve(contexts[index], bits)) }
  }

  /// The share of ones, of 65536, at the sum `mixed`: 1 to 65535.
  @inline(__always)
  func estimate(_ mixed: Int) -> Int {
    var sum = 2 &* logistic.squash(mixed) &+ 1 &<< (shift &- 1)
    for index in 0..<count { sum &+= estimates[index].estimate(mixed) }
    return min(max(sum &>> shift, 1), 65535)
  }

  @inline(__always)
  func learn(_ bit: UInt32) {
    for index in 0..<count { estimates[index].learn(bit) }
  }
}
