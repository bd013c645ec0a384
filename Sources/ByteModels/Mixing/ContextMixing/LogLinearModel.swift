import BPBCore

/// A log-linear model of the next bit: each context has a weight of its own for each decision, and the weights of all contexts
/// add up (maximum entropy; Rosenfeld, "A maximum entropy approach to adaptive statistical language modelling", 1996;
/// learned on the way as in Mahoney, "Fast text compression with neural networks", 2000).
///
/// A bit history says what happened in one context, and a mixer whom of them to believe. Here all contexts learn from the one
/// error of their sum, so that none says again what another has said: evidence of another kind.
struct LogLinearModel: ~Copyable {
  /// Steps in which sums are told apart.
  static let steps = 64

  private let count: Int
  /// Of each script's contexts: [scripts][contexts].
  private let hashers: UnsafeMutablePointer<ContextHasher>
  private let table: WeightLines
  /// Where each group of contexts ends.
  private let ends: UnsafeMutablePointer<Int>
  private let groupCount: Int
  /// For each context the hash of the nibble that was asked for last, the weights of the one in progress, and the step that an
  /// error of one moves them by.
  private let hashes: UnsafeMutablePointer<UInt64>
  private let lines: UnsafeMutablePointer<UnsafeMutablePointer<UInt16>>
  private let moves: UnsafeMutablePointer<Int32>
  /// Such steps by how often a line was met.
  private let rates: UnsafeMutablePointer<Int32>
  /// What came of sums, by the bit's place: [8][steps].
  private let learned: UnsafeMutablePointer<UInt32>
  private var sum = 0
  /// Which of `learned` is in use.
  private var learning = 0
  private let logistic = MixLogistic.tables
  private let shareRates = LearnedShare.rates

  /// Steps of a weight in one unit of the logistic domain, as a power of two.
  private static let unit = 12
  /// No evidence of a sum is stronger: eight units.
  private static let most = 2047

  /// - Parameters:
  ///   - groups: how many contexts are in each; its sum is evidence too.
  ///   - lists: the contexts of all groups, of each script.
  ///   - bytes: the most that weights may take.
  /// - Throws: `methodFailed` when there is no memory.
  init(
    groups: [Int], _ lists: ByScript<MixContext>, bytes: Int
  ) throws(BPBError) {
    table = try WeightLines(bytes: bytes)
    count = lists[.narrow].count
    groupCount = groups.count
    ends = .allocate(capacity: groupCount)
    var end = 0
    for (index, group) in groups.enumerated() {
      end += group
      (ends + index).initialize(to: end)
    }
    hashers = ContextHasher.table(lists)
    hashes = .allocate(capacity: count)
    hashes.initialize(repeating: 0, count: count)
    lines = .allocate(capacity: count)
    moves = .allocate(capacity: count)
    rates = Self.makeRates(contexts: count)
    learned = LearnedShare.curve(places: 8, steps: Self.steps)
  }

  /// A weight whose line was met n times moves by the root of 1/n; the more weights move at once, the less each of them.
  private static func makeRates(contexts count: Int) -> UnsafeMutablePointer<Int32> {
    let rates = UnsafeMutablePointer<Int32>.allocate(capacity: WeightLines.mostVisits + 1)
    for visits in 0...WeightLines.mostVisits {
      let rate = 1.7 / (Double(max(count, 4)) * Double(visits + 1)).squareRoot()
      (rates + visits).initialize(to: Int32((rate * Double(1 << unit)).rounded()))
    }
    return rates
  }

  deinit {
    ends.deallocate()
    hashers.deallocate()
    hashes.deallocate()
    lines.deallocate()
    moves.deallocate()
    rates.deallocate()
    learned.deallocate()
  }

  var memoryBytes: Int { table.memoryBytes + 8 * Self.steps * 4 }

  /// Numbers of evidence about a decision: each group's sum, the sum of all, and what came of such sums.
  static func inputs(groups: Int) -> Int { groups + promoted }

  /// The last two of them, which are worth a place in the last sums besides.
  static var promoted: Int { 2 }

  /// Asks for the weights of a byte's first nibble; see `ContextHistories.ask`.
  @inline(__always)
  func ask(_ bytes: UInt64, _ features: UnsafeMutablePointer<UInt64>, _ script: MixScript) {
    let hashers = hashers + script.rawValue &* count
    for context in 0..<count {
      let hash = hashers[context].hash(bytes, features)
      hashes[context] = hash
      table.prefetch(hash)
    }
  }

  /// Takes up the weights that were asked for; of a second nibble, what its fourth bit before it names.
  @inline(__always)
  func takeUp(fourth: Int = 0) {
    for context in 0..<count {
      let line = table.line(HashedLines.known(hashes[context], fourth: fourth))
      lines[context] = line
      moves[context] = rates[WeightLines.visit(line)]
    }
  }

  /// Asks for the weights of the second nibble, which three bits of the first one name.
  @inline(__always)
  func askForSecondNibble(_ bits: Int) {
    for context in 0..<count {
      let hash = HashedLines.second(hashes[context], bits)
      hashes[context] = hash
      table.prefetch(hash)
    }
  }

  /// Writes what the weights say of the decision at `node` of its nibble's heap.
  @inline(__always)
  mutating func predict(
    _ node: Int, _ shift: Int, _ stretch: UnsafeMutablePointer<Int16>,
    into x: UnsafeMutablePointer<Int16>
  ) {
    var (total, context) = (0, 0)
    for group in 0..<groupCount {
      var groupSum = 0
      while context < ends[group] {
        groupSum &+= Int(Int16(bitPattern: lines[context][node]))
        context &+= 1
      }
      x[group] = Self.evidence(groupSum)
      total &+= groupSum
    }
    sum = MixLogistic.limited(total &>> (Self.unit &- 8))
    learning = shift &* Self.steps &+ LearnedShare.step(of: sum, among: Self.steps)
    x[groupCount] = Self.evidence(total)
    x[groupCount &+ 1] = stretch[LearnedShare.of4096(learned[learning])]
  }

  /// A sum of weights in steps of 1/256 of the logistic domain.
  @inline(__always)
  private static func evidence(_ sum: Int) -> Int16 {
    Int16(truncatingIfNeeded: min(max(sum &>> (unit &- 8), -most), most))
  }

  @inline(__always)
  func learn(_ bit: UInt32, _ node: Int) {
    let error = Int32(bit != 0 ? 65535 : 0) &- Int32(truncatingIfNeeded: logistic.squash(sum))
    for context in 0..<count {
      let step = (error &* moves[context] &+ 1 &<< 15) &>> 16
      let weight = Int(Int16(bitPattern: lines[context][node])) &+ Int(step)
      lines[context][node] = UInt16(bitPattern: GatedMixer.clamped16(weight))
    }
    LearnedShare.learn(learned + learning, bit, limit: 1023, shareRates)
  }
}
