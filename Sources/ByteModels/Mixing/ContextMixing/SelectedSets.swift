/// Which set of weights each of a mixer's selectors chooses for a decision.
///
/// Most of what selectors go by is known when a byte begins; what is left for each of its bits is an addition.
struct SelectedSets: ~Copyable {
  let count: Int
  private let selectors: UnsafeMutablePointer<MixSelector>
  /// Each selector's first set, and its first one for the byte in progress.
  private let first: UnsafeMutablePointer<Int>
  private let firstOfByte: UnsafeMutablePointer<Int>
  /// What is added to it for a bit, by `MixSelector.OfBit`.
  private let ofBit: UnsafeMutablePointer<Int>

  init(_ selectors: [MixSelector]) {
    count = selectors.count
    self.selectors = .allocate(capacity: count)
    self.selectors.initialize(from: selectors, count: count)
    first = .allocate(capacity: count)
    firstOfByte = .allocate(capacity: count)
    ofBit = .allocate(capacity: count)
    var sets = 0
    for (index, selector) in selectors.enumerated() {
      (first + index).initialize(to: sets)
      (firstOfByte + index).initialize(to: sets)
      (ofBit + index).initialize(to: selector.ofBit.rawValue)
      sets += selector.count
    }
  }

  deinit {
    selectors.deallocate()
    first.deallocate()
    firstOfByte.deallocate()
    ofBit.deallocate()
  }

  /// Notes what selectors know of the next byte.
  func describe(_ decision: borrowing MixDecision) {
    for index in 0..<count {
      firstOfByte[index] = first[index] &+ selectors[index].ofByte(decision)
    }
  }

  /// The set that a selector chooses, of all selectors' sets.
  ///
  /// - Parameter known: what is known of the bit, by `MixSelector.OfBit`.
  @inline(__always)
  func set(_ selector: Int, _ known: UnsafeMutablePointer<Int>) -> Int {
    firstOfByte[selector] &+ known[ofBit[selector]]
  }
}
