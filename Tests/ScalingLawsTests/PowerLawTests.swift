import ScalingLaws
import Testing

@Suite struct PowerLawTests {
  static func power(_ base: Double, _ exponent: Double) -> Double {
    PowerLaw(irreducible: 0, coefficient: 1, exponent: -exponent).loss(after: base)
  }

  @Test func fallsTowardsItsIrreducibleLoss() {
    let law = PowerLaw(irreducible: 2, coefficient: 10, exponent: 0.5)
    #expect(law.loss(after: 100) == 3)
    #expect(abs(law.loss(after: 1e16) - 2) < 1e-6)
  }
}
