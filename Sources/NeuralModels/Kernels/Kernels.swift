package import CKernels

/// The float kernels of one instruction set. All give the same bits, so the choice is one of speed.
///
/// `@unchecked Sendable`: a table of functions that is never written to and lives as long as the program.
package struct Kernels: @unchecked Sendable {
  package let table: UnsafePointer<bpb_kernels>

  /// The fastest kernels that this processor has.
  package static let best = Kernels(table: bpb_kernels_best())

  /// The kernels of the instruction set called `name`: "avx512", "avx2", "neon" or "portable"; nil where this
  /// processor, or this build, lacks it.
  package init?(named name: String) {
    guard let table = bpb_kernels_named(name) else { return nil }
    self.table = table
  }

  /// Kernels from a table that lives as long as the program: another's, with some of them replaced.
  package init(table: UnsafePointer<bpb_kernels>) { self.table = table }

  /// Names of all instruction sets that have kernels, the fastest first.
  package static let allNames = ["avx512", "avx2", "neon", "portable"]

  package var name: String { String(cString: table.pointee.name) }
}
