import BPBCore
import CKernels
import Testing

@testable import NeuralModels

@Suite struct OutputMixerTests {
  /// Of two models of which one knows what comes and the other says the opposite, the first comes to be believed, in
  /// the class in which that is so.
  @Test func itLearnsWhomToBelieve() {
    let mixer = OutputMixer(initial: [0.5, 0.5], classes: [2, 3], kernels: .best)
    let logits = FloatBuffer(count: 512)
    let mixed = FloatBuffer(count: 256)
    var random = SeededGenerator(seed: 1)
    func mix(_ byte: Int, _ classes: [Int]) {
      logits.base.update(repeating: 0, count: 512)
      logits.base[byte] = 3
      logits.base[256 + byte] = -3
      mixer.mix(logits.base, classes: classes, into: mixed.base)
    }
    for _ in 0..<2000 {
      let byte = Int.random(in: 0..<256, using: &random)
      mix(byte, [0, 1])
      #expect(mixed.base[(byte + 1) & 255] == 0)
      Kernels.best.table.pointee.softmax(1, 256, mixed.base)
      mixed.base[byte] -= 1
      mixer.learn(logits.base, classes: [0, 1], gradient: mixed.base)
    }
    mix(7, [0, 1])
    let learned = mixed.base[7]
    mix(7, [1, 0])
    #expect(learned > 5 && mixed.base[7] == 0)
    mix(7, [0, 0])
    #expect(mixed.base[7] > 0 && mixed.base[7] < learned)
  }
}
