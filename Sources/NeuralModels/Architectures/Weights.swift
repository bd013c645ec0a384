import BPBCore
import CKernels

/// The parameters of a network, in one buffer laid out as `Architecture.parameterLayout`, and copies of the
/// matrices in the order that products read them.
///
/// Whoever writes to `parameters` calls `repack` before networks use them again.
///
/// `@unchecked Sendable`: networks on many threads read it at once; it is written only while none of them runs.
package final class Weights: @unchecked Sendable {
  /// What the weights are packed for.
  package enum Use: Sendable, Hashable {
    /// `Network.extend`.
    case coding
    /// `Network.learn`. Learning in float32 includes coding.
    case learning(Precision)

    var copies: [PackedCopy] {
      switch self {
      case .coding: [.forward]
      case .learning(.float32): [.forward, .backward]
      case .learning(.bfloat16): [.forward16, .backward16]
      }
    }
  }

  package let architecture: Architecture
  package let layout: ParameterLayout
  /// `layout.bufferCount` floats, 64-byte aligned. All 0 at first.
  package let parameters: UnsafeMutablePointer<Float>

  let matrices: [PackedMatrix]
  private var copies: [PackedCopy: UnsafeMutableRawPointer] = [:]

  package init(_ architecture: Architecture) {
    self.architecture = architecture
    layout = architecture.parameterLayout
    matrices = PackedMatrix.all(of: architecture, layout: layout)
    let memory = ZeroedMemory.allocate(
      bytes: layout.bufferCount * MemoryLayout<Float>.stride)
    parameters = memory.bindMemory(to: Float.self, capacity: layout.bufferCount)
  }

  deinit {
    parameters.deallocate()
    for copy in PackedCopy.allCases { copies[copy]?.deallocate() }
  }

  /// The values of one tensor.
  package subscript(_ tensor: ParameterLayout.Tensor) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: parameters + tensor.offset, count: tensor.count)
  }

  /// Fills all parameters with their initial values, which depend on `seed` alone.
  package func initialise(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for tensor in layout.tensors {
      let values = architecture.shape.initialValues(of: tensor)
      values.fill(parameters + tensor.offset, count: tensor.count, from: &generator)
    }
  }

  /// Makes room for the packed copies that `use` needs. Not while a network runs.
  package func reserve(_ use: Use) {
    for copy in use.copies where copies[copy] == nil {
      copies[copy] = ZeroedMemory.allocate(bytes: copy.bytes(of: matrices))
    }
  }

  /// Renews the packed copies that `use` needs, which were reserved before, from the parameters.
  ///
  /// The work can be shared: `parts` calls on as many threads, one for each `part`, renew all of them.
  package func repack(for use: Use, kernels: Kernels, part: Int = 0, of parts: Int = 1) {
    for copy in use.copies {
      guard let memory = copies[copy] else { preconditionFailure("not reserved for this use") }
      for matrix in matrices {
        matrix.pack(parameters, into: memory, copy, kernels: kernels, part: part, of: parts)
      }
    }
  }

  /// Where a copy of the matrix at `offset` begins; nil if it was not reserved.
  func packed(_ copy: PackedCopy, at offset: Int) -> UnsafeMutableRawPointer? {
    guard let matrix = matrices.first(where: { $0.offset == offset }) else { return nil }
    return copies[copy].map { $0 + matrix.position(in: copy) }
  }

  /// Bytes that the parameters and the packed copies take.
  package var memoryBytes: Int {
    layout.bufferCount * MemoryLayout<Float>.stride
      + PackedCopy.allCases.reduce(0) { $0 + (copies[$1] == nil ? 0 : $1.bytes(of: matrices)) }
  }

  /// The same of weights that nobody has made.
  static func bytes(of architecture: Architecture, uses: [Use]) -> Int {
    let layout = architecture.parameterLayout
    let matrices = PackedMatrix.all(of: architecture, layout: layout)
    let needed = uses.flatMap(\.copies)
    return layout.bufferCount * MemoryLayout<Float>.stride
      + PackedCopy.allCases.reduce(0) {
        $0 + (needed.contains($1) ? $1.bytes(of: matrices) : 0)
      }
  }
}
