import BPBCore
import ByteModels
import CKernels

/// Weights from the contexts of no, one or two bytes to all 256 outputs. There are so few of them that each has a row.
final class DenseConnections {
  private let kernels: UnsafePointer<bpb_kernels>
  private let memory: AnonymousMemory
  private let rates: LearningRates
  /// [rows][256].
  private let weights: UnsafeMutablePointer<Float>
  /// How often each row was learned from.
  private let visits: UnsafeMutablePointer<UInt16>

  /// Connections of the contexts of `order` bytes.
  /// - Throws: `methodFailed` when there is no memory.
  init(order: Int, rates: LearningRates, kernels: Kernels) throws(BPBError) {
    self.kernels = kernels.table
    self.rates = rates
    let rows = 1 << (8 * order)
    let rowBytes = 256 * MemoryLayout<Float>.size
    let memory = try AnonymousMemory(bytes: rows * (rowBytes + MemoryLayout<UInt16>.size))
    weights = memory.base.assumingMemoryBound(to: Float.self)
    visits = (memory.base + rows * rowBytes).assumingMemoryBound(to: UInt16.self)
    self.memory = memory
  }

  var memoryBytes: Int { memory.byteCount }

  /// Adds the weights of a context to `logits`, [256].
  func add(_ row: Int, to logits: UnsafeMutablePointer<Float>) {
    kernels.pointee.add(256, weights + row * 256, logits)
  }

  /// Moves the weights of a context against `gradient`, that of the logits.
  func learn(_ row: Int, gradient: UnsafePointer<Float>) {
    let count = visits + row
    kernels.pointee.blend(256, -rates[Int(count.pointee)], gradient, 1, weights + row * 256)
    count.pointee = UInt16(min(Int(count.pointee) + 1, rates.limit))
  }
}
