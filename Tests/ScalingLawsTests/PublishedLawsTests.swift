import ScalingLaws
import Testing

@Suite struct PublishedLawsTests {
  /// From Hoffmann's budget for Chinchilla (5.76e23 operations) to one of a laptop's (1e14): the printed
  /// constants and those fitted to the end disagree about both, and in opposite directions.
  @Test(
    arguments: [
      (PublishedLaws.hoffmannPrinted, 5.76e23, 93.0), (PublishedLaws.besiroglu, 5.76e23, 18),
      (PublishedLaws.hoffmannPrinted, 1e14, 10.5), (PublishedLaws.besiroglu, 1e14, 32),
      (PublishedLaws.hoffmannUnrounded, 5.76e23, 59),
    ])
  func tokensPerParameter(law: ChinchillaLaw, computation: Double, expected: Double) {
    let ratio = law.bestAllocation(computation: computation).dataPerParameter
    #expect(abs(ratio / expected - 1) < 0.02)
  }

  /// The exponents of the paper's table 2, third approach: 0.46 and 0.54.
  @Test func exponentsOfTheAllocation() {
    let law = PublishedLaws.hoffmannUnrounded
    #expect(abs(law.sizeExponent - 0.4565) < 1e-4)
    #expect(abs(law.sizeExponent + law.dataGrowthExponent - 1) < 1e-15)
    #expect(abs(PublishedLaws.besiroglu.sizeExponent - 0.5127) < 1e-4)
  }

  /// No split of the same computation nearby has a smaller loss.
  @Test(arguments: [1e14, 1e19, 5.76e23]) func allocationIsBest(computation: Double) {
    for law in [PublishedLaws.hoffmannPrinted, PublishedLaws.besiroglu] {
      let best = law.bestAllocation(computation: computation)
      #expect(abs(6 * best.parameters * best.data / computation - 1) < 1e-12)
      let least = law.loss(parameters: best.parameters, data: best.data)
      for factor in [0.5, 0.99, 1.01, 2] {
        #expect(
          law.loss(parameters: best.parameters * factor, data: best.data / factor) > least)
      }
      #expect(abs(law.bestParameters(data: best.data) / best.parameters - 1) < 1e-12)
    }
  }

  @Test func aSurfaceCutAtOneSizeIsACurve() {
    let law = PublishedLaws.besiroglu
    let curve = law.powerLaw(parameters: 1e9)
    #expect(abs(curve.loss(after: 3e9) - law.loss(parameters: 1e9, data: 3e9)) < 1e-12)
  }

  /// Two models of the same computation, as the authors' own program gives them.
  @Test func dataConstrainedLosses() {
    let law = PublishedLaws.muennighoff
    #expect(abs(law.loss(parameters: 6.34e9, data: 242e9, unique: 25e9) - 2.22564) < 5e-6)
    #expect(abs(law.loss(parameters: 8.67e9, data: 178e9, unique: 25e9) - 2.22696) < 5e-6)
  }

  @Test(
    arguments: [(1.0, 1.0), (2, 0.984), (4, 0.931), (8, 0.828), (16, 0.661), (40, 0.379)])
  func worthOfEpochs(epochs: Double, worth: Double) {
    let law = PublishedLaws.muennighoff
    let effective = law.effectiveData(epochs * 1e9, unique: 1e9)
    #expect(abs(effective / (epochs * 1e9) - worth) < 5e-4)
  }

  @Test func nothingRepeatedNothingLost() {
    let law = PublishedLaws.muennighoff
    let expected = law.unconstrained.loss(parameters: 1e8, data: 1e10)
    #expect(abs(law.loss(parameters: 1e8, data: 1e10, unique: 1e10) - expected) < 1e-12)
    #expect(abs(law.loss(parameters: 1e8, data: 1e10, unique: 1e11) - expected) < 1e-12)
  }

  /// With data without end the joint law becomes that of size alone, and the reverse.
  @Test func kaplanHasItsLimits() {
    let law = PublishedLaws.kaplan
    #expect(abs(law.loss(parameters: 1e9, data: 1e30) / law.loss(parameters: 1e9) - 1) < 1e-6)
    #expect(abs(law.loss(parameters: 1e30, data: 1e9) / law.loss(data: 1e9) - 1) < 1e-6)
    #expect(
      abs(law.loss(parameters: 8.8e13) - 1) < 1e-12 && abs(law.loss(data: 5.4e13) - 1) < 1e-12)
  }
}
