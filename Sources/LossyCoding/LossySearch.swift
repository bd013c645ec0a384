import BPBCore

/// How an encoder looks for the reconstruction.
public enum LossySearch: Sendable, Equatable {
  /// Byte after byte: a byte that has a code word is coded, for another one the fill. One pass under any model;
  /// the slope does not matter.
  case greedy

  /// The best of many reconstructions: the `width` best ways to each byte go on, at least 1.
  ///
  /// Needs a model whose predictions follow from its last 7 bytes at most, as those of n-gram models do;
  /// under others it is greedy.
  case beam(width: Int)

  /// The bytes that an encoder asks for, one for each of `text`.
  func reconstruction(
    of text: [UInt8], under model: any FrozenModel, _ code: FillCode, slope: Double
  ) -> [UInt8] {
    guard case .beam(let width) = self, slope < .infinity, code.codesAnything,
      let reach = ContextReach.of(model, in: text)
    else { return text }
    precondition(width > 0, "a beam has a width")
    let costs = ContextCosts(model, reach: code.hasWindow ? LastBytes.count : reach, code: code)
    var search = BeamSearch(width: width, slope: slope, costs: costs)
    return search.reconstruction(of: text)
  }
}
