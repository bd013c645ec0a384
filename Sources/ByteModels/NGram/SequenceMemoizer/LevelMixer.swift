/// Mixes what eight levels say of one binary decision: a weighted sum of their log odds.
///
/// Logistic mixing as in PAQ (Mahoney 2005): of p = 1/(1 + 2^-x) with x = Σ w_i log2(p_i/(1 - p_i)), the
/// weights move along the gradient of the code length. They are the sum of three sets: by the depth of the
/// longest known context, by the bits of the byte so far, and by these and the byte before.
struct LevelMixer: ~Copyable {
  private let weights: UnsafeMutablePointer<SIMD8<Float>>
  private static let byNode = 16
  private static let byPrevious = byNode + 256
  private static let count = byPrevious + 65536
  /// How far a weight moves for an error of 1 and log odds of 1 bit.
  private static let rate: Float = 0.0007
  /// Log odds are kept within so many bits.
  static let limit: Float = 20

  /// A mixer that gives the last level all the weight.
  init() {
    weights = .allocate(capacity: Self.count)
    var start = SIMD8<Float>(repeating: 0)
    start[7] = 1.0 / 3
    weights.initialize(repeating: start, count: Self.count)
  }

  deinit { weights.deallocate() }

  /// Bytes allocated.
  var memoryBytes: Int { Self.count * MemoryLayout<SIMD8<Float>>.stride }

  /// The three sets of weights that a decision has.
  struct Sets {
    let depth: Int
    let node: Int
    let previous: Int

    /// - Parameters:
    ///   - deepest: the highest level that is known, below 16.
    ///   - node: the bits of the byte so far after a one, 1...255.
    ///   - previous: the byte before.
    @inline(__always)
    init(deepest: Int, node: Int, previous: Int) {
      depth = deepest
      self.node = byNode &+ node
      self.previous = byPrevious &+ previous &* 256 &+ node
    }
  }

  /// The log odds of a one, within `limit`.
  @inline(__always)
  func mix(_ inputs: SIMD8<Float>, _ sets: Sets) -> Float {
    let sum = weights[sets.depth] + weights[sets.node] + weights[sets.previous]
    return min(max(LevelDistributions.sum(sum * inputs), -Self.limit), Self.limit)
  }

  /// Learns from the difference of the bit that came and its probability.
  @inline(__always)
  func learn(_ inputs: SIMD8<Float>, _ sets: Sets, error: Float) {
    let step = inputs * (error * Self.rate)
    weights[sets.depth] += step
    weights[sets.node] += step
    weights[sets.previous] += step
  }
}
