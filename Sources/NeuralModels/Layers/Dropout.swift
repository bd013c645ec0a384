import BPBCore
import CKernels

/// Drops elements of an activation at random while learning, and scales the others up, so that their mean stays
/// (inverted dropout, Srivastava et al., 2014). The backward pass is the same call on the gradient.
struct Dropout {
  private let threshold: UInt32
  private let keepScale: Float
  private let kernels: UnsafePointer<bpb_kernels>
  /// Whether anything is dropped at all.
  let isOn: Bool

  init(_ probability: Float, _ kernels: Kernels) {
    isOn = probability > 0
    threshold = UInt32(min(Double(probability) * 4_294_967_296, 4_294_967_295))
    keepScale = 1 / (1 - probability)
    self.kernels = kernels.table
  }

  /// Drops from `count` elements, in place. `site` numbers the places of a network where something is dropped: each has
  /// its own elements.
  func apply(_ x: Floats, count: Int, seed: UInt64, site: Int) {
    guard isOn else { return }
    var generator = SeededGenerator(seed: seed &+ UInt64(site) &* 0xD134_2543_DE82_EF95)
    kernels.pointee.dropout(count, generator.next(), threshold, keepScale, x)
  }
}
