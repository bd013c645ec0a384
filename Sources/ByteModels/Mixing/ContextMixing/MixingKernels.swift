package import CKernels
import Synchronization

/// The kernels that mixes use; which they are changes no bit.
package enum MixingKernels {
  private static let chosen = Atomic<UInt>(0)

  /// The fastest that this processor has, unless others were set.
  package static var current: UnsafePointer<bpb_kernels> {
    get { UnsafePointer(bitPattern: chosen.load(ordering: .relaxed)) ?? bpb_kernels_best() }
    set { chosen.store(UInt(bitPattern: newValue), ordering: .relaxed) }
  }
}
