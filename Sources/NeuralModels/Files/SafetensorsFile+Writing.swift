package import BPBCore

extension SafetensorsFile {
  /// Takes bytes in the order of the file.
  package typealias Sink = (Span<UInt8>) throws(BPBError) -> Void

  private static let pieceCount = 1 << 16

  /// Writes a file of the tensors of `layout`, whose numbers are in `parameters`. Equal content gives equal bytes.
  ///
  /// - Parameters:
  ///   - type: `float32`, or `brainFloat16`: each number is then rounded to the nearest of its numbers, and the file's model
  ///     is not quite the one in memory.
  ///   - output: takes the file in pieces. It puts the file under its name when all of it is there.
  /// - Throws: `methodFailed` when a number is infinite, or none, after rounding, with the tensor's name; whatever `output`
  ///   throws.
  package static func write(
    _ parameters: UnsafePointer<Float>, _ layout: ParameterLayout, metadata: [String: String],
    as type: TensorType = .float32, to output: Sink
  ) throws(BPBError) {
    precondition(type != .float16, "numbers are written as F32 or BF16")
    for tensor in layout.tensors { try check(parameters + tensor.offset, tensor, type) }
    let header = SafetensorsHeader(metadata: metadata, layout: layout, type: type).encoded
    try output(header.span)
    for tensor in layout.tensors {
      for start in stride(from: 0, to: tensor.count, by: pieceCount) {
        let count = min(pieceCount, tensor.count - start)
        let piece = type.bytes(of: parameters + tensor.offset + start, count: count)
        try output(piece.span)
      }
    }
  }

  private static func check(
    _ floats: UnsafePointer<Float>, _ tensor: ParameterLayout.Tensor, _ type: TensorType
  ) throws(BPBError) {
    for i in 0..<tensor.count where !type.rounded(floats[i]).isFinite {
      throw BPBError(
        .methodFailed,
        "number \(i) of '\(tensor.name)' is \(floats[i]), which a model cannot be written with")
    }
  }
}

extension SafetensorsHeader {
  /// The header of a file that holds the tensors of `layout` in their order.
  init(metadata: [String: String], layout: ParameterLayout, type: TensorType) {
    var end = 0
    self.metadata = metadata
    tensors = layout.tensors.map { tensor in
      let range = end..<end + tensor.count * type.byteCount
      end = range.upperBound
      return Tensor(name: tensor.name, type: type, shape: tensor.shape, range: range)
    }
  }
}

extension TensorType {
  /// What a reader gets where `value` is written.
  package func rounded(_ value: Float) -> Float {
    guard self == .brainFloat16, value.isFinite else { return value }
    return Float(bitPattern: UInt32(Self.brainFloat16(value)) << 16)
  }

  fileprivate func bytes(of floats: UnsafePointer<Float>, count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count * byteCount) { buffer, initialised in
      let bytes = UnsafeMutableRawPointer(buffer.baseAddress!)
      for i in 0..<count {
        if self == .float32 {
          bytes.storeBytes(
            of: floats[i].bitPattern.littleEndian, toByteOffset: 4 * i, as: UInt32.self)
        } else {
          bytes.storeBytes(
            of: Self.brainFloat16(floats[i]).littleEndian, toByteOffset: 2 * i, as: UInt16.self)
        }
      }
      initialised = count * byteCount
    }
  }
}
