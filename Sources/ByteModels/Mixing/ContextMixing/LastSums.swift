import BPBCore

/// Sums of a mixer's sums, each by weights of its own, and their mean in the logistic domain.
///
/// Each learns from its own error, so that sums by unlike selectors err in unlike ways.
struct LastSums: ~Copyable {
  private let inputs: Int
  private let count: Int
  private let selectors: UnsafeMutablePointer<MixSelector>
  private let weights: UnsafeMutablePointer<Int16>
  private let memory: AnonymousMemory
  /// Each selector's first set.
  private let firstSets: UnsafeMutablePointer<UnsafeMutablePointer<Int16>>
  private let chosen: UnsafeMutablePointer<UnsafeMutablePointer<Int16>>
  private let outputs: UnsafeMutablePointer<Int>
  private let logistic = MixLogistic.tables

  /// - Parameters:
  ///   - inputs: sums to be summed.
  ///   - selectors: by what weights are chosen; one, two or four.
  /// - Throws: `methodFailed` when there is no memory.
  init(of inputs: Int, by selectors: [MixSelector]) throws(BPBError) {
    precondition([1, 2, 4].contains(selectors.count))
    let sets = selectors.reduce(0) { $0 + $1.count }
    memory = try AnonymousMemory(bytes: sets * inputs * 2)
    weights = memory.base.assumingMemoryBound(to: Int16.self)
    weights.update(
      repeating: Int16((1 << GatedMixer.unit) / inputs), count: sets * inputs)
    self.inputs = inputs
    count = selectors.count
    self.selectors = .allocate(capacity: count)
    self.selectors.initialize(from: selectors, count: count)
    firstSets = .allocate(capacity: count)
    chosen = .allocate(capacity: count)
    outputs = .allocate(capacity: count)
    outputs.initialize(repeating: 0, count: count)
    var first = weights
    for (index, selector) in selectors.enumerated() {
      firstSets[index] = first
      chosen[index] = first
      first += selector.count * inputs
    }
  }

  deinit {
    selectors.deallocate()
    firstSets.deallocate()
    chosen.deallocate()
    outputs.deallocate()
  }

  var memoryBytes: Int { memory.byteCount }

  /// The mean of all sums of `x`, limited, in steps of 1/256 of the logistic domain.
  @inline(__always)
  func mix(_ x: UnsafeMutablePointer<Int16>, _ decision: borrowing MixDecision) -> Int {
    var mean = 0
    for index in 0..<count {
      let set = firstSets[index] + selectors[index].index(decision) &* inputs
      chosen[index] = set
      var sum = 0
      for input in 0..<inputs { sum &+= Int(x[input]) &* Int(set[input]) }
      outputs[index] = MixLogistic.limited(sum &>> GatedMixer.unit)
      mean &+= outputs[index]
    }
    return mean &>> count.trailingZeroBitCount
  }

  /// Moves each sum's weights towards `target`, of 65535.
  @inline(__always)
  func learn(_ x: UnsafeMutablePointer<Int16>, _ target: Int) {
    for index in 0..<count {
      let error = Int(
        GatedMixer.clamped16((target &- logistic.squash(outputs[index])) &>> 4))
      let set = chosen[index]
      for input in 0..<inputs {
        let step = (Int(x[input]) &* error &+ 1 &<< 14) &>> 15
        set[input] = GatedMixer.clamped16(Int(set[input]) &+ step)
      }
    }
  }
}
