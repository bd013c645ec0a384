/// The distributions of all levels of a memoizer, and their mass in ranges of bytes.
struct LevelDistributions: ~Copyable {
  /// 256 probabilities of each level from the order below 0, which is uniform, up: 32 vectors a level.
  private let vectors: UnsafeMutablePointer<SIMD8<Float>>
  private static let vectorsPerLevel = 32
  private static let levels = SequenceMemoizer.levelCount + 1

  init() {
    vectors = .allocate(capacity: Self.levels * Self.vectorsPerLevel)
    vectors.initialize(
      repeating: SIMD8(repeating: 1.0 / 256), count: Self.levels * Self.vectorsPerLevel)
  }

  deinit { vectors.deallocate() }

  /// Computes them from the shortest context up, after `weigh`.
  @inline(__always)
  func fill(_ chain: borrowing RestaurantChain) {
    for level in 0..<SequenceMemoizer.levelCount {
      let shorter = vectors + level &* Self.vectorsPerLevel
      let own = shorter + Self.vectorsPerLevel
      let visit = chain.visits[level]
      guard visit.count > 0 else {
        own.update(from: shorter, count: Self.vectorsPerLevel)
        continue
      }
      let backoff = Float(visit.backoff)
      for i in 0..<Self.vectorsPerLevel { own[i] = shorter[i] * backoff }
      Self.add(visit, share: 1 - visit.backoff, discount: chain.discounts[level], to: own)
    }
  }

  @inline(__always)
  private static func add(
    _ visit: Visit, share: Double, discount: Double, to own: UnsafeMutablePointer<SIMD8<Float>>
  ) {
    let probabilities = UnsafeMutableRawPointer(own).assumingMemoryBound(to: Float.self)
    let (perCustomer, perTable, last) = visit.weights(share: share, discount: discount)
    probabilities[Int(Dish.byte(visit.dishes![0]))] += last
    for i in 0..<visit.count {
      let dish = visit.dishes![i]
      probabilities[Int(Dish.byte(dish))] +=
        perCustomer * Float(Dish.customers(dish)) - perTable * Float(Dish.tables(dish))
    }
  }

  /// The mass that a level gives to `count` bytes, a power of two, from `first` on.
  ///
  /// The order of the additions is fixed by the code: in eight lanes, and these in halves.
  @inline(__always)
  func mass(_ level: Int, first: Int, count: Int) -> Float {
    let own = vectors + (level &+ 1) &* Self.vectorsPerLevel
    if count >= 8 {
      var lanes = own[first &>> 3]
      for i in (first &>> 3) &+ 1..<(first &+ count) &>> 3 { lanes += own[i] }
      return Self.sum(lanes)
    }
    let probabilities = UnsafeMutableRawPointer(own).assumingMemoryBound(to: Float.self) + first
    if count == 1 { return probabilities[0] }
    if count == 2 { return probabilities[0] + probabilities[1] }
    return (probabilities[0] + probabilities[1]) + (probabilities[2] + probabilities[3])
  }

  /// The sum of eight lanes.
  @inline(__always)
  static func sum(_ lanes: SIMD8<Float>) -> Float {
    let four = lanes.lowHalf + lanes.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }
}
