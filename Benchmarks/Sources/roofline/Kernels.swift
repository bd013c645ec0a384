import CKernels

/// The kernels of one instruction set.
///
/// `@unchecked Sendable`: a constant table of functions.
struct Kernels: @unchecked Sendable {
  let table: bpb_kernels

  /// Those called `name`, or the fastest; nil where this processor lacks them.
  init?(named name: String?) {
    guard let table = name.map({ bpb_kernels_named($0) }) ?? bpb_kernels_best() else { return nil }
    self.table = table.pointee
  }

  var name: String { String(cString: table.name) }
  var multipliesBFloat: Bool { table.has_bf16 != 0 }
}
