/// Constants that were published, for comparison. Losses are nats per token, data tokens.
///
/// They depend on corpus and tokeniser: no fit to other data is expected to repeat them.
public enum PublishedLaws {
  /// J. Hoffmann et al., "Training Compute-Optimal Large Language Models" (2022), equation 10, as printed.
  public static let hoffmannPrinted = ChinchillaLaw(
    irreducible: 1.69, parameterCoefficient: 406.4, parameterExponent: 0.34,
    dataCoefficient: 410.7, dataExponent: 0.28)

  /// The same constants with more digits, which the paper's TeX source holds (found by T. Besiroglu et al.,
  /// 2024).
  public static let hoffmannUnrounded = ChinchillaLaw(
    irreducible: Elementary.exponential(0.5267228),
    parameterCoefficient: Elementary.exponential(6.0073404), parameterExponent: 0.33917084,
    dataCoefficient: Elementary.exponential(6.0179186), dataExponent: 0.2849083)

  /// T. Besiroglu et al., "Chinchilla Scaling: A replication attempt" (2024): Hoffmann's points, fitted to
  /// the end.
  public static let besiroglu = ChinchillaLaw(
    irreducible: 1.8169, parameterCoefficient: 482.01, parameterExponent: 0.3478,
    dataCoefficient: 2085.43, dataExponent: 0.3659)

  /// J. Kaplan et al., "Scaling Laws for Neural Language Models" (2020), equations 1.1 and 1.2, as quoted
  /// since.
  public static let kaplan = KaplanLaw(
    criticalParameters: 8.8e13, parameterExponent: 0.076, criticalData: 5.4e13,
    dataExponent: 0.095)

  /// The exponents of the best size and amount of data in computation by Kaplan et al. (2020): 0.73 and 0.27,
  /// where Hoffmann et al. (2022) found about 0.5 and 0.5.
  public static let kaplanAllocation = (size: 0.73, data: 0.27)

  /// The exponents by J. Hoffmann et al. (2022), table 2, first approach (the least loss of all runs at each computation); their
  /// other approaches give 0.49 and 0.46 for the size.
  public static let hoffmannAllocation = (size: 0.50, data: 0.50)

  /// N. Muennighoff et al., "Scaling Data-Constrained Language Models" (2023), the digits of the authors'
  /// repository.
  public static let muennighoff = DataConstrainedLaw(
    unconstrained: ChinchillaLaw(
      irreducible: Elementary.exponential(0.6254804),
      parameterCoefficient: Elementary.exponential(6.255414), parameterExponent: 0.3526596,
      dataCoefficient: Elementary.exponential(7.3049974), dataExponent: 0.3526596),
    dataRepetitions: 15.387756, parameterRepetitions: 5.309743)
}
