package import BPBCore
import CKernels

/// What the factors of a training step's matrix products are rounded to; their sums are always float32.
package enum Precision: String, Sendable, Hashable, CaseIterable {
  case float32 = "fp32"
  /// Eight bits of significand: faster where the processor multiplies them, and not the same bits on another
  /// instruction set.
  case bfloat16 = "bf16"

  /// Whether these kernels have products of this kind.
  package func isSupported(by kernels: Kernels) -> Bool {
    self == .float32 || kernels.table.pointee.has_bf16 != 0
  }

  /// - Throws: `usage` where these kernels have no such products.
  package func check(_ kernels: Kernels) throws(BPBError) {
    guard !isSupported(by: kernels) else { return }
    throw BPBError(
      .usage, "this processor has no bfloat16 products under '\(kernels.name)' kernels",
      subject: "precision \(rawValue)", advice: "train in float32")
  }
}

/// How a network learns, as far as the network itself has to know.
package struct TrainingOptions: Sendable, Hashable {
  /// The probability with which an activation is dropped (Srivastava et al., 2014), 0 ..< 1.
  package var dropout: Float
  package var precision: Precision

  package init(dropout: Float = 0, precision: Precision = .float32) {
    precondition(dropout >= 0 && dropout < 1, "dropout is a probability below 1")
    self.dropout = dropout
    self.precision = precision
  }
}
