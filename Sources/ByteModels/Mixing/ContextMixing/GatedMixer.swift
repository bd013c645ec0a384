import BPBCore
import CKernels

/// Mixing in the logistic domain, twice: one sum for each selector, by the weights of the set that it chooses, and sums of
/// those sums (M. Mahoney's PAQ8; gated as in C. Mattern, "Linear and Geometric Mixtures", 2013), which are averaged.
///
/// Weights and inputs take 16 bits; 2^14 is a weight of one. A set of weights moves by a rate of its own, quick while it has
/// met little.
struct GatedMixer: ~Copyable {
  /// The evidence, in steps of 1/256 of the logistic domain; as many as `inputs`, then zeros.
  let x: UnsafeMutablePointer<Int16>
  private let inputs: Int
  private let selected: SelectedSets
  private let count: Int
  /// Inputs that go into the last sums besides.
  private let promotedPlace: Int
  private let promotedCount: Int
  /// Sets of weights in all.
  private let sets: Int
  private let weights: UnsafeMutablePointer<Int16>
  private let memory: AnonymousMemory
  /// The weights of the sets that were chosen.
  private let chosen: UnsafeMutablePointer<UnsafeMutablePointer<Int16>>
  /// How often each set was chosen, set by set, up to `settled`.
  private let visits: UnsafeMutablePointer<UInt16>
  /// The numbers of those sets.
  private let chosenSets: UnsafeMutablePointer<Int>
  /// What is known of the decision, by `MixSelector.OfBit`.
  private let ofBit: UnsafeMutablePointer<Int>
  private let sums: UnsafeMutablePointer<Int32>
  private let errors: UnsafeMutablePointer<Int16>
  private let outputs: UnsafeMutablePointer<Int16>
  private var last: LastSums
  private let kernels: UnsafePointer<bpb_kernels>
  private let logistic = MixLogistic.tables

  static let unit = 14
  /// Visits after which a set's rate stays what it is.
  private static let settled = 1023
  /// Errors up to it, of 65536, are not learned from (as in paq8px): what is foretold well stays, and costs no time.
  private static let leastError = 272
  /// By visits, of 128: of text, then of data.
  private let rates: UnsafeMutablePointer<Int>
  private var ratesInUse: UnsafeMutablePointer<Int>
  /// Inputs come in so many at once.
  static var lanes: Int { 32 }

  /// - Parameters:
  ///   - inputs: numbers of evidence.
  ///   - last: by what the weights of the last sums are chosen.
  ///   - seldom: how many of the inputs are zero most of the time; first weights are none the smaller for them.
  ///   - promoted: how many of the last inputs go into the last sums besides.
  /// - Throws: `methodFailed` when there is no memory.
  init(
    inputs: Int, selectors: [MixSelector], last: [MixSelector], rates speeds: MixerRates,
    seldom: Int = 0, promoted: Int = 0, kernels: UnsafePointer<bpb_kernels>
  ) throws(BPBError) {
    precondition(selectors.count + promoted <= Self.lanes)
    let padded = (inputs + Self.lanes - 1) / Self.lanes * Self.lanes
    let sets = selectors.reduce(0) { $0 + $1.count }
    let memory = try AnonymousMemory(bytes: (sets + 1) * padded * 2)
    let last = try LastSums(of: selectors.count + promoted, by: last, kernels: kernels)
    self.inputs = padded
    count = selectors.count
    promotedPlace = inputs - promoted
    promotedCount = promoted
    self.sets = sets
    let visitCount = Self.settled + 1
    rates = .allocate(capacity: 2 * visitCount)
    for visits in 0..<visitCount {
      let ofText = speeds.rate(visits, least: speeds.least, settled: Self.settled)
      let ofData = speeds.rate(visits, least: speeds.leastOfData, settled: Self.settled)
      (rates + visits).initialize(to: ofText)
      (rates + visitCount + visits).initialize(to: ofData)
    }
    ratesInUse = rates
    selected = SelectedSets(selectors)
    self.kernels = kernels
    // The first row of the memory is the evidence.
    x = memory.base.assumingMemoryBound(to: Int16.self)
    weights = x + padded
    chosen = .allocate(capacity: selectors.count)
    visits = .allocate(capacity: sets)
    visits.initialize(repeating: 0, count: sets)
    chosenSets = .allocate(capacity: selectors.count)
    ofBit = .allocate(capacity: MixSelector.OfBit.allCases.count)
    sums = .allocate(capacity: selectors.count)
    errors = .allocate(capacity: Self.lanes)
    outputs = .allocate(capacity: Self.lanes)
    // About as much in all as two kinds of evidence that are believed.
    let weight = Int16((2 << Self.unit) / (inputs - seldom))
    weights.update(repeating: weight, count: sets * padded)
    outputs.update(repeating: 0, count: Self.lanes)
    self.memory = memory
    self.last = last
  }

  deinit {
    rates.deallocate()
    visits.deallocate()
    chosenSets.deallocate()
    ofBit.deallocate()
    chosen.deallocate()
    sums.deallocate()
    errors.deallocate()
    outputs.deallocate()
  }

  var memoryBytes: Int { memory.byteCount + last.memoryBytes + sets * 2 }

  /// Names the rates by which weights move.
  @inline(__always)
  mutating func useRates(ofData isData: Bool) {
    ratesInUse = rates + (isData ? Self.settled &+ 1 : 0)
  }

  /// Notes what selectors know of the next byte.
  func describe(_ decision: borrowing MixDecision) {
    selected.describe(decision)
    last.describe(decision)
  }

  /// The evidence's sum of sums, limited, in steps of 1/256 of the logistic domain.
  @inline(__always)
  mutating func mix(_ decision: borrowing MixDecision) -> Int {
    decision.write(into: ofBit)
    for index in 0..<count {
      let set = selected.set(index, ofBit)
      chosenSets[index] = set
      chosen[index] = weights + set &* inputs
    }
    chosen.withMemoryRebound(to: UnsafePointer<Int16>?.self, capacity: count) {
      kernels.pointee.mix(count, inputs, x, $0, sums)
    }
    for index in 0..<count {
      outputs[index] = Int16(truncatingIfNeeded: Self.output(sums[index]))
    }
    for index in 0..<promotedCount { outputs[count &+ index] = x[promotedPlace &+ index] }
    return last.mix(outputs, ofBit)
  }

  /// A kernel's sum, limited: its sums of pairs were divided by 256.
  @inline(__always)
  static func output(_ sum: Int32) -> Int { MixLogistic.limited(Int(sum) &>> (unit &- 8)) }

  /// Moves the weights towards what came.
  @inline(__always)
  mutating func learn(_ bit: UInt32) {
    let target = bit != 0 ? 65535 : 0
    var isAnyLearned = false
    for index in 0..<count {
      let error = target &- logistic.squash(Int(outputs[index]))
      let seen = visits + chosenSets[index]
      let step = Self.clamped16((error &* ratesInUse[Int(seen.pointee)]) &>> 7)
      // Without branches, since which errors are small cannot be foretold.
      let isLearned = abs(error) > Self.leastError
      errors[index] = isLearned ? step : 0
      isAnyLearned = isAnyLearned || isLearned
      seen.pointee &+= isLearned && seen.pointee < Self.settled ? 1 : 0
    }
    if isAnyLearned {
      chosen.withMemoryRebound(to: UnsafeMutablePointer<Int16>?.self, capacity: count) {
        kernels.pointee.mix_backward(count, inputs, x, errors, $0)
      }
    }
    last.learn(outputs, target)
  }

  @inline(__always)
  static func clamped16(_ value: Int) -> Int16 {
    Int16(truncatingIfNeeded: min(max(value, -32767), 32767))
  }
}

/// How quickly the weights of a set move: an error's share of what an input says, in parts of 128.
struct MixerRates: Sendable {
  /// In the end.
  var least: Int
  /// The same where bytes are no text: what they look like changes sooner.
  var leastOfData: Int
  /// At first; what is above the least one falls with the set's visits.
  var first: Int

  func rate(_ visits: Int, least: Int, settled: Int) -> Int {
    least + (visits < settled ? (first - least) * 128 / (128 + visits) : 0)
  }
}
