import BPBCore
import CKernels
import Testing

/// a b + c of every instruction set, one rounding: as a product with k = 1 that is added to C.
@Suite struct FusedMultiplyAddTests {
  /// Signs, limits, numbers next to powers of two, denormal ones, and what is not finite.
  private static let hostile: [Float] = {
    let magnitudes: [Float] = [
      0, .leastNonzeroMagnitude, 3 * .leastNonzeroMagnitude, .leastNormalMagnitude,
      Float.leastNormalMagnitude.nextDown, Float.leastNormalMagnitude.nextUp, 0x1p-100, 0x1p-75,
      0x1.8p-75,
      0x1p-24, 0x1.000002p-24, 0x1p-23, 0.5, Float(1).nextDown, 1, Float(1).nextUp, 1.5,
      0x1.fffffep0, 3,
      0x1p12, 0x1.001p12, 0x1.002p12, 0x1p23, 0x1p24, 0x1.000002p24, 0x1p64, 0x1p100,
      .greatestFiniteMagnitude, .infinity, .nan,
    ]
    return magnitudes + magnitudes.map { -$0 }
  }()

  @Test func roundsOnceForHostileNumbers() {
    for a in Self.hostile {
      for b in Self.hostile { check([a], Self.hostile.map { _ in b }, Self.hostile) }
    }
  }

  /// Sums that lie halfway between two floats, or next to it: c cancels, or is far smaller or larger.
  @Test func roundsOnceNearHalfway() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      let a = random(&generator, exponents: 254)
      let b = (0..<32).map { _ in random(&generator, exponents: 254) }
      for shift in [-70, -40, -26, -25, -24, -23, -1, 0, 1, 23, 24, 25, 26, 40] {
        let c = b.map { Float(sign: .plus, exponent: shift, significand: -($0 * a)) }
        check([a], b, c)
        check([a], b, c.map { -Float(bitPattern: $0.bitPattern & 0xFF80_0000) })
      }
    }
  }

  @Test func roundsOnceForRandomNumbers() {
    var generator = SeededGenerator(seed: 4)
    for exponents: UInt32 in [8, 60, 254, 255] {
      for _ in 0..<500 {
        let a = random(&generator, exponents: exponents)
        let others = (0..<64).map { _ in random(&generator, exponents: exponents) }
        check([a], Array(others[..<32]), Array(others[32...]))
      }
    }
  }

  /// Random sign and significand, and one of so many exponents about 0.
  private func random(_ generator: inout SeededGenerator, exponents: UInt32) -> Float {
    let bits = UInt32(truncatingIfNeeded: generator.next() >> 16)
    let exponent =
      127 + UInt32(truncatingIfNeeded: generator.next() >> 40) % exponents - exponents / 2
    // Products of two short significands are often halfway between two floats.
    let mask: UInt32 = bits & 0x4000_0000 == 0 ? 0x007F_FFFF : 0x007F_F800
    return Float(bitPattern: bits & 0x8000_0000 | min(exponent, 255) << 23 | bits & mask)
  }

  private func check(_ a: [Float], _ b: [Float], _ c: [Float]) {
    let wanted = zip(b, c).map { KernelTesting.bits($1.addingProduct(a[0], $0)) }
    for kernels in KernelTesting.tables {
      var packed = [Float](repeating: 0, count: bpb_packed_count(1, b.count))
      kernels.pack(1, b.count, b, b.count, 1, &packed)
      var sums = c
      a.withUnsafeBufferPointer { a in
        packed.withUnsafeBufferPointer { packed in
          sums.withUnsafeMutableBufferPointer { sums in
            var call = bpb_gemm()
            (call.m, call.n, call.k, call.accumulate) = (1, b.count, 1, 1)
            (call.a, call.a_row, call.a_column) = (a.baseAddress, 1, 1)
            (call.b, call.c, call.c_row) = (packed.baseAddress, sums.baseAddress, b.count)
            kernels.gemm(&call)
          }
        }
      }
      let got = sums.map(KernelTesting.bits)
      if got != wanted {
        Issue.record("\(String(cString: kernels.name)) rounds otherwise: \(a) times \(b) and \(c)")
      }
    }
  }
}
