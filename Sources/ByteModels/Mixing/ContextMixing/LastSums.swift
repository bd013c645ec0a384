import BPBCore
import CKernels

/// Sums of a mixer's sums, each by weights of its own, and their mean in the logistic domain.
///
/// Each learns from its own error, so that sums by unlike selectors err in unlike ways.
struct LastSums: ~Copyable {
  private let count: Int
  private let selected: SelectedSets
  private let weights: UnsafeMutablePointer<Int16>
  private let memory: AnonymousMemory
  /// The weights of the sets that were chosen.
  private let chosen: UnsafeMutablePointer<UnsafeMutablePointer<Int16>>
  private let sums: UnsafeMutablePointer<Int32>
  private let errors: UnsafeMutablePointer<Int16>
  private let kernels: UnsafePointer<bpb_kernels>
  private let logistic = MixLogistic.tables

  /// - Parameters:
  ///   - inputs: sums to be summed; `GatedMixer.lanes` at most.
  ///   - selectors: by what weights are chosen; one, two or four.
  /// - Throws: `methodFailed` when there is no memory.
  init(
    of inputs: Int, by selectors: [MixSelector], kernels: UnsafePointer<bpb_kernels>
  ) throws(BPBError) {
    precondition([1, 2, 4].contains(selectors.count) && inputs <= GatedMixer.lanes)
    let all = selectors.reduce(0) { $0 + $1.count } * GatedMixer.lanes
    memory = try AnonymousMemory(bytes: all * 2)
    weights = memory.base.assumingMemoryBound(to: Int16.self)
    weights.update(repeating: Int16((1 << GatedMixer.unit) / inputs), count: all)
    count = selectors.count
    selected = SelectedSets(selectors)
    self.kernels = kernels
    chosen = .allocate(capacity: count)
    sums = .allocate(capacity: count)
    errors = .allocate(capacity: count)
  }

  deinit {
    chosen.deallocate()
    sums.deallocate()
    errors.deallocate()
  }

  var memoryBytes: Int { memory.byteCount }

  /// Notes what selectors know of the next byte.
  func describe(_ decision: borrowing MixDecision) { selected.describe(decision) }

  /// The mean of all sums of `x`, limited, in steps of 1/256 of the logistic domain.
  ///
  /// - Parameters:
  ///   - x: `GatedMixer.lanes` numbers, zeros after the last.
  ///   - known: what is known of the bit, by `MixSelector.OfBit`.
  @inline(__always)
  func mix(_ x: UnsafeMutablePointer<Int16>, _ known: UnsafeMutablePointer<Int>) -> Int {
    for index in 0..<count {
      chosen[index] = weights + selected.set(index, known) &* GatedMixer.lanes
    }
    chosen.withMemoryRebound(to: UnsafePointer<Int16>?.self, capacity: count) {
      kernels.pointee.mix(count, GatedMixer.lanes, x, $0, sums)
    }
    var mean = 0
    for index in 0..<count { mean &+= GatedMixer.output(sums[index]) }
    return mean &>> count.trailingZeroBitCount
  }

  /// Moves each sum's weights towards `target`, of 65535.
  @inline(__always)
  func learn(_ x: UnsafeMutablePointer<Int16>, _ target: Int) {
    for index in 0..<count {
      let output = GatedMixer.output(sums[index])
      errors[index] = Int16(truncatingIfNeeded: (target &- logistic.squash(output)) &>> 4)
    }
    chosen.withMemoryRebound(to: UnsafeMutablePointer<Int16>?.self, capacity: count) {
      kernels.pointee.mix_backward(count, GatedMixer.lanes, x, errors, $0)
    }
  }
}
