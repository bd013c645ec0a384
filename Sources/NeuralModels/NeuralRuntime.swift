import BPBCore
import ByteModels
import Synchronization

/// What networks run on: kernels and threads. Neither changes a bit of what is coded.
package struct NeuralRuntime: Sendable {
  package var kernels: Kernels
  package var threads: Int

  package init(kernels: Kernels, threads: Int) {
    self.kernels = kernels
    self.threads = threads
  }

  private static let shared = Mutex(
    NeuralRuntime(kernels: .best, threads: ThreadTeam.processorCount))

  /// What methods use that are not told otherwise; a command sets it before it begins.
  package static var current: NeuralRuntime {
    get { shared.withLock { $0 } }
    set {
      shared.withLock { $0 = newValue }
      MixingKernels.current = newValue.kernels.table
    }
  }

  func onlineModel(_ shape: OnlineShape, byteCount: Int) throws(BPBError) -> OnlineModel {
    try OnlineModel(
      shape, byteCount: byteCount, kernels: kernels, team: ThreadTeam(threads: min(threads, 2)))
  }
}
