/// Which law of size and data is fitted.
public enum SurfaceForm: String, Sendable, Codable, CaseIterable {
  /// E + A/N^α + B/D^β: size and data add, and a loss remains (J. Hoffmann et al., 2022).
  case additive
  /// A/N^α + B/D^β: nothing remains.
  case withoutConstant
  /// E + A/N^α + B/D^β + K/(N D)^γ, K of either sign: what more data bring depends on the size, and below zero a larger model
  /// gains more from them.
  case interaction
  /// ((N_c/N)^(α_N/α_D) + D_c/D)^α_D: size and data interact, and nothing remains (J. Kaplan et al., 2020).
  case joint

  /// How many constants are fitted.
  public var constants: Int {
    switch self {
    case .additive: 5
    case .withoutConstant, .joint: 4
    case .interaction: 7
    }
  }
}

/// A law of size and data, of any form.
public enum SurfaceLaw: Sendable, Equatable, Codable {
  /// With E = 0 for the form without a constant.
  case additive(ChinchillaLaw)
  /// With K and γ of the further term K/(N D)^γ.
  case interaction(ChinchillaLaw, coefficient: Double, exponent: Double)
  case joint(KaplanLaw)

  /// The loss of a model of `parameters` parameters after `data` units of data.
  public func loss(parameters: Double, data: Double) -> Double {
    switch self {
    case .additive(let law): law.loss(parameters: parameters, data: data)
    case .interaction(let law, let coefficient, let exponent):
      law.loss(parameters: parameters, data: data)
        + coefficient * Elementary.power(parameters * data, -exponent)
    case .joint(let law): law.loss(parameters: parameters, data: data)
    }
  }

  /// E, A, α, B and β; nil of the joint form, which has none of them.
  public var chinchilla: ChinchillaLaw? {
    switch self {
    case .additive(let law), .interaction(let law, _, _): law
    case .joint: nil
    }
  }
}
