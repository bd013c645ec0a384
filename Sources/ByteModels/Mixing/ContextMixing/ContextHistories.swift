import BPBCore
import CPrefetch

/// What happened in each context of a mix, and what it says of the next decision.
///
/// A context's slot keeps the bit history of each of a nibble's 15 decisions, a byte each. What a history means is learned by
/// all decisions of the context's kind (indirect modelling; M. Mahoney's PAQ6, 2003).
struct ContextHistories: ~Copyable {
  /// Numbers of evidence about a decision, of each context: what its history came to, and once more where it met one
  /// kind of bit only.
  static let inputs = 2

  let count: Int
  /// Of each script's contexts: [scripts][contexts].
  private let hashers: UnsafeMutablePointer<ContextHasher>
  private let lines: ContextLines
  /// For each context the hash of the nibble that was asked for last, and the slot of the one in progress.
  private let hashes: UnsafeMutablePointer<UInt64>
  private let slots: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>>
  /// Of the decision in progress.
  private let states: UnsafeMutablePointer<UInt8>
  /// What histories came to: [scripts][contexts][256].
  private let shares: UnsafeMutablePointer<UInt32>
  private var sharesInUse: UnsafeMutablePointer<UInt32>
  private let stretch = MixLogistic.tables.stretch
  private let next = BitHistory.states.next
  private let isOneSided = BitHistory.states.isOneSided
  private let rates = LearnedShare.rates

  /// - Parameters:
  ///   - lists: as many of each script; the same ones at the same places have the same histories.
  ///   - bytes: the most that slots may take.
  /// - Throws: `methodFailed` when there is no memory.
  init(
    _ lists: ByScript<MixContext>, bytes: Int
  ) throws(BPBError) {
    lines = try ContextLines(bytes: bytes)
    count = lists[.narrow].count
    hashers = ContextHasher.table(lists)
    hashes = .allocate(capacity: count)
    hashes.initialize(repeating: 0, count: count)
    slots = .allocate(capacity: count)
    states = .allocate(capacity: count)
    states.initialize(repeating: 0, count: count)
    let all = MixScript.allCases.count * count
    shares = .allocate(capacity: all * 256)
    for index in 0..<all * 256 {
      shares[index] = LearnedShare.fresh(
        BitHistory.states.firstShare(of: index & 255, scale: 4_194_304))
    }
    // What was never met says nothing, and stays so.
    for context in 0..<all { shares[256 * context] = LearnedShare.fresh(2_097_152) }
    sharesInUse = shares
  }

  deinit {
    hashers.deallocate()
    hashes.deallocate()
    slots.deallocate()
    states.deallocate()
    shares.deallocate()
  }

  var memoryBytes: Int { lines.memoryBytes + count * (MixScript.allCases.count * 256 * 4 + 17) }

  /// Asks for the lines of a byte's first nibble.
  ///
  /// - Parameters:
  ///   - bytes: the last eight.
  ///   - features: by `MixFeature`.
  ///   - script: whose contexts they are.
  @inline(__always)
  func ask(_ bytes: UInt64, _ features: UnsafeMutablePointer<UInt64>, _ script: MixScript) {
    let hashers = hashers + script.rawValue &* count
    for context in 0..<count {
      let hash = hashers[context].hash(bytes, features)
      hashes[context] = hash
      lines.prefetch(hash)
    }
  }

  /// Finds the slots of the first nibble whose lines were asked for.
  @inline(__always)
  mutating func find(_ script: MixScript) {
    sharesInUse = shares + (script.rawValue &* count) &<< 8
    for context in 0..<count { slots[context] = lines.slot(hashes[context]) }
  }

  /// Asks for the lines of the second nibble, which three bits of the first one name.
  @inline(__always)
  func askForSecondNibble(_ bits: Int) {
    for context in 0..<count {
      let hash = HashedLines.second(hashes[context], bits)
      hashes[context] = hash
      lines.prefetch(hash)
    }
  }

  @inline(__always)
  func findSecondNibble(_ bits: Int) {
    for context in 0..<count {
      slots[context] = lines.slot(HashedLines.known(hashes[context], fourth: bits & 1))
    }
  }

  /// Writes what all contexts say of the decision at `place` of its nibble's heap.
  @inline(__always)
  func predict(_ place: Int, into x: UnsafeMutablePointer<Int16>) {
    for context in 0..<count {
      let state = slots[context][place]
      states[context] = state
      let share = LearnedShare.of4096(sharesInUse[context &<< 8 | Int(state)])
      let evidence = stretch[share]
      x[2 &* context] = evidence
      x[2 &* context &+ 1] = evidence & isOneSided[Int(state)]
    }
  }

  /// The decision's history in a context.
  @inline(__always)
  func history(_ context: Int) -> Int { Int(states[context]) }

  /// How many of the first contexts have met the decision before.
  @inline(__always)
  func met(ofFirst count: Int) -> Int {
    var met = 0
    for context in 0..<count { met &+= states[context] == 0 ? 0 : 1 }
    return met
  }

  @inline(__always)
  func learn(_ bit: UInt32, _ place: Int) {
    for context in 0..<count {
      let state = Int(states[context])
      if state != 0 {
        LearnedShare.learn(sharesInUse + (context &<< 8 | state), bit, limit: 1023, rates)
      }
      slots[context][place] = next[2 &* state &+ Int(bit)]
    }
  }
}
