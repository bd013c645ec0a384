import CKernels

/// The orders in which products read a matrix W of shape [outputs][inputs].
enum PackedCopy: CaseIterable, Hashable {
  /// y = x W^T: a row of the copy is a column of W.
  case forward
  /// dx = dy W: a row of the copy is a row of W.
  case backward
  /// The same two, rounded to bfloat16.
  case forward16, backward16

  var isForward: Bool { self == .forward || self == .forward16 }
  var isRounded: Bool { self == .forward16 || self == .backward16 }

  func bytes(of matrices: [PackedMatrix]) -> Int {
    matrices.reduce(0) { $0 + $1.bytes(of: self) }
  }
}

/// One matrix among those that are packed.
struct PackedMatrix {
  /// Of the matrix in the buffer of parameters.
  var offset: Int
  var outputs: Int
  var inputs: Int
  /// Bytes of the copies that lie before this one's, forward and backward, in float32.
  private var forwardPosition = 0
  private var backwardPosition = 0
  private var forward16Position = 0
  private var backward16Position = 0

  private init(_ tensor: ParameterLayout.Tensor, after last: PackedMatrix?) {
    offset = tensor.offset
    outputs = tensor.shape[0]
    inputs = tensor.shape[1]
    guard let last else { return }
    forwardPosition = last.forwardPosition + last.bytes(of: .forward)
    backwardPosition = last.backwardPosition + last.bytes(of: .backward)
    forward16Position = last.forward16Position + last.bytes(of: .forward16)
    backward16Position = last.backward16Position + last.bytes(of: .backward16)
  }

  /// All matrices that activations are multiplied by.
  static func all(of architecture: Architecture, layout: ParameterLayout) -> [PackedMatrix] {
    let tiesEmbedding = architecture.shape.tiesEmbedding
    return layout.tensors.reduce(into: []) { matrices, tensor in
      let isTied = tiesEmbedding && tensor.name == "embedding.weight"
      guard tensor.role.isFactor || isTied else { return }
      matrices.append(PackedMatrix(tensor, after: matrices.last))
    }
  }

  /// Rows of the copy: what the product sums over.
  private func rows(_ copy: PackedCopy) -> Int { copy.isForward ? inputs : outputs }
  private func columns(_ copy: PackedCopy) -> Int { copy.isForward ? outputs : inputs }

  func bytes(of copy: PackedCopy) -> Int {
    copy.isRounded
      ? 2 * bpb_packed_bf16_count(rows(copy), columns(copy))
      : 4 * bpb_packed_count(rows(copy), columns(copy))
  }

  /// Bytes before this matrix in the buffer of all copies of this kind.
  func position(in copy: PackedCopy) -> Int {
    switch copy {
    case .forward: forwardPosition
    case .backward: backwardPosition
    case .forward16: forward16Position
    case .backward16: backward16Position
    }
  }

  /// Packs the `part`th of `parts` shares of this matrix's panels.
  func pack(
    _ parameters: UnsafePointer<Float>, into memory: UnsafeMutableRawPointer, _ copy: PackedCopy,
    kernels: Kernels, part: Int, of parts: Int
  ) {
    let panels = (columns(copy) + Int(BPB_PANEL) - 1) / Int(BPB_PANEL)
    let begin = panels * part / parts * Int(BPB_PANEL)
    let end = min(panels * (part + 1) / parts * Int(BPB_PANEL), columns(copy))
    guard begin < end else { return }
    let (row, column) = copy.isForward ? (1, inputs) : (inputs, 1)
    let source = parameters + offset + begin * column
    let target = memory + position(in: copy)
    if copy.isRounded {
      let start = bpb_packed_bf16_count(rows(copy), begin)
      kernels.table.pointee.pack_bf16(
        rows(copy), end - begin, source, row, column,
        target.assumingMemoryBound(to: UInt16.self) + start)
    } else {
      kernels.table.pointee.pack(
        rows(copy), end - begin, source, row, column,
        target.assumingMemoryBound(to: Float.self) + bpb_packed_count(rows(copy), begin))
    }
  }
}
