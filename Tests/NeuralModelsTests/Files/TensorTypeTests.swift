import NeuralModels
import Testing

@testable import NeuralModels

/// The numbers of files against those of the language.
@Suite struct TensorTypeTests {
  #if !(os(macOS) && arch(x86_64))
  @Test func everyHalfIsExact() {
    for half in UInt16.min ... .max {
      let (ours, theirs) = (TensorType.float(half: half), Float(Float16(bitPattern: half)))
      #expect(ours == theirs || ours.isNaN && theirs.isNaN, "\(half)")
      #expect(ours.sign == theirs.sign, "\(half)")
    }
  }
  #endif

  @Test func brainFloatsAreRoundedToTheNearest() {
    let cases: [(UInt32, UInt16)] = [
      (0x3F80_0000, 0x3F80), (0x3F80_7FFF, 0x3F80), (0x3F80_8000, 0x3F80), (0x3F80_8001, 0x3F81),
      (0x3F81_8000, 0x3F82), (0xBF81_8000, 0xBF82), (0x7F7F_7FFF, 0x7F7F), (0x7F7F_8000, 0x7F80),
      (0x0000_8001, 0x0001), (0x8000_0000, 0x8000),
    ]
    for (bits, rounded) in cases {
      #expect(TensorType.brainFloat16(Float(bitPattern: bits)) == rounded)
      #expect(
        TensorType.brainFloat16.rounded(Float(bitPattern: bits)).bitPattern == UInt32(rounded) << 16
      )
    }
  }
}
