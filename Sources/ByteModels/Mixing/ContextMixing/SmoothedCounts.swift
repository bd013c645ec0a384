import BPBCore

/// Counts of the bytes that followed in contexts of a chain, each smoothed by the one before it: a distribution of the next
/// byte, to which a mix listens (a hierarchical Pitman–Yor process; see `RestaurantChain`).
///
/// Bit histories see one decision of one context each. A restaurant sees how many different bytes followed, and how many of them
/// were new to it only: what that says of bytes that never followed is evidence of another kind.
struct SmoothedCounts: ~Copyable {
  static let inputs = DistributionEvidence.inputs

  private var chain: RestaurantChain
  /// Of each script's contexts: [scripts][levels].
  private let hashers: UnsafeMutablePointer<ContextHasher>
  private var evidence = DistributionEvidence()

  /// - Parameters:
  ///   - lists: contexts from the one that all others are smoothed by on, as many of each script.
  ///   - bytes: the most that restaurants and their dishes may take.
  /// - Throws: `methodFailed` when there is no memory.
  init(_ lists: ByScript<MixContext>, bytes: Int) throws(BPBError) {
    // As many for restaurants and their dishes as the memoizer found best.
    chain = try RestaurantChain(
      levels: lists[.narrow].count, bytes: bytes / 10 * 7, arenaBytes: bytes / 10 * 3)
    hashers = ContextHasher.table(lists)
  }

  deinit { hashers.deallocate() }

  var memoryBytes: Int { chain.memoryBytes + DistributionEvidence.memoryBytes }

  /// Learns that `byte` came. What `ask` and `find` were told last still holds.
  @inline(__always)
  mutating func observe(_ byte: UInt8) { chain.observe(byte) }

  /// Asks for the restaurants of the next byte; see `ContextHistories.ask`.
  @inline(__always)
  func ask(_ bytes: UInt64, _ features: UnsafeMutablePointer<UInt64>, _ script: MixScript) {
    let hashers = hashers + script.rawValue &* chain.levels
    for level in 0..<chain.levels {
      let hash = hashers[level].hash(bytes, features)
      chain.hashes[level] = hash
      chain.restaurants.prefetch(hash)
    }
  }

  /// Takes up the restaurants that were asked for.
  ///
  /// - Parameter bytes: the last eight.
  @inline(__always)
  mutating func find(_ bytes: UInt64) {
    chain.look(known: chain.levels, top: nil, text: bytes)
    chain.fillDistribution()
    chain.next.copy(to: evidence.frequencies)
    evidence.add()
  }

  @inline(__always)
  mutating func predict(
    _ bits: Int, _ shift: Int, _ stretch: UnsafeMutablePointer<Int16>,
    into x: UnsafeMutablePointer<Int16>
  ) {
    evidence.predict(bits, shift, stretch, into: x)
  }

  @inline(__always)
  func learn(_ bit: UInt32, _ rates: UnsafeMutablePointer<Int32>) { evidence.learn(bit, rates) }
}
