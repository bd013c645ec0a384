import CKernels
import NeuralModels
import Testing

/// What `trainingFLOPsPerByte` says, against the shapes of the products that the kernels are asked for.
@Suite(.serialized) struct FLOPsTests {
  @Test(arguments: smallNetworks + ["gru:width=32", "transformer:layers=3:width=24:heads=2"])
  func formulasAreTheProductsOfARun(text: String) throws {
    let (sequences, time) = (3, 6)
    let bytes = Double(sequences * time)
    let subject = try NetworkSubject(
      text, kernels: CountingKernels.kernels, sequences: sequences, time: time)
    let architecture = subject.weights.architecture
    let training = CountingKernels.count { _ = subject.learn() }
    #expect(Double(2 * training) / bytes == architecture.trainingFLOPsPerByte(time: time))
    subject.network.reset()
    let coding = CountingKernels.count { _ = subject.logits(step: 4) }
    #expect(Double(2 * coding) / bytes == architecture.forwardFLOPsPerByte(time: time))
  }

  @Test func knownFigures() throws {
    let transformer = try Architecture(parsing: "transformer:layers=6:width=256")
    let transformerProducts = 6 * 12 * 65536 + 65536 + 6 * 65536
    #expect(transformer.forwardFLOPsPerByte(time: 255) == Double(2 * transformerProducts))
    let gru = try Architecture(parsing: "gru:width=256")
    let gruProducts = 768 * (64 + 256) + 65536
    #expect(gru.trainingFLOPsPerByte(time: 128) == Double(6 * gruProducts))
  }
}
