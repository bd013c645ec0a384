/// In which numbers a file holds a tensor. All are little-endian, and every value of each is a `Float` exactly.
package enum TensorType: String, Sendable, CaseIterable {
  case float32 = "F32"
  /// IEEE 754 binary16.
  case float16 = "F16"
  /// The upper half of a binary32.
  case brainFloat16 = "BF16"

  /// Bytes of one number.
  package var byteCount: Int { self == .float32 ? 4 : 2 }

  /// The numbers whose bytes are at `source`, written to `floats`.
  func read(
    _ source: UnsafeRawPointer, count: Int, into floats: UnsafeMutablePointer<Float>
  ) {
    switch self {
    case .float32:
      for i in 0..<count {
        let bits = source.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)
        floats[i] = Float(bitPattern: UInt32(littleEndian: bits))
      }
    case .float16:
      for i in 0..<count { floats[i] = Self.float(half: Self.half(at: i, of: source)) }
    case .brainFloat16:
      for i in 0..<count {
        floats[i] = Float(bitPattern: UInt32(Self.half(at: i, of: source)) << 16)
      }
    }
  }

  private static func half(at index: Int, of source: UnsafeRawPointer) -> UInt16 {
    UInt16(littleEndian: source.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self))
  }

  /// The value of a binary16: not every machine has a type for it.
  static func float(half: UInt16) -> Float {
    let sign = UInt32(half & 0x8000) << 16
    let exponent = UInt32(half >> 10 & 31)
    let fraction = UInt32(half & 0x3FF)
    switch exponent {
    case 0:
      let magnitude = Float(fraction) * 0x1p-24
      return sign == 0 ? magnitude : -magnitude
    case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }

  /// The nearest bfloat16 to a finite `value`, of two equally near ones the even one; infinite where the value is beyond
  /// the largest.
  static func brainFloat16(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    return UInt16((bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
  }
}
